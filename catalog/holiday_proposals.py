"""The days off of a year as proposals. Tết moves and swaps are decreed, so a person confirms.

The `holidays` library knows the Labour Code's days (art. 112), the weekdays that replace one fallen
on a weekend, and the swaps decreed before its edition. A swap decreed later, or one it missed, is
entered by hand: both the weekday off and the Saturday worked in its stead.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import holidays
from django.db.models import QuerySet

from catalog.models import CalendarDay
from catalog.working_days import WEEKEND

FIRST_YEAR, LAST_YEAR = 2010, 2099  # before, the swaps are not known; after, neither is Tết
_SOURCE = f"Đề xuất (holidays {holidays.__version__})"
_MAKE_UP = "Làm bù ngày nghỉ hoán đổi"


@dataclass(frozen=True)
class ProposedDay:
    day: date
    kind: str
    name: str


@dataclass(frozen=True)
class ProposalReport:
    """How many days were written, and how many were there already, whatever they say."""

    proposed: int
    known: int


def holidays_of(year: int) -> list[ProposedDay]:
    """The weekdays off and the make-up days of a year, by day."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"no holidays for {year}")
    calendar = holidays.country_holidays("VN", years=year, language="vi")
    days = [*_days_off(calendar), *_make_up_days(calendar)]
    # The library tells the make-up days of all years at once.
    return sorted((each for each in days if each.day.year == year), key=lambda each: each.day)


def propose_holidays(*, year: int) -> ProposalReport:
    """Write the proposals of a year as unconfirmed days; days that have a row are left alone."""
    proposals = holidays_of(year)
    known = set(CalendarDay.objects.filter(day__year=year).values_list("day", flat=True))
    fresh = [
        CalendarDay(day=each.day, kind=each.kind, name=each.name, source=_SOURCE)
        for each in proposals
        if each.day not in known
    ]
    CalendarDay.objects.bulk_create(fresh)
    return ProposalReport(len(fresh), len(proposals) - len(fresh))


def confirm_days(days: QuerySet[CalendarDay], *, by: Any, now: datetime) -> int:
    """Let proposed days count; days confirmed before keep who did it and when."""
    return days.filter(confirmed_at=None).update(confirmed_at=now, confirmed_by=by)


def _days_off(calendar: holidays.HolidayBase) -> Iterator[ProposedDay]:
    for day, name in calendar.items():
        if day.weekday() not in WEEKEND:
            yield ProposedDay(day, CalendarDay.Kind.DAY_OFF, name)


def _make_up_days(calendar: holidays.HolidayBase) -> Iterator[ProposedDay]:
    for day in calendar.weekend_workdays:
        yield ProposedDay(day, CalendarDay.Kind.MAKE_UP, _MAKE_UP)
