from datetime import date

import pytest

from catalog.canonical import digest
from publication.models import Listing
from publication.search.build import catch_up
from tests.factories import (
    make_agency,
    make_announcement,
    make_field,
    make_procedure,
)
from tests.publication.acts import NOON, announce, issue
from tests.publication.api.calls import URL, announce_later, codes, get

pytestmark = pytest.mark.django_db

SUMMARY_KEYS = [
    "code",
    "name",
    "kind",
    "online_level",
    "levels",
    "audiences",
    "field",
    "lead_agency",
    "state",
    "valid_from",
    "decision",
    "digest",
    "url",
]


def test_the_keys_of_a_list_row_are_a_promise(client):
    agency = make_agency("Sở Tư pháp")
    field = make_field("Hộ tịch")
    announce(
        make_procedure(
            "1.004873", name="Đăng ký kết hôn", field=field, lead_agency=agency, levels=["commune"]
        ),
        number="3218/QĐ-UBND",
    )
    body = get(client).json()
    assert list(body) == ["results", "next"]
    assert body["next"] is None
    (row,) = body["results"]
    assert list(row) == SUMMARY_KEYS
    assert row == {
        "code": "1.004873",
        "name": "Đăng ký kết hôn",
        "kind": "regular",
        "online_level": "none",
        "levels": ["commune"],
        "audiences": ["citizen"],
        "field": {"name": "Hộ tịch", "slug": "ho-tich"},
        "lead_agency": {"name": "Sở Tư pháp", "slug": agency.slug},
        "state": "offered",
        "valid_from": "2024-10-03",
        "decision": {
            "number": "3218/QĐ-UBND",
            "signed_on": "2024-10-03",
            "url": "http://localhost:8000/quyet-dinh/3218-qd-ubnd-2024/",
        },
        "digest": Listing.objects.get().digest,
        "url": "http://localhost:8000/thu-tuc/1.004873/",
    }


def test_search_answers_the_same_rows_as_the_list(client):
    announce(make_procedure("1.004873", name="Đăng ký kết hôn"))
    catch_up()
    assert get(client, "?q=ket+hon").json()["results"] == get(client).json()["results"]


def test_the_keys_of_a_detail_are_a_promise(client):
    procedure = make_procedure("1.004873")
    announce(procedure)
    procedure.name = "Tên mới"
    procedure.save()
    announce_later(procedure, effect="amended")
    body = client.get(f"{URL}1.004873/").json()
    assert list(body) == [*SUMMARY_KEYS, "change_note", "successors", "forms", "text", "versions"]
    assert body["name"] == body["text"]["name"] == "Tên mới"
    assert digest(body["text"]) == body["digest"]
    assert [list(version) for version in body["versions"]] == [
        ["valid_from", "valid_to", "state", "decision", "change_note", "digest", "url"]
    ] * 2
    assert [version["valid_from"] for version in body["versions"]] == ["2024-10-04", "2024-10-03"]
    assert body["versions"][1]["url"] == "http://localhost:8000/thu-tuc/1.004873/2024-10-03/"


@pytest.mark.parametrize("spelling", ["1.004873", "1004873", "1.004873.H23", "1.004873.h23"])
def test_a_detail_answers_every_spelling_of_its_code(client, spelling):
    announce(make_procedure("1.004873"))
    response = client.get(f"{URL}{spelling}/")
    assert response.json()["code"] == "1.004873"
    assert response["Content-Location"] == f"{URL}1.004873/"


def test_an_abolished_procedure_is_listed_as_such_with_its_successor(client):
    old, new = make_procedure("1.000001"), make_procedure("1.000002")
    announce(old)
    decision = make_announcement(procedures=[new], effect="replaced")
    decision.items.get().replaces.add(old)
    issue(decision, signed_on=date(2024, 10, 4), now=NOON.replace(day=4))
    assert codes(client, "?state=abolished") == ["1.000001"]
    assert codes(client, "?state=offered") == ["1.000002"]
    assert client.get(f"{URL}1.000001/").json()["successors"] == ["1.000002"]


def test_pages_neither_skip_nor_repeat_while_something_is_published(client):
    announce(*[make_procedure(f"1.00000{n}", name=f"Việc {n}") for n in range(1, 6)])
    first = get(client, "?page_size=2").json()
    announce_later(make_procedure("1.000009", name="Việc 0, đứng đầu"))
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()
    names = [row["name"] for page in (first, second, third) for row in page["results"]]
    assert names == ["Việc 1", "Việc 2", "Việc 3", "Việc 4", "Việc 5"]
    assert third["next"] is None


def test_rows_with_one_name_are_paged_by_code(client):
    announce(*[make_procedure(f"1.00000{n}", name="Cùng tên") for n in range(1, 4)])
    first = get(client, "?page_size=1").json()
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()
    found = [page["results"][0]["code"] for page in (first, second, third)]
    assert found == ["1.000001", "1.000002", "1.000003"]


def test_answers_to_a_question_are_paged_to_their_end(client):
    announce(*[make_procedure(f"1.0000{n:02d}", name=f"Kết hôn loại {n}") for n in range(10, 15)])
    catch_up()
    whole = codes(client, "?q=ket+hon")
    page, seen = get(client, "?q=ket+hon&page_size=2").json(), []
    while True:
        seen += [row["code"] for row in page["results"]]
        if page["next"] is None:
            break
        page = client.get(page["next"]).json()
    assert seen == whole
    assert len(whole) == 5
