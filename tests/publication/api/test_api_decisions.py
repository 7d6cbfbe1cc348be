"""Decisions of the province and of ministries, with their items; nothing of a draft."""

from datetime import date

import pytest

from publication.actions import submit_announcement, withdraw_announcement
from publication.models import LegalDocument, MinistryDecision
from tests.factories import (
    make_agency,
    make_announcement,
    make_ministry_decision,
    make_procedure,
)
from tests.publication.acts import NOON, announce, issue
from tests.publication.api.calls import announce_later, problem

pytestmark = pytest.mark.django_db
DECISIONS, MINISTRY = "/api/v1/decisions/", "/api/v1/ministry-decisions/"


def listed(client, url, name):
    response = client.get(url)
    assert response.status_code == 200, response.content
    return [row[name] for row in response.json()["results"]]


def walk(client, url, name):
    found = []
    while url:
        page = client.get(url).json()
        found += [row[name] for row in page["results"]]
        url = page["next"]
    return found


def answer_to_a_ministry():
    ministry = make_ministry_decision(codes=["1.004873"], number="1/QĐ-BTP")
    agency = make_agency("Sở Tư pháp")
    draft = make_announcement(
        procedures=[make_procedure("1.004873", name="Đăng ký kết hôn")], lead_agency=agency
    )
    draft.items.update(answers=ministry.items.get(), part="Phần I", change_note="Bớt một giấy tờ")
    return ministry, agency, issue(draft, number="3218/QĐ-UBND")


# --- Of the province -----------------------------------------------------------------------------


def test_the_keys_of_a_decision_are_a_promise(client):
    _ministry, agency, _decision = answer_to_a_ministry()
    facts = {
        "slug": "3218-qd-ubnd-2024",
        "number": "3218/QĐ-UBND",
        "title": "Công bố Danh mục thủ tục hành chính",
        "issuer": "Ủy ban nhân dân tỉnh",
        "signed_on": "2024-10-03",
        "signed_by": "Chủ tịch Nguyễn Văn Mẫu",
        "effective_on": "2024-10-03",
        "status": "issued",
        "withdrawn_on": None,
        "withdrawal_basis": "",
        "lead_agency": {"name": "Sở Tư pháp", "slug": agency.slug},
        "corrects": None,
        "procedures": 1,
        "url": "http://localhost:8000/quyet-dinh/3218-qd-ubnd-2024/",
    }
    body = client.get(DECISIONS).json()
    assert body == {"results": [facts], "next": None}
    assert list(body["results"][0]) == list(facts)
    items = [
        {
            "code": "1.004873",
            "name": "Đăng ký kết hôn",
            "effect": "new",
            "part": "Phần I",
            "ordinal": 1,
            "change_note": "Bớt một giấy tờ",
            "successors": [],
            "answers": {"number": "1/QĐ-BTP", "signed_on": "2024-08-01", "issuer": "Bộ Tư pháp"},
        }
    ]
    assert client.get(f"{DECISIONS}3218-qd-ubnd-2024/").json() == facts | {"items": items}
    assert client.get(f"{DECISIONS}?expand=items").json()["results"] == [facts | {"items": items}]
    assert client.get(f"{DECISIONS}?fields=number").json()["results"] == [
        {"number": "3218/QĐ-UBND"}
    ]


def test_drafts_and_what_waits_for_the_office_are_not_told_of(client):
    answered = announce(make_procedure(), number="1/QĐ-UBND")
    make_announcement(procedures=[make_procedure()], title="zebra", corrects=answered)
    waiting = make_announcement(procedures=[make_procedure()], title="zebra")
    submit_announcement(decision_id=waiting.pk, by=None, now=NOON)
    ministry = make_ministry_decision(codes=["1.700001"])
    draft = make_announcement(procedures=[make_procedure("1.700001", name="zebra")], title="zebra")
    draft.items.update(answers=ministry.items.get())
    told = "".join(
        client.get(url).content.decode()
        for url in (f"{DECISIONS}?expand=items", f"{MINISTRY}?expand=items", "/api/v1/gaps/")
    )
    assert "zebra" not in told
    assert listed(client, DECISIONS, "number") == ["1/QĐ-UBND"]
    assert client.get(f"{MINISTRY}{ministry.pk}/").json()["items"][0]["answered_by"] == []
    problem(client.get(f"{DECISIONS}{waiting.pk}/"), 404)
    problem(client.get(f"{DECISIONS}None/"), 404)


def test_a_withdrawn_decision_stays_and_says_so(client):
    decision = announce(make_procedure(), number="1/QĐ-UBND")
    withdraw_announcement(
        decision_id=decision.pk, by=None, basis="99/QĐ-UBND", now=NOON.replace(day=7)
    )
    (row,) = client.get(f"{DECISIONS}?status=withdrawn&expand=items").json()["results"]
    assert (row["status"], row["withdrawn_on"], row["withdrawal_basis"]) == (
        "withdrawn",
        "2024-10-07",
        "99/QĐ-UBND",
    )
    assert [item["effect"] for item in row["items"]] == ["new"]
    assert listed(client, f"{DECISIONS}?status=issued", "number") == []


def test_a_procedure_that_ends_for_another_is_an_item_too(client):
    old, new = make_procedure("1.000001"), make_procedure("1.000002")
    announce(old)
    decision = make_announcement(procedures=[new], effect="replaced")
    decision.items.get().replaces.add(old)
    issue(decision, signed_on=date(2024, 10, 4), now=NOON.replace(day=4))
    items = client.get(f"{DECISIONS}?page_size=1&expand=items").json()["results"][0]["items"]
    assert {item["code"]: item["effect"] for item in items} == {
        "1.000001": "ended",
        "1.000002": "replaced",
    }


def test_the_latest_signed_come_first_and_pages_neither_skip_nor_repeat(client):
    for day in (3, 5, 4, 5):
        announce_later(make_procedure(), day=day)
    days = walk(client, f"{DECISIONS}?page_size=1", "signed_on")
    assert days == ["2024-10-05", "2024-10-05", "2024-10-04", "2024-10-03"]
    assert len(set(walk(client, f"{DECISIONS}?page_size=1", "slug"))) == 4


def test_filters_narrow_by_day_and_by_number_in_any_spelling(client):
    announce(make_procedure(), number="3218/QĐ-UBND")
    announce_later(make_procedure(), number="9/QĐ-UBND")
    assert listed(client, f"{DECISIONS}?number=3218/qd-ubnd", "number") == ["3218/QĐ-UBND"]
    assert listed(client, f"{DECISIONS}?signed_from=2024-10-04", "number") == ["9/QĐ-UBND"]
    assert listed(client, f"{DECISIONS}?signed_to=2024-10-03", "number") == ["3218/QĐ-UBND"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("?status=draft", "status"),
        ("?signed_from=1/1/2024", "signed_from"),
        ("?fields=created_by", "fields"),
        ("?expand=acts", "expand"),
        ("?expand=items&page_size=21", "page_size"),
        ("?cursor=WyJhIiwiYiJd", "cursor"),
        ("?cursor=WzFd", "cursor"),
        ("?created_by=1", "created_by"),
    ],
)
@pytest.mark.parametrize("url", [DECISIONS, MINISTRY])
def test_a_wrong_parameter_is_named(client, url, query, parameter):
    (error,) = problem(client.get(url + query), 400)["errors"]
    assert error["parameter"] == parameter


# --- Of ministries -------------------------------------------------------------------------------


def test_the_keys_of_a_ministry_decision_are_a_promise(client):
    ministry, _agency, _decision = answer_to_a_ministry()
    LegalDocument.objects.create(
        decision=ministry, number="1/2024/TT-BTP", effective_on=date(2024, 9, 1)
    )
    facts = {
        "id": ministry.pk,
        "number": "1/QĐ-BTP",
        "title": "Công bố thủ tục hành chính",
        "issuer": {"name": "Bộ Tư pháp", "slug": ministry.issuer.slug},
        "signed_on": "2024-08-01",
        "shortened_procedure": False,
        "legal_documents": [
            {
                "number": "1/2024/TT-BTP",
                "title": "",
                "issued_on": None,
                "effective_on": "2024-09-01",
            }
        ],
    }
    items = [
        {
            "code": "1.004873",
            "name": "Thủ tục 1.004873",
            "effect": "new",
            "levels": [],
            "replaces": [],
            "answered_by": [
                {
                    "slug": "3218-qd-ubnd-2024",
                    "number": "3218/QĐ-UBND",
                    "signed_on": "2024-10-03",
                    "url": "http://localhost:8000/quyet-dinh/3218-qd-ubnd-2024/",
                }
            ],
        }
    ]
    assert client.get(MINISTRY).json() == {"results": [facts], "next": None}
    assert client.get(f"{MINISTRY}{ministry.pk}/").json() == facts | {"items": items}
    assert client.get(f"{MINISTRY}?expand=items").json()["results"] == [facts | {"items": items}]


def test_proposals_rejections_and_reasons_are_not_told_of(client):
    seen = make_ministry_decision(codes=["1.000001"])
    seen.items.update(not_applicable_reason="zebra")
    proposed = make_ministry_decision(codes=["1.000002"], is_proposed=True, title="zebra")
    rejected = make_ministry_decision(
        is_proposed=True, title="zebra", rejected_at=NOON, rejection_reason="zebra"
    )
    assert listed(client, MINISTRY, "id") == [seen.pk]
    assert "zebra" not in client.get(f"{MINISTRY}?expand=items").content.decode()
    for decision in (proposed, rejected):
        problem(client.get(f"{MINISTRY}{decision.pk}/"), 404)
    problem(client.get(f"{MINISTRY}{2**64}/"), 404)


def test_those_of_an_unknown_day_come_last_and_none_is_skipped(client):
    for day in (date(2024, 8, 1), None, date(2024, 8, 2), None, date(2024, 8, 1)):
        make_ministry_decision(signed_on=day)
    days = walk(client, f"{MINISTRY}?page_size=1", "signed_on")
    assert days == ["2024-08-02", "2024-08-01", "2024-08-01", None, None]
    assert len(set(walk(client, f"{MINISTRY}?page_size=1", "id"))) == 5


def test_the_official_name_is_the_one_it_was_signed_with(client):
    decision = make_ministry_decision()
    decision.issuer.name = "Bộ tên mới"
    decision.issuer.save()
    (row,) = client.get(MINISTRY).json()["results"]
    assert row["issuer"]["name"] == "Bộ Tư pháp"


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_queries_for_one_row_and_for_three(
    client, django_assert_num_queries, count
):
    for number in range(count):
        ministry = make_ministry_decision(codes=[f"1.00000{n}" for n in range(count)])
        procedures = [make_procedure() for _n in range(count)]
        draft = make_announcement(procedures=procedures)
        draft.items.update(answers=ministry.items.first())
        issue(draft, number=f"{number + 1}/QĐ-UBND")
    for url, queries in [
        (DECISIONS, 2),
        (f"{DECISIONS}?expand=items", 3),
        (f"{DECISIONS}1-qd-ubnd-2024/", 3),
        (MINISTRY, 2),
        (f"{MINISTRY}?expand=items", 4),
        (f"{MINISTRY}{MinistryDecision.objects.order_by('pk')[0].pk}/", 4),
    ]:
        with django_assert_num_queries(queries):
            assert client.get(url).status_code == 200


def test_a_copy_is_good_until_what_it_says_changes(client):
    decision = announce(make_procedure(), number="1/QĐ-UBND")
    known = client.get(DECISIONS)["ETag"]
    assert client.get(DECISIONS, headers={"if-none-match": known}).status_code == 304
    withdraw_announcement(
        decision_id=decision.pk, by=None, basis="99/QĐ-UBND", now=NOON.replace(day=7)
    )
    assert client.get(DECISIONS, headers={"if-none-match": known}).status_code == 200
