"""The calendar that deadlines count with: the days a person has confirmed, and no others."""

from catalog.models import CalendarDay
from catalog.working_days import WorkingCalendar


def read_calendar() -> WorkingCalendar:
    """Confirmed days off and make-up days, with their names; one query."""
    rows = CalendarDay.objects.exclude(confirmed_at=None).values_list("day", "kind", "name")
    days = list(rows)
    return WorkingCalendar(
        days_off=frozenset(day for day, kind, _ in days if kind == CalendarDay.Kind.DAY_OFF),
        make_up_days=frozenset(day for day, kind, _ in days if kind == CalendarDay.Kind.MAKE_UP),
        names={day: name for day, _, name in days},
    )
