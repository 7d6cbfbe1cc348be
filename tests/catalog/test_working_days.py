"""Laws of working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.working_days import (
    WorkingCalendar,
    add_working_days,
    days_between,
    subtract_working_days,
    working_day_from,
    working_days_between,
)
from tests.calendars import any_calendar, days_near

PLAIN = WorkingCalendar()
# Reunification 2024: Monday 29 April off, repaid on Saturday 4 May; 30 April and 1 May holidays.
APRIL_2024 = WorkingCalendar(
    days_off=frozenset({date(2024, 4, 29), date(2024, 4, 30), date(2024, 5, 1)}),
    make_up_days=frozenset({date(2024, 5, 4)}),
)
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))


def test_the_day_of_the_event_is_not_counted():
    assert add_working_days(date(2024, 11, 18), 5, calendar=PLAIN) == date(2024, 11, 25)  # Mondays


def test_the_announcement_day_five_working_days_before_effect():
    effect = date(2024, 9, 20)  # Friday
    assert subtract_working_days(effect, 5, calendar=PLAIN) == date(2024, 9, 13)
    assert subtract_working_days(effect, 20, calendar=PLAIN) == date(2024, 8, 23)


def test_days_off_are_skipped_and_make_up_saturdays_count():
    friday = date(2024, 4, 26)
    assert add_working_days(friday, 1, calendar=APRIL_2024) == date(2024, 5, 2)  # Thursday
    assert add_working_days(friday, 3, calendar=APRIL_2024) == date(2024, 5, 4)  # Saturday
    assert working_days_between(friday, date(2024, 5, 6), calendar=APRIL_2024) == 4


def test_nothing_moves_by_no_days_and_negative_counts_are_refused():
    sunday = date(2024, 11, 17)
    assert add_working_days(sunday, 0, calendar=PLAIN) == sunday
    with pytest.raises(ValueError, match="negative"):
        add_working_days(sunday, -1, calendar=PLAIN)


@given(days, st.integers(min_value=1, max_value=60))
def test_adding_ends_on_a_working_day_that_many_working_days_on(day, count):
    end = add_working_days(day, count, calendar=APRIL_2024)
    assert APRIL_2024.is_working_day(end)
    assert working_days_between(day, end, calendar=APRIL_2024) == count


@given(days_near, st.integers(min_value=1, max_value=60), any_calendar())
def test_adding_and_subtracting_undo_each_other_on_working_days(day, count, calendar):
    start = working_day_from(day, calendar=calendar)
    later = add_working_days(start, count, calendar=calendar)
    assert subtract_working_days(later, count, calendar=calendar) == start
    earlier = subtract_working_days(start, count, calendar=calendar)
    assert add_working_days(earlier, count, calendar=calendar) == start


@given(days_near, any_calendar())
def test_the_working_day_from_a_day_is_the_first_one_at_or_after_it(day, calendar):
    first = working_day_from(day, calendar=calendar)
    assert calendar.is_working_day(first)
    skipped = [] if first == day else [day, *days_between(day, first)]
    assert not any(calendar.is_working_day(each) for each in skipped)


def test_the_days_between_two_days_are_neither_of_them_in_the_order_of_going():
    first, last = date(2024, 2, 28), date(2024, 3, 2)
    assert list(days_between(first, last)) == [date(2024, 2, 29), date(2024, 3, 1)]
    assert list(days_between(last, first)) == [date(2024, 3, 1), date(2024, 2, 29)]
    assert list(days_between(first, first)) == []


def test_a_calendar_knows_the_years_of_its_days_and_names_make_it_no_other_calendar():
    named = WorkingCalendar(days_off=APRIL_2024.days_off, make_up_days=APRIL_2024.make_up_days,
                            names={date(2024, 5, 4): "Làm bù"})  # fmt: skip
    assert named.known_years == {2024}
    assert named == APRIL_2024
    assert PLAIN.known_years == set()


@given(days, st.integers(min_value=0, max_value=90))
def test_counting_backwards_is_the_same_count_with_a_minus(day, span):
    later = day + timedelta(days=span)
    there = working_days_between(day, later, calendar=PLAIN)
    assert working_days_between(later, day, calendar=PLAIN) == -there
