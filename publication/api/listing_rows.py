"""Rows of procedures as JSON text: stored ones joined as they are, or cut, or with their text."""

import json
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from django.db.models import Q, Subquery
from django.http import StreamingHttpResponse

from catalog.canonical import canonical_json
from publication.api.asked import FIELDS, Asked
from publication.api.cursors import After
from publication.api.formats import HTML, NDJSON, csv_stream, html_stream, ndjson_stream
from publication.models import EventHead
from publication.querysets import ListingQuerySet
from publication.summary import with_addresses

_CHUNK = 500  # rows a piece of an unbounded read
_PARTS = {
    "field": ("field.name", "field.slug"),
    "lead_agency": ("lead_agency.name", "lead_agency.slug"),
    "decision": ("decision.number", "decision.signed_on", "decision.url"),
}


def read_page(asked: Asked) -> tuple[list[str], After | None]:
    """The rows of a page, and where the next one goes on; one query."""
    listings = asked.listings
    if isinstance(asked.cursor, After):
        key, code = asked.cursor.sort_key, asked.cursor.code
        listings = listings.filter(Q(sort_key__gt=key) | Q(sort_key=key, code__gt=code))
    found = list(_ordered(listings, asked)[: asked.page_size + 1])
    shown = found[: asked.page_size]
    after = After(*shown[-1][:2]) if len(found) > asked.page_size else None
    if asked.is_plain:
        return [with_addresses(",".join(row[2] for row in shown))], after
    return [_written(row[2:], asked) for row in shown], after


def read_whole(asked: Asked) -> tuple[int | None, StreamingHttpResponse]:
    """The number of the event the answer stands for, and the answer, streamed.

    The number is read by the query that reads the rows, so that both are of one moment whatever
    is published meanwhile. It is None when there is no row to read it with.
    """
    head = EventHead.objects.filter(id=1).values("sequence")
    listings = asked.listings.annotate(head=Subquery(head))
    rows = _ordered(listings, asked, "head").iterator(chunk_size=_CHUNK)
    first = next(rows, None)
    every = chain([first] if first else [], rows)
    written = (_written(row[2:-1], asked) for row in every)
    sequence = first[-1] if first else None
    if asked.format == NDJSON:
        return sequence, ndjson_stream(written)
    facts = (json.loads(row) for row in written)
    if asked.format == HTML:
        return sequence, html_stream(facts)
    columns = [part for name in asked.fields or FIELDS for part in _PARTS.get(name, (name,))]
    return sequence, csv_stream(facts, columns=columns, name="thu-tuc")


def cut(facts: Mapping[str, Any], fields: Sequence[str]) -> dict[str, Any]:
    """The columns asked for, all when none is named."""
    return {name: facts[name] for name in fields} if fields else dict(facts)


def _ordered(listings: ListingQuerySet, asked: Asked, *more: str) -> Any:
    columns = ("sort_key", "code", "row", *(("text",) if "text" in asked.expand else ()), *more)
    return listings.order_by("sort_key", "code").values_list(*columns)


def _written(row: Sequence[Any], asked: Asked) -> str:
    line = with_addresses(row[0])
    if asked.fields:
        facts = cut(json.loads(line), asked.fields)
        line = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    if "text" in asked.expand:
        line = f'{line[:-1]},"text":{canonical_json(row[1])}}}'
    return line
