"""Laws of deadlines: what a reason names, what moves, what is unknown."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from catalog.working_days import WorkingCalendar
from publication.deadlines import Deadline, NamedDay, Rule, compute_deadline
from publication.enums import DayUnit, DeadlineAnchor
from tests.calendars import OFFICIAL, any_calendar, days_near, off_days

WORK, DAYS = DayUnit.WORKING, DayUnit.CALENDAR
BEFORE = Rule("province_announces", 5, WORK, DeadlineAnchor.BEFORE_EFFECT, label="Tỉnh công bố")
SIGNED = Rule("national_database_entry", 5, WORK, DeadlineAnchor.AFTER_SIGNING, label="Nhập")
ONE_DAY = timedelta(days=1)

days = st.dates(date(2023, 1, 1), date(2026, 12, 31))
rules = st.builds(
    Rule,
    code=st.just("a_rule"),
    amount=st.integers(1, 40),
    unit=st.sampled_from(DayUnit),
    anchor=st.sampled_from(DeadlineAnchor),
    citation=st.just("Điều 1"),
)


def due(rule: Rule, day: date, unit: str | None = None, calendar: WorkingCalendar = OFFICIAL):
    return compute_deadline(rule, day=day, calendar=calendar, unit=unit)


def dates_in(sentences: list[str]) -> set[date]:
    found = re.findall(r"(\d\d)/(\d\d)/(\d{4})", " ".join(sentences))
    return {date(int(year), int(month), int(day)) for day, month, year in found}


def left_out(deadline: Deadline) -> set[date]:
    return dates_in([reason for reason in deadline.reasons if reason.startswith("Không tính")])


def put_in(deadline: Deadline) -> set[date]:
    return dates_in([reason for reason in deadline.reasons if reason.startswith("Có tính")])


def test_the_reasons_of_a_term_before_effect_name_rule_day_weekends_and_due_day():
    cited = replace(BEFORE, citation="Điều 15 Nghị định 63/2010/NĐ-CP")
    assert due(cited, date(2024, 9, 4)).reasons == (
        "Tỉnh công bố: chậm nhất 5 ngày làm việc trước ngày văn bản có hiệu lực.",
        "Căn cứ: Điều 15 Nghị định 63/2010/NĐ-CP.",
        "Văn bản có hiệu lực thứ Tư 04/09/2024; không tính ngày đó, đếm ngược từ ngày liền trước.",
        "Không tính thứ Hai 02/09/2024, thứ Ba 03/09/2024: Quốc khánh.",
        "Không tính thứ Bảy 31/08/2024, Chủ nhật 01/09/2024: cuối tuần.",
        "Hạn cuối: thứ Hai 26/08/2024.",
    )


def test_the_reasons_of_a_term_over_a_swap_name_the_saturday_that_counts():
    assert due(SIGNED, date(2024, 4, 26)).reasons == (
        "Nhập: chậm nhất 5 ngày làm việc sau ngày ký.",
        "Ngày ký là thứ Sáu 26/04/2024; không tính ngày đó, đếm từ ngày liền sau.",
        "Không tính thứ Bảy 27/04/2024, Chủ nhật 28/04/2024: cuối tuần.",
        "Không tính thứ Hai 29/04/2024: Nghỉ hoán đổi.",
        "Không tính thứ Ba 30/04/2024: Ngày Chiến thắng.",
        "Không tính thứ Tư 01/05/2024: Ngày Quốc tế Lao động.",
        "Không tính Chủ nhật 05/05/2024: cuối tuần.",
        "Có tính thứ Bảy 04/05/2024: Làm bù ngày nghỉ hoán đổi.",
        "Hạn cuối: thứ Ba 07/05/2024.",
    )


def test_a_unit_that_was_chosen_is_said_beside_the_units_of_the_rule():
    deadline = due(SIGNED, date(2024, 2, 7), "calendar")
    assert deadline.due_on == date(2024, 2, 15)
    assert deadline.unit == DAYS
    assert deadline.reasons == (
        "Nhập: chậm nhất 5 ngày làm việc sau ngày ký.",
        "Ở đây đếm theo ngày (kể cả ngày nghỉ) như được chọn; quy tắc ghi ngày làm việc.",
        "Ngày ký là thứ Tư 07/02/2024; không tính ngày đó, đếm từ ngày liền sau.",
        "Không tính thứ Hai 12/02/2024, thứ Ba 13/02/2024, thứ Tư 14/02/2024: Tết Nguyên đán.",
        "Ngày cuối của thời hạn là thứ Hai 12/02/2024, ngày nghỉ, nên thời hạn kết thúc vào ngày "
        "làm việc tiếp theo (Điều 148 Bộ luật Dân sự 2015).",
        "Hạn cuối: thứ Năm 15/02/2024.",
    )


def test_a_term_before_a_day_that_ends_on_a_day_off_names_the_last_working_day():
    assert due(BEFORE, date(2024, 9, 20), "calendar").reasons[-2:] == (
        "Hạn cuối: Chủ nhật 15/09/2024.",
        "Hạn rơi vào ngày nghỉ và không được lùi về sau; ngày làm việc cuối cùng trước đó là "
        "thứ Sáu 13/09/2024.",
    )


def test_a_saturday_worked_in_anothers_stead_is_why_a_term_does_not_move():
    deadline = due(replace(SIGNED, amount=3, unit=DAYS), date(2024, 5, 1))
    assert deadline.due_on == date(2024, 5, 4)
    assert deadline.added == (NamedDay(date(2024, 5, 4), "Làm bù ngày nghỉ hoán đổi"),)
    assert deadline.skipped == ()


def test_a_term_that_enters_a_year_nobody_confirmed_says_so():
    doubt = "Lịch nghỉ năm 2027 chưa được xác nhận; hạn có thể thay đổi."
    deadline = due(SIGNED, date(2026, 12, 30))  # Wed → Thu 31, Fri 1, Mon 4, Tue 5, Wed 6
    assert deadline.due_on == date(2027, 1, 6)
    assert deadline.unconfirmed_years == (2027,)
    assert deadline.reasons[-1] == doubt
    assert doubt not in due(SIGNED, date(2026, 12, 24)).reasons  # due on Thursday 31 December
    assert doubt not in due(BEFORE, date(2027, 1, 1)).reasons  # counted in 2026 alone
    assert doubt in due(BEFORE, date(2027, 1, 4)).reasons
    assert doubt in due(SIGNED, date(2026, 12, 28), "calendar").reasons  # ends on Saturday 2
    assert doubt not in due(BEFORE, date(2027, 1, 20), "calendar").reasons  # never moves


def test_the_words_come_in_english_too():
    with translation.override("en"):
        assert due(BEFORE, date(2024, 9, 4)).reasons[1:] == (
            "The text takes effect on Wednesday 04/09/2024; that day is not counted, counting "
            "goes back from the day before.",
            "Not counted: Monday 02/09/2024, Tuesday 03/09/2024 (Quốc khánh).",
            "Not counted: Saturday 31/08/2024, Sunday 01/09/2024 (weekend).",
            "Due at the latest on Monday 26/08/2024.",
        )


@pytest.mark.parametrize(
    ("anchor", "due_on"),
    [
        (DeadlineAnchor.BEFORE_EFFECT, date(2024, 11, 17)),
        (DeadlineAnchor.AFTER_SIGNING, date(2024, 11, 18)),
    ],
)
def test_a_term_of_no_days_ends_with_the_day_itself_or_the_next_one_worked(anchor, due_on):
    rule = replace(SIGNED, anchor=anchor, amount=0)
    assert due(rule, date(2024, 11, 17)).due_on == due_on  # Sunday


@given(rules, days_near, any_calendar())
def test_reasons_name_exactly_the_days_off_on_the_way(rule, day, calendar):
    deadline = due(rule, day, calendar=calendar)
    first, last = sorted([day, deadline.due_on])
    if rule.unit == DAYS:  # nothing is left out but where the end is moved
        first = deadline.ends_on - ONE_DAY
        last = first if rule.counts_back else deadline.due_on
    between = off_days(calendar, first + ONE_DAY, last - ONE_DAY)
    assert left_out(deadline) == between
    assert {each.day for each in deadline.skipped} == between
    assert len(deadline.skipped) == len(between)


@given(rules, days_near, any_calendar())
def test_reasons_name_exactly_the_weekend_days_that_were_worked(rule, day, calendar):
    deadline = due(rule, day, calendar=calendar)
    passed = {deadline.due_on}
    if rule.unit == WORK:
        first, last = sorted([day, deadline.due_on])
        passed |= {first + n * ONE_DAY for n in range((last - first).days + 1)} - {day}
    assert put_in(deadline) == passed & calendar.make_up_days


@given(rules, days_near, any_calendar())
def test_a_term_in_working_days_ends_on_one_and_so_does_every_term_after_a_day(rule, day, calendar):
    deadline = due(rule, day, calendar=calendar)
    if rule.unit == WORK or not rule.counts_back:
        assert calendar.is_working_day(deadline.due_on)
    assert (deadline.due_on < day) is rule.counts_back


@given(rules, days)
def test_a_working_day_is_never_shorter_than_a_day(rule, day):
    working, plain = due(rule, day, "working").due_on, due(rule, day, "calendar").ends_on
    assert working <= plain if rule.counts_back else working >= plain


@given(rules, days)
def test_a_rule_counted_in_its_own_unit_is_the_rule(rule, day):
    assert due(rule, day, rule.unit) == due(rule, day)
