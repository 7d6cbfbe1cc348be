"""Agencies, fields and life events with lists; the gap summary; search with passages."""

from datetime import date

import pytest
from django.utils.timezone import localdate

from catalog.models import AgencyCode
from publication.models import AnnouncementGap
from publication.search.build import catch_up
from tests.factories import (
    make_agency,
    make_announcement,
    make_content,
    make_field,
    make_life_event,
    make_ministry_decision,
    make_procedure,
)
from tests.publication.acts import announce
from tests.publication.api.calls import announce_later, problem

pytestmark = pytest.mark.django_db
AGENCIES, FIELDS, EVENTS = (f"/api/v1/{name}/" for name in ("agencies", "fields", "life-events"))
SEARCH = "/api/v1/search/"


def slugs(client, url):
    response = client.get(url)
    assert response.status_code == 200, response.content
    return [row["slug"] for row in response.json()["results"]]


def test_the_keys_of_an_agency_are_a_promise(client):
    province = make_agency("Ủy ban nhân dân tỉnh", kind="province")
    agency = make_agency(
        "Sở Tư pháp",
        slug="so-tu-phap",
        short_name="STP",
        parent=province,
        valid_from=date(2010, 1, 1),
        address="1 Đường A",
        phone="0220",
    )
    AgencyCode.objects.create(agency=agency, scheme="qcvn_102", code="000.00.05.H23")
    announce(make_procedure(lead_agency=agency), make_procedure(lead_agency=agency))
    facts = {
        "slug": "so-tu-phap",
        "name": "Sở Tư pháp",
        "short_name": "STP",
        "kind": "department",
        "level": "province",
        "parent": {"name": "Ủy ban nhân dân tỉnh", "slug": province.slug},
        "valid_from": "2010-01-01",
        "valid_to": None,
        "successors": [],
        "codes": [
            {"scheme": "qcvn_102", "code": "000.00.05.H23", "valid_from": None, "valid_to": None}
        ],
        "address": "1 Đường A",
        "phone": "0220",
        "procedures": 2,
        "url": "http://localhost:8000/co-quan/so-tu-phap/",
    }
    assert client.get(AGENCIES).json() == {"results": [facts], "next": None}
    assert client.get(f"{AGENCIES}so-tu-phap/").json() == facts
    assert client.get(f"{AGENCIES}?fields=slug,procedures").json()["results"] == [
        {"slug": "so-tu-phap", "procedures": 2}
    ]


def test_the_keys_of_fields_and_life_events_are_promises(client):
    procedure = make_procedure(field=make_field("Hộ tịch", code="HT"))
    procedure.life_events.add(make_life_event("Có con nhỏ"))
    announce(procedure)
    assert client.get(FIELDS).json()["results"] == [
        {
            "slug": "ho-tich",
            "name": "Hộ tịch",
            "code": "HT",
            "procedures": 1,
            "url": "http://localhost:8000/linh-vuc/ho-tich/",
        }
    ]
    assert client.get(EVENTS).json()["results"] == [
        {
            "slug": "co-con-nho",
            "name": "Có con nhỏ",
            "group": "citizen",
            "position": 1,
            "procedures": 1,
            "url": "http://localhost:8000/su-kien/co-con-nho/",
        }
    ]
    assert client.get(f"{EVENTS}co-con-nho/").json()["group"] == "citizen"


def test_what_no_public_text_names_is_not_told_of(client):
    announce(make_procedure(field=make_field("Hộ tịch")))
    draft = make_procedure(
        field=make_field("Lĩnh vực zebra"), lead_agency=make_agency("Sở zebra", slug="zebra")
    )
    make_announcement(procedures=[draft])
    announce(draft, effective_on=date(2099, 1, 1))
    assert slugs(client, FIELDS) == ["ho-tich"]
    assert slugs(client, AGENCIES) == []
    problem(client.get(f"{AGENCIES}zebra/"), 404)


def test_a_place_whose_procedures_have_ended_stays_with_none(client):
    procedure = make_procedure(field=make_field("Hộ tịch"))
    announce(procedure)
    announce_later(procedure, effect="abolished")
    (row,) = client.get(FIELDS).json()["results"]
    assert (row["slug"], row["procedures"]) == ("ho-tich", 0)


def test_places_are_paged_and_filtered(client):
    names = ["Chăn nuôi", "Đất đai", "Hộ tịch"]
    announce(*[make_procedure(field=make_field(name)) for name in names])
    first = client.get(f"{FIELDS}?page_size=2").json()
    second = client.get(first["next"]).json()
    assert [row["slug"] for row in first["results"] + second["results"]] == [
        "chan-nuoi",
        "dat-dai",
        "ho-tich",
    ]
    assert second["next"] is None
    commune = make_agency("Xã A", slug="xa-a", kind="commune", level="commune")
    announce(make_procedure(lead_agency=commune), make_procedure(lead_agency=make_agency()))
    assert slugs(client, f"{AGENCIES}?level=commune") == ["xa-a"]
    assert slugs(client, f"{AGENCIES}?kind=commune&level=province") == []


@pytest.mark.parametrize(
    ("url", "parameter"),
    [
        (f"{AGENCIES}?level=xa", "level"),
        (f"{FIELDS}?level=commune", "level"),
        (f"{EVENTS}?group=x", "group"),
        (f"{AGENCIES}?fields=memberships", "fields"),
        (f"{FIELDS}ho-tich/?expand=x", "expand"),
    ],
)
def test_a_wrong_parameter_is_named(client, url, parameter):
    (error,) = problem(client.get(url), 400)["errors"]
    assert error["parameter"] == parameter


@pytest.mark.parametrize("count", [1, 3])
def test_places_cost_the_same_queries_for_one_row_and_for_three(
    client, django_assert_num_queries, count
):
    parent = make_agency()
    for number in range(count):
        procedure = make_procedure(lead_agency=make_agency(parent=parent))
        procedure.life_events.add(make_life_event(f"Sự kiện {number}"))
        announce(procedure)
    for url, queries in [(AGENCIES, 3), (FIELDS, 1), (EVENTS, 1)]:
        with django_assert_num_queries(queries):
            client.get(url)


# --- Gaps ----------------------------------------------------------------------------------------


def gap(code, **facts):
    item = make_ministry_decision(codes=[code], title="zebra").items.get()
    agency = make_agency("Sở zebra")
    return AnnouncementGap.objects.create(
        ministry_item=item, agency=agency, opened_on=date(2024, 9, 2), **facts
    )


def test_the_gap_summary_counts_states_and_names_nothing(client):
    late = {"legal_due_on": date(2024, 9, 5)}
    gap("1.000001", **late)
    gap("1.000002", **late)
    gap("1.000003")
    gap("1.000004", **late, closed_on=date(2024, 9, 4), closure="answered")
    gap("1.000005", **late, closed_on=date(2024, 9, 6), closure="answered")
    gap("1.000006", legal_due_on=date(2099, 1, 1))
    gap("1.000007", closed_on=date(2024, 9, 6), closure="not_applicable")
    gap("1.000008", closed_on=date(2024, 9, 6), closure="no_longer_concerned")
    response = client.get("/api/v1/gaps/")
    assert response.json() == {
        "on": localdate().isoformat(),
        "total": 7,
        "states": {
            "at_risk": 1,
            "due": 0,
            "overdue": 2,
            "unknown": 1,
            "answered_on_time": 1,
            "answered_late": 1,
            "answered": 0,
            "not_applicable": 1,
        },
    }
    assert "zebra" not in response.content.decode()


def test_the_gap_summary_takes_no_parameters(client, django_assert_num_queries):
    assert problem(client.get("/api/v1/gaps/?agency=x"), 400)["errors"][0]["parameter"] == "agency"
    with django_assert_num_queries(2):
        client.get("/api/v1/gaps/")


# --- Search --------------------------------------------------------------------------------------


def test_answers_come_with_the_passage_that_answers(client):
    announce(
        make_procedure(
            "1.004873", name="Đăng ký kết hôn", content=make_content(summary="Cưới nhau")
        )
    )
    catch_up()
    (row,) = client.get(f"{SEARCH}?q=ket+hon").json()["results"]
    passage = row.pop("passage")
    assert row == client.get("/api/v1/procedures/").json()["results"][0]
    assert all(set(piece) == {"text", "marked"} for piece in passage)
    assert "".join(piece["text"] for piece in passage)


def test_search_wants_a_question(client):
    for query in ("", "?q=", "?q=+"):
        (error,) = problem(client.get(SEARCH + query), 400)["errors"]
        assert error["parameter"] == "q"
