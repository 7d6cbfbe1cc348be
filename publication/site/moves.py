"""What events moved: each touched procedure's public row before and after, list by list."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from publication.enums import BEGINNINGS, ListingState
from publication.models import Listing, ListingShelf, PublicationEvent
from publication.site import lists
from publication.site.lists import PublicList

_CHUNK = 500  # databases limit the parameters of a query


@dataclass(frozen=True)
class Row:
    """A listing as lists show it."""

    code: str
    sort_key: str
    name: str
    shown: tuple[Any, ...]  # all that a list's page says of it
    places: frozenset[PublicList]  # where it stands while it is current
    shelves: frozenset[PublicList]  # the shelves of its text, ended or not

    @property
    def position(self) -> tuple[str, str]:
        return self.sort_key, self.code


@dataclass(frozen=True)
class Move:
    """A procedure's row in the last release and now; None while it had none."""

    code: str
    before: Row | None
    after: Row | None

    @property
    def is_first(self) -> bool:
        return self.before is None


def read_moves(*, after: int, through: int) -> list[Move]:
    """The procedures that events after one sequence up to another touched."""
    events = PublicationEvent.objects.filter(sequence__gt=after, sequence__lte=through)
    procedures = sorted(set(events.values_list("listing__procedure_id", flat=True)))
    return [move for chunk in _chunks(procedures) for move in _read(chunk, after)]


def _read(procedures: list[int], after: int) -> Iterator[Move]:
    shown = _shown_at(procedures, after)
    current = dict(
        Listing.objects.current().filter(procedure__in=procedures).values_list("procedure_id", "pk")
    )
    rows = _rows({*shown.values(), *current.values()})
    codes = {
        procedure: row.code
        for listings in (shown, current)
        for procedure, listing in listings.items()
        if (row := rows[listing])
    }
    for procedure, code in codes.items():
        before, now = shown.get(procedure), current.get(procedure)
        yield Move(code, rows[before] if before else None, rows[now] if now else None)


def _shown_at(procedures: list[int], sequence: int) -> dict[int, int]:
    """By procedure: the listing that was current after an event, told from the log."""
    events = (
        PublicationEvent.objects.filter(listing__procedure__in=procedures, sequence__lte=sequence)
        .order_by("sequence")
        .values_list("kind", "listing_id", "listing__procedure_id")
    )
    shown: dict[int, int] = {}
    for kind, listing, procedure in events:
        if kind in BEGINNINGS:
            shown[procedure] = listing
        elif shown.get(procedure) == listing:
            del shown[procedure]
    return shown


def _rows(listings: set[int]) -> dict[int, Row]:
    shelves: dict[int, set[PublicList]] = {listing: set() for listing in listings}
    for listing, shelf, key in ListingShelf.objects.filter(listing__in=listings).values_list(
        "listing_id", "shelf", "key"
    ):
        shelves[listing].add(PublicList(lists.KIND_OF[shelf], key))
    facts = Listing.objects.filter(pk__in=listings).values_list(
        "pk", "state", "code", "sort_key", "name",
        "kind", "online_level", "text__levels", "text__field__name",
    )  # fmt: skip
    return {pk: _row(*rest, shelves=shelves[pk]) for pk, *rest in facts}


def _row(*facts: Any, shelves: set[PublicList]) -> Row:
    state, code, sort_key, name, *more = facts
    offered = state == ListingState.OFFERED
    places = {lists.ALL, *shelves} if offered else {lists.ABOLISHED}
    return Row(code, sort_key, name, (name, *more), frozenset(places), frozenset(shelves))


def _chunks(items: list[int]) -> Iterable[list[int]]:
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))
