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


def test_the_answer_tells_the_amount_the_anchor_and_the_unit_that_was_counted_in(client):
    """Facts of the rule and of the question, not of the rule most asked for."""
    told = ("amount", "unit", "anchor", "signed_on", "received_on", "effective_on")

    def facts(query: str) -> dict:
        answer = ask(client, query).json()
        return {name: answer[name] for name in told if name in answer}

    assert facts("?rule=province_after_receipt&received_on=2024-08-29") == {
        "amount": 10,
        "unit": "working",
        "anchor": "after_receipt",
        "received_on": "2024-08-29",
    }
    assert facts("?rule=shortened_announces&signed_on=2024-05-01&unit=working") == {
        "amount": 3,
        "unit": "working",
        "anchor": "after_signing",
        "signed_on": "2024-05-01",
    }
    assert facts("?rule=shortened_announces&signed_on=2024-05-01")["unit"] == "calendar"


def test_the_first_and_the_last_day_are_taken_and_those_beside_them_are_not(client):
    asked = "?rule=province_after_receipt&received_on="
    for day in ("2000-01-01", "2099-12-31"):
        assert ask(client, asked + day).json()["received_on"] == day
    for day in ("1999-12-31", "2100-01-01"):
        (error,) = problem(ask(client, asked + day), 400)["errors"]
        assert "từ 2000-01-01 đến 2099-12-31" in error["problem"]


def test_a_rule_that_changed_its_anchor_asks_for_the_day_of_the_wording_that_holds(client):
    DeadlineRule.objects.filter(code="province_announces").update(valid_to=date(2024, 12, 31))
    DeadlineRule.objects.create(
        code="province_announces",
        label="Tỉnh công bố",
        amount=7,
        unit="working",
        anchor="after_signing",
        valid_from=date(2025, 1, 1),
        citation="Điều 9",
    )
    old = ask(client, "?rule=province_announces&effective_on=2024-09-04").json()
    new = ask(client, "?rule=province_announces&signed_on=2025-03-03").json()
    assert (old["amount"], new["amount"]) == (5, 7)
    (error,) = problem(ask(client, "?rule=province_announces&effective_on=2025-03-03"), 400)[
        "errors"
    ]
    assert (error["parameter"], "signed_on" in error["problem"]) == ("signed_on", True)
    both = problem(ask(client, "?rule=province_announces"), 400)["errors"]
    assert [one["parameter"] for one in both] == ["effective_on", "signed_on"]
    assert {one["problem"] for one in both} == {
        "Quy tắc này cần đúng một ngày: “effective_on” hoặc “signed_on”, dạng YYYY-MM-DD."
    }


@pytest.mark.parametrize(
    "query",
    [
        "&rule=province_announces",
        "&unit=working&unit=calendar",
    ],
)
def test_every_parameter_is_taken_once(client, query):
    (error,) = problem(ask(client, ASKED + query), 400)["errors"]
    assert error["parameter"] == query[1:].partition("=")[0]
    assert "chỉ được ghi một lần" in error["problem"]


def test_a_long_word_comes_back_cut_short_and_units_are_named(client):
    (error,) = problem(ask(client, f"{ASKED}&unit={'x' * 200}"), 400)["errors"]
    assert error["problem"] == f"“{'x' * 60}” không phải giá trị của “unit”."
    assert error["allowed"] == ["calendar", "working"]


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
        (ASKED + "&signed_on=", ["signed_on"]),
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
