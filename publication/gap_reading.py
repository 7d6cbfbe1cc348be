"""Gaps as people read them on a day: state, holder, lost days, and what a partial answer lacks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, Q

from catalog.calendar import read_calendar
from catalog.working_days import WorkingCalendar
from publication.enums import GapClosure
from publication.gap_states import (
    GapFacts,
    GapState,
    Holding,
    Span,
    Stage,
    due_horizon,
    gap_state,
    holding,
    ministry_late,
    stages,
)
from publication.models import AnnouncementGap


@dataclass(frozen=True)
class GapReading:
    """A gap on a day. `lacking_levels` are those of the ministry that the answer leaves out."""

    facts: GapFacts
    state: GapState
    holding: Holding
    ministry_late: Span | None
    stages: tuple[Stage, ...]
    agencies_concerned: int
    agencies_answered: int
    lacking_levels: tuple[str, ...]

    @property
    def is_partly_answered(self) -> bool:
        some = 0 < self.agencies_answered < self.agencies_concerned
        return some or bool(self.lacking_levels)


@dataclass(frozen=True)
class GapReader:
    """The day and the calendar that gaps are read with; made once a request."""

    on: date
    calendar: WorkingCalendar
    due_within: int

    @property
    def horizon(self) -> date:
        return due_horizon(on=self.on, calendar=self.calendar, due_within=self.due_within)

    def read(self, gaps: Sequence[AnnouncementGap]) -> list[GapReading]:
        """One reading a gap, in their order; one query. Gaps come `with_decisions`."""
        counts = _agencies_by_item(gaps)
        return [self._reading(gap, *counts[gap.ministry_item_id]) for gap in gaps]

    def _reading(
        self,
        gap: AnnouncementGap,
        concerned: int,
        answered: int,
    ) -> GapReading:
        facts = gap.facts
        return GapReading(
            facts=facts,
            state=gap_state(facts, on=self.on, calendar=self.calendar, due_within=self.due_within),
            holding=holding(facts),
            ministry_late=ministry_late(facts, calendar=self.calendar),
            stages=stages(facts, on=self.on, calendar=self.calendar),
            agencies_concerned=concerned,
            agencies_answered=answered,
            lacking_levels=tuple(filter(None, gap.lacking_levels.split(","))),
        )


def gap_reader(*, on: date) -> GapReader:
    """With the confirmed calendar and the province's setting; one query."""
    return GapReader(on, read_calendar(), settings.PORTAL_GAP_DUE_WITHIN_DAYS)


def _agencies_by_item(gaps: Sequence[AnnouncementGap]) -> Mapping[int, tuple[int, int]]:
    """How many agencies an item concerns, and how many of them have answered."""
    rows = AnnouncementGap.objects.concerned().filter(
        ministry_item__in={gap.ministry_item_id for gap in gaps}
    )
    counted = (
        rows.order_by()
        .values_list("ministry_item")
        .annotate(
            concerned=Count("pk"), answered=Count("pk", filter=Q(closure=GapClosure.ANSWERED))
        )
    )
    found: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    return found | {item: (concerned, answered) for item, concerned, answered in counted}
