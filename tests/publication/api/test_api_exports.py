"""`/api/v1/exports/`: what integrators are promised of it."""

import gzip
import json

import pytest

from publication.models import Listing
from tests.factories import make_announcement, make_procedure
from tests.publication.acts import announce
from tests.publication.api.calls import announce_later, problem

pytestmark = pytest.mark.django_db

URL = "/api/v1/exports/"
ALL = ["cpsv-ap", "hsds", "national-package"]


def _codes(response):
    """The codes in a download, whatever it is written in."""
    data = b"".join(response.streaming_content)
    if response["Content-Type"] == "application/ld+json":
        nodes = json.loads(data)["@graph"]
        return [it["identifier"] for it in nodes if it["type"] == "cpsv:PublicService"]
    lines = [json.loads(line) for line in data.splitlines()]
    return [line.get("MATTHC") or line["alternate_name"] for line in lines]


@pytest.mark.parametrize("name", ALL)
def test_a_download_holds_all_that_is_offered_and_nothing_else(client, name):
    ended, offered, draft = (make_procedure(f"1.00000{n}") for n in (1, 2, 3))
    announce(ended, offered)
    announce_later(ended, effect="abolished")
    make_announcement(procedures=[draft])
    assert _codes(client.get(f"{URL}{name}/")) == ["1.000002"]


@pytest.mark.parametrize("name", ALL)
def test_a_download_says_what_was_announced_and_not_what_the_register_says_since(client, name):
    procedure = make_procedure("1.000001", name="Tên đã công bố")
    announce(procedure)
    procedure.name = "Tên chưa công bố"
    procedure.save()
    for response in (client.get(f"{URL}{name}/"), client.get(f"{URL}{name}/1.000001/")):
        data = b"".join(response).decode()
        assert "Tên đã công bố" in data
        assert "Tên chưa công bố" not in data


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ALL)
def test_a_download_costs_one_query_however_much_it_holds(
    client, name, count, django_assert_num_queries
):
    announce(*(make_procedure() for _ in range(count)))
    with django_assert_num_queries(2):  # the log's last event, the texts
        assert len(_codes(client.get(f"{URL}{name}/"))) == count


@pytest.mark.parametrize("name", ALL)
def test_what_a_client_has_is_not_sent_again_until_something_changes(
    client, name, django_assert_num_queries
):
    procedure = make_procedure("1.000001")
    announce(procedure)
    first = client.get(f"{URL}{name}/")
    assert first["Last-Modified"] == "Thu, 03 Oct 2024 05:00:00 GMT"
    known = {"If-None-Match": first["ETag"]}
    with django_assert_num_queries(1):
        assert client.get(f"{URL}{name}/", headers=known).status_code == 304
    announce_later(procedure, effect="amended")
    assert client.get(f"{URL}{name}/", headers=known).status_code == 200


def test_another_setting_makes_another_answer(client, settings):
    announce(make_procedure("1.000001"))
    first = client.get(f"{URL}hsds/1.000001/")
    settings.PORTAL_PROVINCE = "tỉnh khác"
    known = {"If-None-Match": first["ETag"]}
    assert client.get(f"{URL}hsds/1.000001/", headers=known).status_code == 200


def test_a_download_is_packed_for_those_who_take_it_so(client):
    announce(*(make_procedure() for _ in range(5)))
    packed = client.get(f"{URL}hsds/", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    plain = b"".join(client.get(f"{URL}hsds/").streaming_content)
    assert gzip.decompress(b"".join(packed.streaming_content)) == plain


@pytest.mark.parametrize("name", ALL)
def test_head_reads_no_text(client, name, django_assert_num_queries):
    announce(make_procedure())
    with django_assert_num_queries(1):
        response = client.head(f"{URL}{name}/")
    assert (response.status_code, response.content) == (200, b"")
    assert response["ETag"] == client.get(f"{URL}{name}/")["ETag"]


@pytest.mark.parametrize(
    ("name", "one", "all_"),
    [
        ("cpsv-ap", "application/ld+json", "application/ld+json"),
        ("hsds", "application/json", "application/x-ndjson"),
        ("national-package", "application/json", "application/x-ndjson"),
    ],
)
def test_every_answer_has_its_type_whatever_the_client_prefers(client, name, one, all_):
    announce(make_procedure("1.000001"))
    for accept in ("text/html", "*/*", one):
        headers = {"Accept": accept}
        single = client.get(f"{URL}{name}/1000001/", headers=headers)
        assert (single.status_code, single["Content-Type"]) == (200, one)
        assert client.get(f"{URL}{name}/", headers=headers)["Content-Type"] == all_


def test_an_ended_procedure_is_told_where_the_vocabulary_can_say_so(client):
    old, new = make_procedure("1.000001"), make_procedure("1.000002")
    announce(old, new)
    announce_later(old, effect="abolished")
    assert client.get(f"{URL}hsds/1.000001/").json()["status"] == "defunct"
    (service,) = (
        node
        for node in client.get(f"{URL}cpsv-ap/1.000001/").json()["@graph"]
        if node["type"] == "cpsv:PublicService"
    )
    assert service["status"].endswith("Withdrawn")
    problem(client.get(f"{URL}national-package/1.000001/"), 404)


def test_what_is_not_there_is_a_problem_document(client):
    draft = make_procedure("1.000003")
    make_announcement(procedures=[draft])
    for path in ("hsds/1.000003/", "hsds/1.00000/", "hsds/9.999999/", "unknown/", "rdf/1.000003/"):
        problem(client.get(URL + path), 404)
    document = problem(client.get(f"{URL}hsds/?page=2"), 400)
    assert [error["parameter"] for error in document["errors"]] == ["page"]


def test_the_index_describes_the_data_set(client, settings, django_assert_num_queries):
    settings.PORTAL_DATA_PUBLISHER = "Văn phòng Ủy ban"
    settings.PORTAL_DATA_LICENCE = "https://example.gov.vn/giay-phep"
    announce(make_procedure(), make_procedure())
    with django_assert_num_queries(5):
        response = client.get(URL)
    assert response["Content-Type"] == "application/ld+json"
    nodes = {node["id"]: node for node in response.json()["@graph"]}
    data = nodes[f"{settings.PORTAL_URL}{URL}#tap-du-lieu"]
    assert "Nội dung 2 thủ tục" in data["description"]
    assert data["modified"] == "2024-10-03T05:00:00+00:00"
    assert nodes[data["publisher"]]["title"] == "Văn phòng Ủy ban"
    assert {nodes[form]["license"] for form in data["distribution"]} == {
        "https://example.gov.vn/giay-phep"
    }


def test_an_empty_register_can_be_asked(client):
    assert Listing.objects.count() == 0
    assert client.get(URL).status_code == 200
    assert [_codes(client.get(f"{URL}{name}/")) for name in ALL] == [[], [], []]
