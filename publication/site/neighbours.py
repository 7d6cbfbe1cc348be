"""Procedure pages that show a changed neighbour: the two before and after in the field's list."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from publication.models import ListingShelf
from publication.site.moves import Move, Row
from publication.site.page import PageKind
from publication.site.render.dossier import NEIGHBOURS

_Place = tuple[str, str, str]  # sort key, code, name


def codes_beside(moves: Iterable[Move]) -> set[str]:
    """Codes with a page, ended ones and old versions included, whose neighbours have changed."""
    before, after = _changed_fields(moves)
    codes: set[str] = set()
    for key in before.keys() | after.keys():
        if before[key] != after[key]:
            codes |= _codes_of(key, gone=before[key], come=after[key])
    return codes


_Fields = defaultdict[str, set[_Place]]


def _changed_fields(moves: Iterable[Move]) -> tuple[_Fields, _Fields]:
    before: _Fields = defaultdict(set)
    after: _Fields = defaultdict(set)
    for move in moves:
        for row, fields in ((move.before, before), (move.after, after)):
            for key in _fields(row):
                assert row is not None
                fields[key].add((row.sort_key, row.code, row.name))
    return before, after


def _fields(row: Row | None) -> list[str]:
    places = row.places if row else ()
    return [place.key for place in places if place.kind is PageKind.FIELD]


def _codes_of(key: str, *, gone: set[_Place], come: set[_Place]) -> set[str]:
    rows = list(
        ListingShelf.objects.filter(shelf="field", key=key, listing__in_force_at__isnull=False)
        .order_by()
        .values_list("sort_key", "code", "listing__name", "is_current")
    )
    new = sorted({row[:3] for row in rows if row[3]} | come)
    old = sorted({place for place in new if place not in come} | gone)
    return {
        code
        for sort_key, code, _name, _current in rows
        if _around(old, sort_key, code) != _around(new, sort_key, code)
    }


def _around(places: list[_Place], sort_key: str, code: str) -> list[_Place]:
    at = bisect_left(places, (sort_key, code, ""))
    own = at < len(places) and places[at][1] == code
    after = at + 1 if own else at
    return places[max(at - NEIGHBOURS, 0) : at] + places[after : after + NEIGHBOURS]
