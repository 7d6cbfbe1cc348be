"""Keeping the index level with the event log: what changed when it can, everything when it must."""

import logging
import sqlite3
from collections.abc import Iterator, Sequence

from publication.everyday_words import words_in_use
from publication.models import EventHead, Listing, PublicationEvent
from publication.search import index_file
from publication.search.document import SearchDocument, make_document
from publication.search.everyday import phrase_key
from publication.search.index import (
    everyday,
    fill,
    level_with,
    put,
    put_everyday,
    remove,
    set_level,
)
from publication.search.index_file import SearchUnavailable, forget_reader, reading, sole_writer

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
        if reached == head.sequence and _knows_everyday_words():
            return reached, 0
        return head.sequence, _update(head, after=reached)


def rebuild() -> int:
    """Build the index from all current listings; how many procedures it holds."""
    with sole_writer():
        return _build(EventHead.objects.filter(id=1).first() or EventHead())


def _reached() -> int | None:
    """The event the index goes up to; None when it is missing, damaged or of another history."""
    try:
        with reading() as index:
            sequence, digest = level_with(index)
    except (SearchUnavailable, sqlite3.DatabaseError) as error:
        logger.info("the search index is built anew: %s", error)
        return None
    if sequence == 0:
        return 0
    event = PublicationEvent.objects.filter(sequence=sequence, digest=digest)
    return sequence if event.exists() else None


def _knows_everyday_words() -> bool:
    with reading() as index:
        return everyday(index) == {phrase_key(one.phrase): one.meaning for one in words_in_use()}


def _build(head: EventHead) -> int:
    rows = Listing.objects.current().select_related("decision").order_by("code")
    words = list(words_in_use())
    written = 0

    def write(index: sqlite3.Connection) -> None:
        nonlocal written
        written = fill(index, map(make_document, rows.iterator(chunk_size=_BATCH)))
        put_everyday(index, words)
        set_level(index, sequence=head.sequence, digest=head.digest)

    index_file.build(write)
    forget_reader()
    return written


def _update(head: EventHead, *, after: int) -> int:
    events = PublicationEvent.objects.filter(sequence__gt=after, sequence__lte=head.sequence)
    codes = sorted(set(events.values_list("code", flat=True)))
    words = list(words_in_use())
    known = {phrase_key(one.phrase): one.meaning for one in words}
    # A change is written into two files. Few documents are made once; many would fill the memory.
    made = list(_documents(codes)) if len(codes) <= _BATCH else None

    def write(index: sqlite3.Connection) -> None:
        for code, document in made or _documents(codes):
            if document:
                put(index, document)
            else:
                remove(index, code)
        if everyday(index) != known:
            put_everyday(index, words)
        set_level(index, sequence=head.sequence, digest=head.digest)

    index_file.change(write)
    forget_reader()
    return len(codes)


def _documents(codes: Sequence[str]) -> Iterator[tuple[str, SearchDocument | None]]:
    """Each code with what is shown of it now, None for nothing."""
    for start in range(0, len(codes), _BATCH):
        batch = codes[start : start + _BATCH]
        shown = Listing.objects.current().select_related("decision").filter(code__in=batch)
        listings = {listing.code: listing for listing in shown}
        for code in batch:
            listing = listings.get(code)
            yield code, make_document(listing) if listing else None
