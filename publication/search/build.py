"""Keeping the index level with the event log: what changed when it can, everything when it must."""

import logging
import sqlite3

from publication.models import EventHead, Listing, PublicationEvent
from publication.search.document import make_document
from publication.search.index import (
    SearchUnavailable,
    fill,
    forget_reader,
    level_with,
    next_index,
    put,
    reader,
    remove,
    set_level,
    sole_writer,
)

logger = logging.getLogger(__name__)
_BATCH = 200


def catch_up() -> tuple[int, int]:
    """Bring the index to the head of the log; (sequence reached, procedures written).

    Where the index has come to is read from the index itself: a file that was lost, restored or
    belongs to another history of events is built anew instead of being trusted.
    """
    with sole_writer():
        head = EventHead.objects.filter(id=1).first() or EventHead()
        reached = _reached()
        if reached is None or reached > head.sequence:
            return head.sequence, _build(head)
        if reached == head.sequence:
            return reached, 0
        return head.sequence, _update(head, after=reached)


def rebuild() -> int:
    """Build the index from all current listings; how many procedures it holds."""
    with sole_writer():
        return _build(EventHead.objects.filter(id=1).first() or EventHead())


def _reached() -> int | None:
    """The event the index goes up to; None when it is missing, damaged or of another history."""
    try:
        sequence, digest = level_with(reader())
    except (SearchUnavailable, sqlite3.DatabaseError) as error:
        logger.info("the search index is built anew: %s", error)
        return None
    if sequence == 0:
        return 0
    event = PublicationEvent.objects.filter(sequence=sequence, digest=digest)
    return sequence if event.exists() else None


def _build(head: EventHead) -> int:
    rows = Listing.objects.current().select_related("decision").order_by("code")
    with next_index(anew=True) as index:
        written = fill(index, map(make_document, rows.iterator(chunk_size=_BATCH)))
        set_level(index, sequence=head.sequence, digest=head.digest)
    forget_reader()
    return written


def _update(head: EventHead, *, after: int) -> int:
    events = PublicationEvent.objects.filter(sequence__gt=after, sequence__lte=head.sequence)
    codes = sorted(set(events.values_list("code", flat=True)))
    with next_index(anew=False) as index:
        for start in range(0, len(codes), _BATCH):
            _write(index, codes[start : start + _BATCH])
        set_level(index, sequence=head.sequence, digest=head.digest)
    forget_reader()
    return len(codes)


def _write(index: sqlite3.Connection, codes: list[str]) -> None:
    shown = Listing.objects.current().select_related("decision").filter(code__in=codes)
    listings = {listing.code: listing for listing in shown}
    for code in codes:
        if code in listings:
            put(index, make_document(listings[code]))
        else:
            remove(index, code)
