"""Laws of working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.working_days import (
    WorkingCalendar,
    add_working_days,
    subtract_working_days,
    working_days_between,
)

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


@given(days, st.integers(min_value=1, max_value=60))
def test_subtracting_undoes_adding_from_a_working_day(day, count):
    start = add_working_days(day, 1, calendar=PLAIN)
    end = add_working_days(start, count, calendar=PLAIN)
    assert subtract_working_days(end, count, calendar=PLAIN) == start


@given(days, st.integers(min_value=0, max_value=90))
def test_counting_backwards_is_the_same_count_with_a_minus(day, span):
    later = day + timedelta(days=span)
    there = working_days_between(day, later, calendar=PLAIN)
    assert working_days_between(later, day, calendar=PLAIN) == -there
