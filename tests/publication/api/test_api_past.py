"""The list and the text as they were on a day, all versions, and any two of them compared."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils.timezone import localdate

from publication.models import Listing
from tests.factories import make_content, make_field, make_procedure
from tests.publication.acts import NOON, announce
from tests.publication.api.calls import URL, announce_later, codes, get, problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def amended():
    """One procedure renamed on 4 October and ended on 6 October."""
    procedure = make_procedure("1.004873", name="Tên cũ", field=make_field("Hộ tịch"))
    announce(procedure)
    procedure.name = "Tên mới"
    procedure.save()
    announce_later(procedure, effect="amended")
    announce_later(procedure, effect="abolished", day=6)
    return procedure


def names(client, query):
    return [row["name"] for row in get(client, query).json()["results"]]


def test_the_list_of_a_day_has_what_held_then(client, amended):
    announce_later(make_procedure("1.000001", name="Thủ tục khác"), day=5)
    assert names(client, "?on=2024-10-02") == []
    assert names(client, "?on=2024-10-03") == ["Tên cũ"]
    assert names(client, "?on=2024-10-05") == ["Tên mới", "Thủ tục khác"]
    assert codes(client, "?on=2024-10-05&state=abolished") == []
    assert codes(client, "?on=2024-10-06&state=abolished") == ["1.004873"]
    assert names(client, f"?on={localdate()}") == names(client, "")


def test_a_day_is_paged_and_filtered_like_today(client):
    field = make_field("Hộ tịch")
    announce(*[make_procedure(f"1.00000{n}", name=f"Việc {n}", field=field) for n in range(1, 4)])
    first = get(client, "?on=2024-10-03&field=ho-tich&page_size=2").json()
    second = client.get(first["next"]).json()
    found = [row["code"] for row in first["results"] + second["results"]]
    assert found == ["1.000001", "1.000002", "1.000003"]


def test_what_was_said_later_of_an_earlier_day_is_what_held(client):
    """A decision entered after the fact becomes history at once."""
    procedure = make_procedure("1.004873", name="Tên cũ")
    announce(procedure)
    announce_later(procedure, effect="amended", day=10)
    procedure.name = "Tên bị bỏ sót"
    procedure.save()
    announce(procedure, effect="amended", signed_on=date(2024, 10, 7), now=NOON.replace(day=20))
    assert names(client, "?on=2024-10-08") == ["Tên bị bỏ sót"]
    assert names(client, "?on=2024-10-10") == ["Tên cũ"]


def test_a_detail_of_a_day_is_the_text_that_held(client, amended):
    def on(day):
        return client.get(f"{URL}1.004873/?on={day}").json()

    assert (on("2024-10-03")["name"], on("2024-10-03")["text"]["name"]) == ("Tên cũ", "Tên cũ")
    assert (on("2024-10-05")["name"], on("2024-10-05")["state"]) == ("Tên mới", "offered")
    assert on("2024-10-06")["state"] == "abolished"
    problem(client.get(f"{URL}1.004873/?on=2024-10-02"), 404)


@pytest.mark.parametrize("url", [URL, f"{URL}1.004873/"])
def test_a_day_to_come_is_refused_also_when_its_texts_are_decided(client, url):
    announce(make_procedure("1.004873"))
    coming = localdate() + timedelta(days=30)
    zebra = make_procedure("1.000002", name="zebra")
    announce(zebra, effective_on=coming)
    response = client.get(f"{url}?on={coming}")
    assert problem(response, 400)["errors"][0]["parameter"] == "on"
    assert "zebra" not in response.content.decode()


@pytest.mark.parametrize("day", ["", "2024-13-01", "03/10/2024", "20241003"])
def test_a_day_is_written_as_iso_8601(client, day):
    assert problem(get(client, f"?on={day}"), 400)["errors"][0]["parameter"] == "on"


def test_versions_tell_their_days(client, amended):
    body = client.get(f"{URL}1.004873/versions/").json()
    assert body["next"] is None
    assert [(it["valid_from"], it["valid_to"], it["state"]) for it in body["results"]] == [
        ("2024-10-06", None, "abolished"),
        ("2024-10-04", "2024-10-05", "offered"),
        ("2024-10-03", "2024-10-03", "offered"),
    ]
    assert body["results"] == client.get(f"{URL}1.004873/").json()["versions"]


def test_a_version_is_had_by_its_first_day(client, amended):
    version = client.get(f"{URL}1.004873/versions/2024-10-04/").json()
    assert version == client.get(f"{URL}1.004873/?on=2024-10-05").json()
    for day in ("2024-10-05", "x"):
        problem(client.get(f"{URL}1.004873/versions/{day}/"), 404)


def test_two_texts_are_compared_by_part_with_the_changed_words_marked(client):
    procedure = make_procedure("1.004873", name="Cấp giấy cũ")
    announce(procedure)
    procedure.name = "Cấp giấy mới"
    procedure.content = make_content(conditions={"presence": "has", "text": "Đủ 18 tuổi"})
    procedure.save()
    announce_later(procedure, effect="amended")
    body = client.get(f"{URL}1.004873/difference/").json()
    assert list(body) == ["code", "from", "to", "parts"]
    assert (body["from"]["valid_from"], body["to"]["valid_from"]) == ("2024-10-03", "2024-10-04")
    assert [part["part"] for part in body["parts"]] == ["name", "conditions"]
    assert body["parts"][0] == {
        "part": "name",
        "title": "Tên thủ tục",
        "rows": [
            {
                "before": [
                    {"text": "Cấp giấy ", "changed": False},
                    {"text": "cũ", "changed": True},
                ],
                "after": [
                    {"text": "Cấp giấy ", "changed": False},
                    {"text": "mới", "changed": True},
                ],
            }
        ],
    }
    assert body["parts"][1]["rows"] == [
        {"before": [{"text": "Không có", "changed": True}], "after": None},
        {"before": None, "after": [{"text": "Đủ 18 tuổi", "changed": True}]},
    ]


def test_any_two_days_are_compared_and_titles_follow_the_client(client, amended):
    url = f"{URL}1.004873/difference/?from=2024-10-03&to=2024-10-05"
    english = client.get(url, headers={"accept-language": "en"})
    assert [(part["part"], part["title"]) for part in english.json()["parts"]] == [
        ("name", "Name of the procedure")
    ]
    assert english["ETag"] != client.get(url)["ETag"]
    same = client.get(f"{URL}1.004873/difference/?from=2024-10-04&to=2024-10-05").json()
    assert same["parts"] == []


def test_a_text_of_which_nothing_is_public_has_no_versions(client):
    announce(make_procedure("1.000001"), effective_on=date(2099, 1, 1))
    for address in ("versions/", "versions/2099-01-01/", "difference/"):
        assert problem(client.get(f"{URL}1.000001/{address}"), 404)["status"] == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_past_costs_the_same_queries_for_one_row_and_for_three(
    client, django_assert_num_queries, count
):
    procedures = [make_procedure(f"1.00000{n}") for n in range(count)]
    announce(*procedures)
    for day in range(4, 4 + count):
        announce_later(*procedures, effect="amended", day=day)
    with django_assert_num_queries(2):
        get(client, "?on=2024-10-03")
    with django_assert_num_queries(3):
        client.get(f"{URL}1.000000/?on=2024-10-03")
    with django_assert_num_queries(2):
        client.get(f"{URL}1.000000/versions/")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by table size")
def test_a_day_is_read_in_its_order_and_not_sorted():
    listings = Listing.objects.shown_on(on=date(2024, 10, 3)).order_by("sort_key", "code")
    plan = listings[:51].explain()
    assert "listing_told_by_name" in plan
    assert "TEMP B-TREE" not in plan
