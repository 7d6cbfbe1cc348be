"""What a deadline rule means on a day: when it is due, and why then. Pure.

- Before a legal text takes effect: the n-th day before that day, which is not counted.
- After signing or receipt: the n-th day after that day, which is not counted either (Civil Code
  2015 art. 147). A term whose last day is a day off ends with the next working day (art. 148).
- A term before a day never moves: later would be too late, and the law names no earlier day.

The law says "ngày" or "ngày làm việc"; which one a rule means is a column, and may be asked for.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from catalog.working_days import (
    WEEKEND,
    WorkingCalendar,
    add_working_days,
    days_between,
    subtract_working_days,
    working_day_from,
)
from publication import deadline_words
from publication.enums import DayUnit, DeadlineAnchor


@dataclass(frozen=True)
class Rule:
    """One wording of one rule. `valid_to` is its last day; None means without a bound."""

    code: str
    amount: int
    unit: DayUnit
    anchor: DeadlineAnchor
    valid_from: date | None = None
    valid_to: date | None = None
    citation: str = ""
    label: str = ""

    @property
    def counts_back(self) -> bool:
        return self.anchor == DeadlineAnchor.BEFORE_EFFECT

    def holds(self, *, on: date) -> bool:
        return (self.valid_from or date.min) <= on <= (self.valid_to or date.max)


@dataclass(frozen=True)
class NamedDay:
    """A day that the calendar moved out of or into the count; no name for a plain weekend day."""

    day: date
    name: str


@dataclass(frozen=True)
class Deadline:
    """`day` is what it was counted from, `ends_on` where the term ends before days off move it.

    Days and words are made when asked for: the clock computes far more deadlines than people read.
    """

    due_on: date
    rule: Rule
    unit: DayUnit
    day: date
    ends_on: date
    calendar: WorkingCalendar = field(repr=False, compare=False)

    @property
    def skipped(self) -> tuple[NamedDay, ...]:
        """Days off that were not counted, in the order of counting."""
        off = [day for day in self._counted_over() if not self.calendar.is_working_day(day)]
        off += [self.ends_on, *days_between(self.ends_on, self.due_on)] if self.is_moved else []
        return tuple(NamedDay(day, self.calendar.names.get(day, "")) for day in off)

    @property
    def added(self) -> tuple[NamedDay, ...]:
        """Days of a weekend that were worked in another's stead, and so counted or not moved."""
        passed = [*self._counted_over(), self.due_on]
        weekend = [day for day in passed if day.weekday() in WEEKEND]
        worked = [day for day in weekend if self.calendar.is_working_day(day)]
        return tuple(NamedDay(day, self.calendar.names.get(day, "")) for day in worked)

    @property
    def is_moved(self) -> bool:
        return self.due_on != self.ends_on

    @property
    def unconfirmed_years(self) -> tuple[int, ...]:
        """Years the count went through although nobody has confirmed their days off."""
        start = self.ends_on
        if self.unit == DayUnit.WORKING:
            start = self.day + timedelta(days=-1 if self.rule.counts_back else 1)
        elif self.rule.counts_back:
            return ()
        first, last = sorted([start.year, self.due_on.year])
        known = self.calendar.known_years
        return tuple(year for year in range(first, last + 1) if year not in known)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is due then, in the reader's language: one sentence a fact."""
        return deadline_words.explain(self)

    def _counted_over(self) -> list[date]:
        if self.unit != DayUnit.WORKING:
            return []
        return list(days_between(self.day, self.ends_on))


def compute_deadline(
    rule: Rule, *, day: date, calendar: WorkingCalendar, unit: str | None = None
) -> Deadline:
    """The deadline of a rule counted from `day`; `unit` counts it otherwise than the rule does."""
    counted_in = DayUnit(unit or rule.unit)
    ends_on = _end_of_term(rule, day=day, calendar=calendar, unit=counted_in)
    due_on = ends_on if rule.counts_back else working_day_from(ends_on, calendar=calendar)
    return Deadline(due_on, rule, counted_in, day, ends_on, calendar)


def _end_of_term(rule: Rule, *, day: date, calendar: WorkingCalendar, unit: DayUnit) -> date:
    if unit == DayUnit.CALENDAR:
        span = timedelta(days=rule.amount)
        return day - span if rule.counts_back else day + span
    move = subtract_working_days if rule.counts_back else add_working_days
    return move(day, rule.amount, calendar=calendar)
