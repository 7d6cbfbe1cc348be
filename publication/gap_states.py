"""How a gap stands on a day, who holds it and who lost the days. Pure: dates in, words out later.

A state follows from days alone, never from an event: whoever asks on a day gets the same answer.
Two clocks run. The legal one ends before the text takes effect (Decree 63/2010/NĐ-CP art. 15), the
Office's so many days after the ministry's decision came (the province's own rule). The one that
ends first decides; each is told by itself too.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from catalog.working_days import WorkingCalendar, add_working_days, working_days_between
from publication.enums import GapClosure, GapStateKind


class Clock(StrEnum):
    """Which of the two deadlines."""

    LEGAL = "legal"
    OFFICE = "office"


class Holder(StrEnum):
    """Where a gap, or a stretch of its days, lies."""

    MINISTRY = "ministry"
    DEPARTMENT = "department"
    OFFICE = "office"
    NOBODY = "nobody"


@dataclass(frozen=True)
class GapFacts:
    """The days of one ministry item and agency. `is_assigned`: an agency is named for it."""

    opened_on: date
    ministry_signed_on: date | None = None
    received_on: date | None = None
    legal_due_on: date | None = None
    office_due_on: date | None = None
    ministry_due_on: date | None = None
    drafted_on: date | None = None
    closed_on: date | None = None
    closure: str = ""
    is_assigned: bool = True

    @property
    def came_on(self) -> date:
        """The day from which the province could work on it."""
        return self.received_on or self.ministry_signed_on or self.opened_on


@dataclass(frozen=True)
class Span:
    """Days from one day to another, the first not counted."""

    days: int
    working_days: int


@dataclass(frozen=True)
class ClockState:
    """A gap by one clock. `late`: how far past the due day; `left`: how far before it."""

    kind: GapStateKind
    due_on: date | None = None
    late: Span | None = None
    left: Span | None = None


@dataclass(frozen=True)
class GapState:
    """A gap by both clocks, and the one that decides (None where no due day is known)."""

    deciding: ClockState
    clock: Clock | None
    legal: ClockState
    office: ClockState

    @property
    def kind(self) -> GapStateKind:
        return self.deciding.kind


@dataclass(frozen=True)
class Holding:
    """Who holds a gap since when; nobody holds a closed one."""

    holder: Holder
    since: date | None = None


@dataclass(frozen=True)
class Stage:
    """A stretch of days that one of the three had it. The ministry's are those after its due day"""

    holder: Holder
    first: date
    last: date
    span: Span


def gap_state(facts: GapFacts, *, on: date, calendar: WorkingCalendar, due_within: int) -> GapState:
    """The state on a day. Open gaps are due from `due_within` working days before the last day."""
    legal = _clock_state(facts, facts.legal_due_on, on, calendar, due_within)
    office = _clock_state(facts, facts.office_due_on, on, calendar, due_within)
    known = [
        (state.due_on, order, clock, state)
        for order, (clock, state) in enumerate([(Clock.LEGAL, legal), (Clock.OFFICE, office)])
        if state.due_on is not None
    ]
    if not known:
        return GapState(legal, None, legal, office)
    _, _, clock, deciding = min(known, key=lambda entry: entry[:2])
    return GapState(deciding, clock, legal, office)


def due_horizon(*, on: date, calendar: WorkingCalendar, due_within: int) -> date:
    """What is due up to and with this day counts as due now."""
    return add_working_days(on, due_within, calendar=calendar)


def holding(facts: GapFacts) -> Holding:
    """An open gap is with the Office once the agency has submitted, or while none is named."""
    if facts.closed_on is not None:
        return Holding(Holder.NOBODY)
    if facts.drafted_on is not None:
        return Holding(Holder.OFFICE, facts.drafted_on)
    return Holding(_first_holder(facts), facts.came_on)


def ministry_late(facts: GapFacts, *, calendar: WorkingCalendar) -> Span | None:
    """How long after its own last day the ministry signed; None when in time or unknown."""
    signed, due = facts.ministry_signed_on, facts.ministry_due_on
    if signed is None or due is None or signed <= due:
        return None
    return span(due, signed, calendar=calendar)


def stages(facts: GapFacts, *, on: date, calendar: WorkingCalendar) -> tuple[Stage, ...]:
    """Where the days went, up to the closing or to `on`; stages without a day are left out."""
    end = facts.closed_on or on
    signed, due = facts.ministry_signed_on, facts.ministry_due_on
    drafted = facts.drafted_on
    found = []
    if signed is not None and due is not None:
        found.append((Holder.MINISTRY, due, signed))
    found.append((_first_holder(facts), facts.came_on, min(drafted or end, end)))
    if drafted is not None:
        found.append((Holder.OFFICE, max(drafted, facts.came_on), end))
    return tuple(
        Stage(holder, first, last, span(first, last, calendar=calendar))
        for holder, first, last in found
        if last > first
    )


def span(first: date, last: date, *, calendar: WorkingCalendar) -> Span:
    return Span((last - first).days, _working_days(first, last, calendar))


# Lists ask again and again for the few spans that the due days of whole decisions make.
@lru_cache(maxsize=10_000)
def _working_days(first: date, last: date, calendar: WorkingCalendar) -> int:
    return working_days_between(first, last, calendar=calendar)


def _first_holder(facts: GapFacts) -> Holder:
    return Holder.DEPARTMENT if facts.is_assigned else Holder.OFFICE


def _clock_state(
    facts: GapFacts, due_on: date | None, on: date, calendar: WorkingCalendar, due_within: int
) -> ClockState:
    if facts.closure in _LEFT:
        return ClockState(_LEFT[facts.closure], due_on)
    if facts.closed_on is not None:
        return _answered(due_on, facts.closed_on, calendar)
    if due_on is None:
        return ClockState(GapStateKind.UNKNOWN)
    if on > due_on:
        return ClockState(GapStateKind.OVERDUE, due_on, late=span(due_on, on, calendar=calendar))
    horizon = due_horizon(on=on, calendar=calendar, due_within=due_within)
    kind = GapStateKind.DUE if due_on <= horizon else GapStateKind.AT_RISK
    return ClockState(kind, due_on, left=span(on, due_on, calendar=calendar))


_LEFT = {
    GapClosure.NOT_APPLICABLE.value: GapStateKind.NOT_APPLICABLE,
    GapClosure.NO_LONGER_CONCERNED.value: GapStateKind.NO_LONGER_CONCERNED,
}


def _answered(due_on: date | None, closed_on: date, calendar: WorkingCalendar) -> ClockState:
    if due_on is None:
        return ClockState(GapStateKind.ANSWERED)
    if closed_on <= due_on:
        return ClockState(GapStateKind.ANSWERED_ON_TIME, due_on)
    late = span(due_on, closed_on, calendar=calendar)
    return ClockState(GapStateKind.ANSWERED_LATE, due_on, late=late)
