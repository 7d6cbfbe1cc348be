"""Which agencies an item concerns today, and who may answer for them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from catalog.models import Agency


class AgencyTree:
    """Agencies with what is above them and what came after them, on one day."""

    def __init__(
        self,
        *,
        parents: Mapping[int, int | None],
        successions: Iterable[tuple[int, int]],
        ended: Iterable[int],
    ) -> None:
        self._ended = frozenset(ended)
        self._after: dict[int, set[int]] = defaultdict(set)
        self._above: dict[int, set[int]] = defaultdict(set)
        for agency, parent in parents.items():
            if parent is not None:
                self._above[agency].add(parent)
        for before, after in successions:
            self._after[before].add(after)
            self._above[after].add(before)
        self._today: dict[int, tuple[int, ...]] = {}
        self._answering: dict[int, frozenset[int]] = {}

    def today(self, agency_ids: Iterable[int]) -> tuple[int, ...]:
        """The agencies, each that has ended replaced by those that follow it and exist."""
        return tuple(sorted({now for agency in agency_ids for now in self._existing(agency)}))

    def answering_for(self, agency_id: int) -> frozenset[int]:
        """The agency, those above it and those before it: their announcements count as its own."""
        if agency_id not in self._answering:
            self._answering[agency_id] = frozenset(_reach(agency_id, self._above))
        return self._answering[agency_id]

    def _existing(self, agency_id: int) -> tuple[int, ...]:
        if agency_id not in self._today:
            self._today[agency_id] = tuple(self._follow(agency_id))
        return self._today[agency_id]

    def _follow(self, agency_id: int) -> set[int]:
        found, fresh, seen = set(), {agency_id}, set()
        while fresh:
            seen |= fresh
            found |= fresh - self._ended
            gone = fresh & self._ended
            fresh = {after for agency in gone for after in self._after.get(agency, ())} - seen
        return found


def read_agency_tree(*, on: date) -> AgencyTree:
    """All agencies; two queries."""
    rows = list(Agency.objects.values_list("pk", "parent_id", "valid_to"))
    # The manager of a many-to-many's own table is made by Django when it loads.
    through: Any = Agency.successors.through
    return AgencyTree(
        parents={pk: parent for pk, parent, _ in rows},
        successions=through.objects.values_list("from_agency_id", "to_agency_id"),
        ended=[pk for pk, _, valid_to in rows if valid_to is not None and valid_to < on],
    )


def _reach(start: int, steps: Mapping[int, set[int]]) -> set[int]:
    found: set[int] = set()
    fresh = {start}
    while fresh:
        found |= fresh
        fresh = {after for agency in fresh for after in steps.get(agency, ())} - found
    return found
