"""The data set as catalogues of open data are told of it."""

from datetime import UTC, date, datetime

from rdflib import URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF

from publication.exports.dcat import DataSet, dcat_document
from publication.exports.vocabularies import to_bytes
from tests.publication.exports.texts import PORTAL
from tests.standards import cpsv_violations, graph_of

HERE = f"{PORTAL.url}/api/v1/exports/"
MOMENT = datetime(2024, 10, 7, 5, 0, tzinfo=UTC)


def _graph(licence=""):
    data = DataSet(
        publisher="Văn phòng UBND tỉnh",
        licence=licence,
        procedures=1877,
        first_on=date(2024, 9, 5),
        first_at=datetime(2024, 9, 5, 5, 0, tzinfo=UTC),
        changed_at=MOMENT,
    )
    return graph_of(to_bytes(dcat_document(data, PORTAL)))


def test_a_catalogue_finds_one_data_set_with_its_days_and_a_publisher():
    graph = _graph()
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    (data,) = graph.objects(catalogue, DCAT.dataset)
    assert graph.value(data, DCTERMS.modified).toPython() == MOMENT
    period = graph.value(data, DCTERMS.temporal)
    assert graph.value(period, DCAT.startDate).toPython() == date(2024, 9, 5)
    assert str(graph.value(graph.value(data, DCTERMS.publisher), DCTERMS.title)) == (
        "Văn phòng UBND tỉnh"
    )
    assert "1877" in str(graph.value(data, DCTERMS.description))


def test_every_form_of_the_data_has_an_address_a_type_and_rights():
    graph = _graph()
    (data,) = graph.subjects(RDF.type, DCAT.Dataset)
    forms = {
        str(graph.value(form, DCAT.downloadURL)).removeprefix(PORTAL.url): (
            str(graph.value(form, DCAT.mediaType)).partition("media-types/")[2]
        )
        for form in graph.objects(data, DCAT.distribution)
    }
    assert forms == {
        "/api/v1/procedures/": "application/json",
        "/api/v1/procedures/?format=ndjson&expand=text": "application/x-ndjson",
        "/api/v1/procedures/?format=csv": "text/csv",
        "/api/v1/changes/": "application/json",
        "/api/v1/exports/cpsv-ap/": "application/ld+json",
        "/api/v1/exports/hsds/": "application/x-ndjson",
        "/api/v1/exports/national-package/": "application/x-ndjson",
        "/atom.xml": "application/atom+xml",
    }
    assert len(list(graph.subject_objects(DCTERMS.rights))) == len(forms)


def test_a_licence_is_named_where_one_is_chosen():
    assert list(_graph().objects(None, DCTERMS.license)) == []
    chosen = "https://creativecommons.org/publicdomain/mark/1.0/"
    graph = _graph(chosen)
    assert set(graph.objects(None, DCTERMS.license)) == {URIRef(chosen)}


def test_the_description_conforms_to_the_shapes():
    assert cpsv_violations(_graph()) == []
