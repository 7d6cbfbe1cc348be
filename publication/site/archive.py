"""The list of decisions, on pages that stay as they are. Pure.

A new decision stands at the front. Were pages counted from there, it would move every row of the
list, and the cost of a decision would grow with all that were ever issued. So page 2 holds the
oldest decisions for good, page 3 the next ones, and page 1, the front, the newest: at least as
many as another page, as long as there are that many, and fewer than twice as many.
"""

from collections.abc import Iterable, Sequence, Set

from django.conf import settings

FRONT = 1


def last_page(count: int) -> int:
    """The highest number of a page when there are `count` decisions."""
    return _kept(count) + 1


def span(number: int, count: int) -> slice:
    """The decisions on a page, as a slice of all of them from the newest on."""
    if number == FRONT:
        return slice(0, count - _kept(count) * _size())
    start = count - (number - 1) * _size()
    return slice(max(start, 0), max(start + _size(), 0))


def newer(number: int, count: int) -> int:
    """The page that goes on with newer decisions; 0 for the front, which has the newest."""
    return 0 if number == FRONT else _number(number - 1, count)


def older(number: int, count: int) -> int:
    """The page that goes on with older decisions; 0 when there are none."""
    block = _kept(count) if number == FRONT else number - 2
    return _number(block - 1, count) if block else 0


def changed_pages(slugs: Sequence[str], *, shown: Iterable[str], added: Set[str]) -> set[int]:
    """Pages to make again: `slugs` are all decisions from the oldest on, `shown` those changed.

    `added` are those of them that the list did not have before. What comes after the first added
    one has moved; with a new page, the page before it leads to it.
    """
    count, before = len(slugs), len(slugs) - len(added)
    place = {slug: at for at, slug in enumerate(slugs)}
    blocks = {_block(place[slug], count) for slug in shown}
    if added:
        first = min(_block(place[slug], count) for slug in added)
        if _kept(count) > _kept(before):
            first = min(first, max(_kept(before) - 1, 0))
        blocks |= set(range(first, _kept(count) + 1))
    return {_number(block, count) for block in blocks}


def _size() -> int:
    return int(settings.PORTAL_PAGE_SIZE)


def _kept(count: int) -> int:
    """How many pages stand behind the front."""
    return max(0, count // _size() - 1)


def _block(place: int, count: int) -> int:
    """Where a decision stands, counted in pages from the oldest on."""
    return min(place // _size(), _kept(count))


def _number(block: int, count: int) -> int:
    return block + 2 if block < _kept(count) else FRONT
