"""Working days: Monday to Friday, without holidays, with make-up Saturdays. Pure.

A weekday off is sometimes repaid by a Saturday at work, announced year by year, so a calendar
holds both lists. The day of the event is never counted (Civil Code 2015, art. 147).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

WEEKEND = frozenset({5, 6})  # Saturday and Sunday, as date.weekday() numbers them
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """Days off and days worked that the week alone does not tell; days, local to the province."""

    days_off: frozenset[date] = field(default_factory=frozenset)
    make_up_days: frozenset[date] = field(default_factory=frozenset)
    names: Mapping[date, str] = field(default_factory=dict, compare=False)

    @cached_property
    def known_years(self) -> frozenset[int]:
        """The years of which the calendar knows at least one day; of others only the week."""
        return frozenset(day.year for day in self.days_off | self.make_up_days)

    def is_working_day(self, day: date) -> bool:
        if day in self.make_up_days:
            return True
        return day.weekday() not in WEEKEND and day not in self.days_off


def add_working_days(day: date, count: int, *, calendar: WorkingCalendar) -> date:
    """The `count`-th working day after `day`; `day` itself when count is 0. count ≥ 0."""
    return _step(day, count, _ONE_DAY, calendar)


def subtract_working_days(day: date, count: int, *, calendar: WorkingCalendar) -> date:
    """The `count`-th working day before `day`; `day` itself when count is 0. count ≥ 0."""
    return _step(day, count, -_ONE_DAY, calendar)


def working_day_from(day: date, *, calendar: WorkingCalendar) -> date:
    """`day` when it is worked, otherwise the next working day."""
    while not calendar.is_working_day(day):
        day += _ONE_DAY
    return day


def days_between(day: date, end: date) -> Iterator[date]:
    """The days on the way from `day` to `end`, either way; neither of the two."""
    step = _ONE_DAY if end > day else -_ONE_DAY
    return (day + n * step for n in range(1, abs((end - day).days)))


def working_days_between(first: date, last: date, *, calendar: WorkingCalendar) -> int:
    """Working days after `first` up to and with `last`; negative when `last` comes before."""
    if last < first:
        return -working_days_between(last, first, calendar=calendar)
    span = (last - first).days
    return sum(calendar.is_working_day(first + timedelta(days=n)) for n in range(1, span + 1))


def _step(day: date, count: int, step: timedelta, calendar: WorkingCalendar) -> date:
    if count < 0:
        raise ValueError("count of working days must not be negative")
    while count:
        day += step
        count -= calendar.is_working_day(day)
    return day
