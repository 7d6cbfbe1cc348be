"""The event log as other systems read it: each change with the row it brought, in order.

A reader who puts every `procedure` it meets under its code, in the order of the numbers, ends with
exactly the list of what is public: each text the public comes to see has an event that carries it,
and a procedure that ends is a text too (state "abolished"). Other events name by digest a text
that is no longer what the public sees, and carry no row.

Nothing is read twice and nothing skipped: the numbers have no gaps, and an event becomes visible
in the order of its number (events.append_events).
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from catalog.canonical import canonical_json
from publication.enums import BEGINNINGS
from publication.events import FIRST_DIGEST, moment_text
from publication.models import DailyHead, PublicationEvent
from publication.summary import with_addresses


@dataclass(frozen=True)
class Head:
    """Where the log ends; `moment` is None while it is empty."""

    sequence: int
    digest: str
    moment: datetime | None


@dataclass(frozen=True)
class Change:
    """One change; `line` is its JSON, the same for every reader at any time."""

    sequence: int
    line: str


def read_head() -> Head:
    """The last event; one query."""
    events = PublicationEvent.objects.order_by("-sequence")
    row = events.values_list("sequence", "digest", "occurred_at").first()
    return Head(*row) if row else Head(0, FIRST_DIGEST, None)


def changes_after(sequence: int, *, limit: int) -> list[Change]:
    """At most `limit` changes with numbers above `sequence`, in order; one query."""
    rows = (
        PublicationEvent.objects.filter(sequence__gt=sequence)
        .order_by("sequence")
        .values_list(*_COLUMNS)[:limit]
    )
    return [Change(row[0], _line(row)) for row in rows]


def heads_after(day: date | None, *, limit: int) -> list[DailyHead]:
    """The last links of days after a day, in order; one query."""
    heads = DailyHead.objects.order_by("day")
    return list((heads.filter(day__gt=day) if day else heads)[:limit])


_COLUMNS = (
    *("sequence", "kind", "code", "occurred_at", "payload", "previous_digest", "digest"),
    "listing__row",
)


def _line(row: Iterable[Any]) -> str:
    """What the digest covers first, by the names and spellings it was taken over."""
    sequence, kind, code, moment, payload, previous, link, listing = row
    facts = {
        "sequence": sequence,
        "kind": kind,
        "code": code,
        "occurred_at": moment_text(moment),
    }
    opening = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))[:-1]
    links = f'"previous":"{previous}","digest":"{link}"'
    procedure = with_addresses(listing) if kind in BEGINNINGS else "null"
    return f'{opening},"payload":{canonical_json(payload)},{links},"procedure":{procedure}}}'
