"""Gaps as people read them on a day: state, holder, lost days, and what a partial answer lacks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, Q

from catalog.calendar import read_calendar
from catalog.enums import GovernmentLevel
from catalog.working_days import WorkingCalendar
from publication.enums import GapClosure, ItemEffect
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
from publication.models import AnnouncementGap, Listing, ListingShelf


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
        """One reading a gap, in their order; three queries. Gaps come `with_decisions`."""
        counts = _agencies_by_item(gaps)
        levels = _levels_by_answer(gaps)
        return [self._reading(gap, counts[gap.ministry_item_id], levels) for gap in gaps]

    def _reading(
        self,
        gap: AnnouncementGap,
        counts: tuple[int, int],
        levels: Mapping[int, frozenset[str]],
    ) -> GapReading:
        facts = gap.facts
        return GapReading(
            facts=facts,
            state=gap_state(facts, on=self.on, calendar=self.calendar, due_within=self.due_within),
            holding=holding(facts),
            ministry_late=ministry_late(facts, calendar=self.calendar),
            stages=stages(facts, on=self.on, calendar=self.calendar),
            agencies_concerned=counts[0],
            agencies_answered=counts[1],
            lacking_levels=_lacking(gap, levels),
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


def _levels_by_answer(gaps: Sequence[AnnouncementGap]) -> Mapping[int, frozenset[str]]:
    """The levels of each answering text, from the shelves of its listing: the text is long."""
    answers = {gap.closed_by_id for gap in gaps if gap.closed_by_id is not None}
    # Named by key, because SQLite would walk the shelf of all levels to meet the few listings.
    listings = dict(Listing.objects.filter(item__in=answers).order_by().values_list("pk", "item"))
    rows = ListingShelf.objects.filter(listing__in=list(listings), shelf="level").order_by()
    found: dict[int, set[str]] = defaultdict(set)
    for listing_id, level in rows.values_list("listing", "key"):
        item_id = listings[listing_id]
        assert item_id is not None, "asked for by its item"
        found[item_id].add(level)
    return {item_id: frozenset(levels) for item_id, levels in found.items()}


def _lacking(gap: AnnouncementGap, levels: Mapping[int, frozenset[str]]) -> tuple[str, ...]:
    """In the order of government; the end of a procedure leaves no level out."""
    item = gap.ministry_item
    if gap.closed_by_id is None or item.effect == ItemEffect.ABOLISHED:
        return ()
    covered = levels.get(gap.closed_by_id, frozenset())
    return tuple(
        level for level in GovernmentLevel.values if level in item.levels and level not in covered
    )
