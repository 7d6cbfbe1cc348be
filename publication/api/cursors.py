"""Cursors of lists: where a page ended, as one opaque word. Pure.

A list from the database goes on after a sort key and a code, so that pages neither skip nor repeat
when something is published in between. A ranked list goes on at a place in the ranking.
"""

import base64
import binascii
import json
from dataclasses import dataclass

_LONGEST = 4000  # characters; a sort key has at most 400, each up to 6 in JSON


class CursorError(ValueError):
    """A cursor that the API has not given out."""


@dataclass(frozen=True)
class After:
    """Go on behind this row of a list in dictionary order."""

    sort_key: str
    code: str


@dataclass(frozen=True)
class From:
    """Go on at this place of a ranking, the best being 0."""

    place: int


def write_cursor(cursor: After | From) -> str:
    parts = [cursor.sort_key, cursor.code] if isinstance(cursor, After) else [cursor.place]
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def read_cursor(text: str) -> After | From:
    """Raises CursorError."""
    try:
        if len(text) > _LONGEST:
            raise CursorError(text[:40])
        padded = text + "=" * (-len(text) % 4)
        parts = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise CursorError(text[:40]) from error
    match parts:
        case [str(sort_key), str(code)] if "\0" not in sort_key + code:
            return After(sort_key, code)
        case [int(place)] if not isinstance(place, bool) and 0 <= place < 10**9:
            return From(place)
    raise CursorError(text[:40])
