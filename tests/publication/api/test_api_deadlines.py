"""`/api/v1/deadlines/`: the question, the whole answer, and every way to ask wrongly."""

from datetime import UTC, date, datetime

import pytest

from catalog.models import CalendarDay
from publication.models import DeadlineRule
from tests.publication.api.calls import problem

pytestmark = pytest.mark.django_db
DEADLINES = "/api/v1/deadlines/"
ASKED = "?rule=province_announces&effective_on=2024-09-04"
NOW = datetime(2024, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _days_off():
    for day, kind, name, confirmed in [
        (date(2024, 5, 4), "make_up", "Làm bù", NOW),
        (date(2024, 9, 2), "day_off", "Quốc khánh", NOW),
        (date(2024, 9, 3), "day_off", "Quốc khánh", NOW),
        (date(2024, 8, 30), "day_off", "Đề xuất", None),
    ]:
        CalendarDay.objects.create(day=day, kind=kind, name=name, confirmed_at=confirmed)


def ask(client, query, **headers):
    return client.get(DEADLINES + query, headers=headers)


def test_the_answer_names_rule_day_due_day_citation_and_every_day_left_out(client):
    response = ask(client, ASKED)
    assert response.status_code == 200
    citation = DeadlineRule.objects.get(code="province_announces").citation
    assert response.json() == {
        "rule": "province_announces",
        "label": "Tỉnh công bố thủ tục hành chính",
        "amount": 5,
        "unit": "working",
        "anchor": "before_effect",
        "effective_on": "2024-09-04",
        "due_on": "2024-08-26",  # Fri 30, 29, 28, 27, Mon 26
        "citation": citation,
        "reasons": [
            "Tỉnh công bố thủ tục hành chính: chậm nhất 5 ngày làm việc trước ngày văn bản có hiệu "
            "lực.",
            f"Căn cứ: {citation}.",
            "Văn bản có hiệu lực thứ Tư 04/09/2024; không tính ngày đó, đếm ngược từ ngày liền "
            "trước.",
            "Không tính thứ Hai 02/09/2024, thứ Ba 03/09/2024: Quốc khánh.",
            "Không tính thứ Bảy 31/08/2024, Chủ nhật 01/09/2024: cuối tuần.",
            "Hạn cuối: thứ Hai 26/08/2024.",
        ],
        "skipped": [
            {"day": "2024-09-03", "name": "Quốc khánh"},
            {"day": "2024-09-02", "name": "Quốc khánh"},
            {"day": "2024-09-01", "name": ""},
            {"day": "2024-08-31", "name": ""},
        ],
        "added": [],
        "unconfirmed_years": [],
    }


@pytest.mark.parametrize(
    ("query", "due_on"),
    [
        ("?rule=province_announces&effective_on=2024-09-20&unit=working", "2024-09-13"),
        ("?rule=province_announces&effective_on=2024-09-20&unit=calendar", "2024-09-15"),
        ("?rule=national_database_entry&signed_on=2024-11-18", "2024-11-25"),
        ("?rule=shortened_announces&signed_on=2024-05-01", "2024-05-04"),  # Saturday, worked
        ("?rule=shortened_announces&signed_on=2024-05-01&unit=working", "2024-05-04"),
        ("?rule=province_after_receipt&received_on=2024-08-29", "2024-09-16"),  # Mon
    ],
)
def test_each_kind_of_day_and_both_units_are_answered(client, query, due_on):
    assert ask(client, query).json()["due_on"] == due_on


def test_days_that_were_added_and_years_not_confirmed_are_told_apart_from_words(client):
    added = ask(client, "?rule=national_database_entry&signed_on=2024-05-02").json()
    assert added["added"] == [{"day": "2024-05-04", "name": "Làm bù"}]
    doubtful = ask(client, "?rule=national_database_entry&signed_on=2024-12-30").json()
    assert doubtful["unconfirmed_years"] == [2025]
    assert "2025 chưa được xác nhận" in doubtful["reasons"][-1]


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("", ["rule"]),
        ("?rule=province", ["rule"]),
        ("?rule=province_announces", ["effective_on"]),
        ("?rule=province_announces&effective_on=", ["effective_on"]),
        ("?rule=province_announces&effective_on=20/09/2024", ["effective_on"]),
        ("?rule=province_announces&effective_on=20240920", ["effective_on"]),
        ("?rule=province_announces&effective_on=2024-W38-5", ["effective_on"]),
        ("?rule=province_announces&effective_on=2024-02-30", ["effective_on"]),
        ("?rule=province_announces&effective_on=0001-01-01", ["effective_on"]),
        ("?rule=national_database_entry&signed_on=9999-12-31", ["signed_on"]),
        ("?rule=province_announces&signed_on=2024-09-20", ["effective_on"]),
        ("?rule=province_announces&effective_on=2024-09-20&signed_on=2024-09-20", ["effective_on"]),
        ("?rule=province_announces&effective_on=2024-09-20&unit=weeks", ["unit"]),
        ("?rule=province_announces&effective_on=2024-09-20&unit=", ["unit"]),
        ("?rule=province_announces&effective_on=2024-09-20&on=2024-09-20", ["on"]),
        (ASKED + "&effective_on=2024-09-05", ["effective_on"]),
        ("?rule=x&unit=y&signed_on=z&page=1", ["page", "rule", "signed_on", "unit"]),
    ],
)
def test_a_wrong_or_missing_parameter_is_named(client, query, parameters):
    document = problem(ask(client, query), 400)
    assert sorted(error["parameter"] for error in document["errors"]) == parameters
    assert all(error["problem"] for error in document["errors"])


def test_the_codes_of_rules_are_named_when_one_is_not_known(client):
    (error,) = problem(ask(client, "?rule=x&effective_on=2024-09-20"), 400)["errors"]
    assert error["allowed"] == sorted(DeadlineRule.objects.values_list("code", flat=True))
    assert "national_database_entry" in error["allowed"]


def test_a_day_before_the_rule_is_refused_and_not_guessed(client):
    DeadlineRule.objects.filter(code="province_announces").update(valid_from=date(2024, 9, 5))
    (error,) = problem(ask(client, ASKED), 400)["errors"]
    assert error["parameter"] == "effective_on"
    assert "04/09/2024" in error["problem"]


def test_a_copy_is_good_until_a_rule_or_a_day_off_changes(client):
    first = ask(client, ASKED)
    etag = first["ETag"]
    assert first["Cache-Control"] == "no-cache"
    assert ask(client, ASKED, if_none_match=etag).status_code == 304
    CalendarDay.objects.filter(confirmed_at=None).update(confirmed_at=NOW)
    moved = ask(client, ASKED, if_none_match=etag)
    assert moved.json()["due_on"] == "2024-08-23"  # Friday 30 is off by now
    DeadlineRule.objects.filter(code="province_announces").update(amount=4)
    assert ask(client, ASKED, if_none_match=moved["ETag"]).json()["due_on"] == "2024-08-26"


def test_answers_of_two_languages_are_two_copies(client):
    vietnamese, english = ask(client, ASKED), ask(client, ASKED, accept_language="en")
    assert english.json()["reasons"][-1] == "Due at the latest on Monday 26/08/2024."
    assert english["ETag"] != vietnamese["ETag"]
    assert "Accept-Language" in english["Vary"]
    assert (
        ask(client, ASKED, if_none_match=vietnamese["ETag"], accept_language="en").status_code
        == 200
    )


def test_nothing_is_written_and_two_tables_are_read(client, django_assert_num_queries):
    with django_assert_num_queries(2):
        ask(client, ASKED)
    problem(client.post(DEADLINES, {}), 405)
