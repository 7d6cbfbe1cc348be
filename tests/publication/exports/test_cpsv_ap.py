"""CPSV-AP 3.2.0: what a text becomes, and that nothing of it is lost or made up."""

from datetime import date

import pytest
from rdflib import Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, XSD

from publication.announced_text import AgencyInRole, AnnouncedForm, Named
from publication.enums import ListingState
from publication.exports.cpsv_ap import cpsv_document
from publication.exports.graph import CONTEXT
from publication.exports.vocabularies import VOCABULARIES, to_bytes
from tests.factories import make_content
from tests.publication.exports.texts import PAGE, PORTAL, make_public, one_option
from tests.standards import cpsv_violations, graph_of, keys_of

CV = Namespace("http://data.europa.eu/m8g/")
CPSV = Namespace("http://purl.org/vocab/cpsv#")
TIME = Namespace("http://www.w3.org/2006/time#")
_LEAD = Named(name="Công an tỉnh", slug="cong-an-tinh")
SERVICE = URIRef(f"{PAGE}#dich-vu")


def _graph(**facts):
    return graph_of(to_bytes(cpsv_document(make_public(**facts), PORTAL)))


def _nodes(document, kind):
    return [node for node in document["@graph"] if kind in (node["type"], *node["type"][:1])]


def test_a_working_day_is_announced_with_its_own_unit_and_as_no_duration():
    graph = _graph(content=one_option(statutory={"amount": "5", "unit": "working_day"}))
    assert list(graph.triples((None, CV.processingTime, None))) == []
    assert [o for o in graph.objects() if getattr(o, "datatype", None) == XSD.duration] == []
    (measured,) = graph.objects(URIRef(f"{PAGE}#kenh-1-1"), TIME.hasDuration)
    assert graph.value(measured, TIME.numericDuration) == Literal("5", datatype=XSD.decimal)
    unit = graph.value(measured, TIME.unitType)
    assert unit == URIRef(f"{PORTAL.url}/gioi-thieu/#ngay-lam-viec")
    assert "5 ngày làm việc" in str(graph.value(URIRef(f"{PAGE}#kenh-1-1"), DCTERMS.description))


def test_a_time_in_days_is_a_duration_and_the_provinces_own_goes_before_the_laws():
    times = {"statutory": {"amount": "10", "unit": "day"}, "local": {"amount": "7", "unit": "day"}}
    graph = _graph(content=one_option(**times))
    (told,) = graph.objects(URIRef(f"{PAGE}#kenh-1-1"), CV.processingTime)
    assert told == Literal("P7D", datatype=XSD.duration)


def test_each_pace_is_a_channel_and_its_fees_point_at_it():
    options = [
        {"fees": [{"state": "amount", "amount": "50000", "kind": "fee"}]},
        {"label": "Gấp", "fees": [{"state": "free"}, {"state": "formula", "note": "0,5% giá"}]},
    ]
    content = make_content(filing_methods=[{"channel": "online", "options": options}])
    graph = _graph(content=content)
    channels = set(graph.objects(SERVICE, CV.hasChannel))
    assert channels == {URIRef(f"{PAGE}#kenh-1-1"), URIRef(f"{PAGE}#kenh-1-2")}
    told = {
        str(cost).partition("#")[2]: (
            str(graph.value(cost, CV.ifAccessedThrough)).partition("#")[2],
            graph.value(cost, CV.hasValue),
        )
        for cost in graph.objects(SERVICE, CV.hasCost)
    }
    assert told == {
        "kenh-1-1-phi-1": ("kenh-1-1", Literal("50000", datatype=XSD.double)),
        "kenh-1-2-phi-1": ("kenh-1-2", Literal("0", datatype=XSD.double)),
        "kenh-1-2-phi-2": ("kenh-1-2", None),
    }


def test_what_is_only_written_in_words_stays_in_words():
    content = make_content(
        as_written={"fees": "Theo Thông tư 1."}, reception_address="Số 1", dossier_sets=2
    )
    document = cpsv_document(make_public(content=content), PORTAL)
    rules = {node["title"]: node["description"] for node in _nodes(document, "cpsv:Rule")}
    assert rules == {
        "Trình tự thực hiện": "Bước 1. Nộp hồ sơ.\nBước 2. Nhận kết quả.",
        "Địa chỉ tiếp nhận hồ sơ": "Số 1",
        "Số lượng hồ sơ": "2 bộ",
        "Phí, lệ phí": "Theo Thông tư 1.",
    }


@pytest.mark.parametrize(
    ("agencies", "lead_agency", "authority"),
    [
        ({"handling": "xa", "competent": "so"}, _LEAD, "co-quan/so/#co-quan"),
        ({"handling": "xa"}, _LEAD, "co-quan/xa/#co-quan"),
        ({"reception": "xa"}, _LEAD, "co-quan/cong-an-tinh/#co-quan"),
        ({}, None, "gioi-thieu/#co-quan-cong-bo"),
    ],
)
def test_taking_in_at_a_place_makes_no_agency_competent(agencies, lead_agency, authority):
    rows = tuple(AgencyInRole(role=role, name=slug, slug=slug) for role, slug in agencies.items())
    graph = _graph(agencies=rows, lead_agency=lead_agency)
    named = list(graph.objects(SERVICE, CV.hasCompetentAuthority))
    assert named == [URIRef(f"{PORTAL.url}/{authority}")]


def test_a_form_that_was_announced_leads_to_its_file_and_a_bad_address_to_nothing():
    papers = [
        {"name": "Tờ khai", "forms": [{"name": "to-khai.docx", "url": "https://cu.example/a"}]},
        {"name": "Đơn", "forms": [{"name": "don.docx", "url": "https://cu.example/don mau"}]},
        {"name": "Bản cam kết", "forms": [{"name": "b.docx", "url": "https://cu.example/b.docx"}]},
    ]
    form = AnnouncedForm(
        form="to-khai.docx", sha256="0f" * 32, file_name="to-khai.pdf", size=9,
        media_type="application/pdf",
    )  # fmt: skip
    content = make_content(paper_cases=[{"papers": papers}])
    document = cpsv_document(make_public(content=content, form_files=(form,)), PORTAL)
    pages = [node.get("page") for node in _nodes(document, "cv:Evidence")]
    own = f"{PORTAL.url}/mau-don/{'0f' * 32}/to-khai.pdf"
    assert pages == [[own], None, ["https://cu.example/b.docx"]]


def test_an_earlier_text_is_a_version_of_the_service_with_its_own_days():
    facts = {"is_current": False, "valid_to": date(2024, 12, 31)}
    document = cpsv_document(make_public(**facts), PORTAL)
    (service,) = _nodes(document, "cpsv:PublicService")
    assert service["id"] == f"{PORTAL.url}/thu-tuc/1.004222/2024-10-03/#dich-vu"
    assert service["isVersionOf"] == f"{PAGE}#dich-vu"
    assert (service["validFrom"], service["validThrough"]) == ("2024-10-03", "2024-12-31")


def test_an_ended_procedure_is_withdrawn_and_names_what_took_its_place():
    ended = make_public(state=ListingState.ABOLISHED, successors=("1.000009",))
    (service,) = _nodes(cpsv_document(ended, PORTAL), "cpsv:PublicService")
    assert service["status"] == "http://purl.org/adms/status/Withdrawn"
    assert service["isReplacedBy"] == [f"{PORTAL.url}/thu-tuc/1.000009/#dich-vu"]


def test_every_key_of_a_document_has_a_meaning():
    document = cpsv_document(make_public(), PORTAL)
    unknown = set(keys_of(document["@graph"])) - CONTEXT.keys() - {"vi", "en"}
    assert {key for key in unknown if ":" not in key} == set()


def test_the_emptiest_text_and_the_fullest_conform_to_the_shapes():
    empty = make_public(
        content={}, lead_agency=None, agencies=(), audiences=(), levels=(), life_events=()
    )
    full = make_public(
        code="1.000001",
        agencies=tuple(
            AgencyInRole(role=role, name=f"Cơ quan {role}", slug=role)
            for role in ("reception", "handling", "competent", "coordinating", "authorised")
        ),
        content=make_content(
            conditions={"presence": "has", "text": "Đủ 18 tuổi."},
            as_written={"papers": "Đơn."},
            legal_bases=[{"title": "Luật Cư trú", "issued_on": "2020-11-13", "issuer": "Quốc hội"}],
        ),
    )
    for public in (empty, full):
        assert cpsv_violations(graph_of(to_bytes(cpsv_document(public, PORTAL)))) == []


def test_a_whole_register_is_one_graph_that_says_what_its_texts_say_one_by_one():
    texts = [make_public(), make_public(code="1.000001", name="Khác")]
    whole = graph_of(b"".join(VOCABULARIES["cpsv-ap"].all(texts, PORTAL)))
    parts = graph_of(to_bytes(cpsv_document(texts[0], PORTAL)))
    parts += graph_of(to_bytes(cpsv_document(texts[1], PORTAL)))
    assert set(whole) == set(parts)
    assert len(list(whole.subjects(RDF.type, CPSV.PublicService))) == 2


def test_a_register_of_nothing_is_a_document_too():
    assert len(graph_of(b"".join(VOCABULARIES["cpsv-ap"].all([], PORTAL)))) == 0
