"""The calendar counts with confirmed days; proposals wait."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command

from catalog.calendar import read_calendar
from catalog.enums import Role
from catalog.holiday_proposals import confirm_days, holidays_of, propose_holidays
from catalog.models import CalendarDay
from catalog.working_days import WorkingCalendar
from procedures_portal.sample.reading import Sample
from tests.calendars import OFFICIAL
from tests.factories import make_staff

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 12, 1, 2, tzinfo=UTC)


def make_day(day: date, kind: str = "day_off", **facts: object) -> CalendarDay:
    return CalendarDay.objects.create(**{"day": day, "kind": kind, "name": "Ngày", **facts})


def test_only_confirmed_days_count():
    make_day(date(2026, 1, 1), name="Tết Dương lịch", confirmed_at=NOW)
    make_day(date(2026, 1, 2))
    make_day(date(2026, 1, 10), "make_up", name="Làm bù", confirmed_at=NOW)
    make_day(date(2026, 1, 17), "make_up")
    calendar = read_calendar()
    assert calendar == WorkingCalendar(
        days_off=frozenset({date(2026, 1, 1)}), make_up_days=frozenset({date(2026, 1, 10)})
    )
    assert calendar.names == {date(2026, 1, 1): "Tết Dương lịch", date(2026, 1, 10): "Làm bù"}
    assert calendar.known_years == {2026}


def test_a_year_of_proposals_alone_is_not_known():
    make_day(date(2026, 1, 1), confirmed_at=NOW)
    make_day(date(2027, 1, 1))
    assert read_calendar().known_years == {2026}


@pytest.mark.parametrize("count", [1, 3])
def test_the_calendar_is_one_query(django_assert_num_queries, count):
    for day in range(1, count + 1):
        make_day(date(2026, 1, day), confirmed_at=NOW)
    with django_assert_num_queries(1):
        assert len(read_calendar().days_off) == count


def test_what_the_library_knows_of_2024_and_2025_is_what_was_decreed():
    for year in (2024, 2025):
        proposed = holidays_of(year)
        off = {each.day for each in proposed if each.kind == "day_off"}
        worked = {each.day for each in proposed if each.kind == "make_up"}
        assert off == {day for day in OFFICIAL.days_off if day.year == year}
        assert worked == {day for day in OFFICIAL.make_up_days if day.year == year}


def test_what_the_library_does_not_know_of_2026_is_for_a_person_to_enter():
    off = {each.day for each in holidays_of(2026) if each.kind == "day_off"}
    worked = {each.day for each in holidays_of(2026) if each.kind == "make_up"}
    official = {day for day in OFFICIAL.days_off if day.year == 2026}
    assert official - off == {date(2026, 1, 2)}  # swapped for Saturday 10 January
    assert off - official == {date(2026, 11, 24)}  # proposed; no decree of it was found
    assert worked == {date(2026, 8, 22)}


def test_proposing_writes_unconfirmed_weekdays_and_keeps_what_is_there():
    own = make_day(date(2027, 1, 1), name="Theo thông báo của tỉnh", confirmed_at=NOW)
    first = propose_holidays(year=2027)
    assert first.known == 1
    assert first.proposed == CalendarDay.objects.filter(confirmed_at=None).count() > 9
    assert CalendarDay.objects.get(day=own.day).name == "Theo thông báo của tỉnh"
    assert {day.day.weekday() for day in CalendarDay.objects.filter(kind="day_off")} <= set(
        range(5)
    )
    assert read_calendar().days_off == {date(2027, 1, 1)}
    again = propose_holidays(year=2027)
    assert (again.proposed, again.known) == (0, first.proposed + 1)


def test_a_swap_over_new_year_is_proposed_in_the_year_of_its_saturday():
    # Monday 31 December 2018 was repaid on Saturday 5 January 2019.
    worked = {each.day for each in holidays_of(2019) if each.kind == "make_up"}
    assert date(2019, 1, 5) in worked
    assert date(2018, 12, 31) in {each.day for each in holidays_of(2018)}


def test_confirming_names_who_and_when_and_keeps_earlier_confirmations():
    first, second = make_staff(Role.CONTROLLER), make_staff(Role.CONTROLLER)
    make_day(date(2027, 1, 1), confirmed_at=NOW, confirmed_by=first)
    make_day(date(2027, 4, 16))
    later = NOW.replace(day=5)
    assert confirm_days(CalendarDay.objects.all(), by=second, now=later) == 1
    told = CalendarDay.objects.values_list("day", "confirmed_at", "confirmed_by")
    assert list(told) == [
        (date(2027, 1, 1), NOW, first.pk),
        (date(2027, 4, 16), later, second.pk),
    ]
    assert len(read_calendar().days_off) == 2


def test_the_command_proposes_and_refuses_years_it_cannot_know(capsys):
    call_command("propose_holidays", 2027)
    count = CalendarDay.objects.count()
    assert f"Đề xuất {count} ngày, 0 ngày đã có" in capsys.readouterr().out
    for year in (2009, 2100):
        with pytest.raises(CommandError, match="2010–2099"):
            call_command("propose_holidays", year)
    assert CalendarDay.objects.count() == count


def test_the_sample_has_the_decreed_days_and_no_others():
    days = {(day, kind) for day, kind, _name in Sample().calendar_days}
    assert {day for day, kind in days if kind == "day_off"} == OFFICIAL.days_off
    assert {day for day, kind in days if kind == "make_up"} == OFFICIAL.make_up_days
