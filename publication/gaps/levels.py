"""Which levels of government the answers leave out, of those the ministry named."""

from collections.abc import Iterable, Mapping

from catalog.enums import GovernmentLevel
from publication.enums import DecisionStatus
from publication.models import ListingShelf

_CHUNK = 2000


class AnsweredLevels:
    """The levels of every announced text, asked of the shelves: the texts themselves are long."""

    def __init__(self, levels_by_item: Mapping[int, Iterable[str]]) -> None:
        self._levels = levels_by_item

    def lacking(self, named: Iterable[str], *, item_ids: Iterable[int]) -> str:
        """Joined by commas in the order of government; empty when the texts have them all."""
        lacking = set(named)
        for item_id in item_ids:
            lacking.difference_update(self._levels.get(item_id, ()))
        if not lacking:
            return ""
        return ",".join(level for level in GovernmentLevel.values if level in lacking)


def read_answered_levels() -> AnsweredLevels:
    """Of every issued text; one query."""
    rows = ListingShelf.objects.filter(
        shelf="level",
        listing__item__isnull=False,
        listing__decision__status=DecisionStatus.ISSUED,
    ).order_by()
    found: dict[int, list[str]] = {}
    for item_id, level in rows.values_list("listing__item", "key").iterator(chunk_size=_CHUNK):
        found.setdefault(item_id, []).append(level)
    return AnsweredLevels(found)
