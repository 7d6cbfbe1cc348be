"""Writing rows of the register, very many at a time; a row is never taken away.

The rows travel as one JSON document, which both databases unfold themselves. Django's bulk_create
would take most of a run's time to bind a million values one by one, on SQLite a hundred rows a
statement.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection

from publication.models import AnnouncementGap

# A statement of so many rows weighs about ten megabytes.
_ROWS_A_STATEMENT = 50_000


class GapWriter:
    """Collects new and changed rows and writes each kind by one statement."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._key = ("ministry_item_id", "agency_id")
        self._columns = columns
        self._fresh: list[Sequence[Any]] = []
        self._changed: list[Sequence[Any]] = []

    def add(self, item_id: int, agency_id: int | None, facts: Sequence[Any]) -> None:
        self._fresh.append((item_id, agency_id, *facts))
        if len(self._fresh) == _ROWS_A_STATEMENT:
            self.finish()

    def change(self, pk: int, item_id: int, agency_id: int | None, facts: Sequence[Any]) -> None:
        self._changed.append((pk, item_id, agency_id, *facts))
        if len(self._changed) == _ROWS_A_STATEMENT:
            self.finish()

    def finish(self) -> None:
        if self._fresh:
            _execute(_insert([*self._key, *self._columns]), self._fresh)
            self._fresh.clear()
        if self._changed:
            columns = ["id", *self._key, *self._columns]
            _execute(f"{_insert(columns)} {_on_conflict(self._columns)}", self._changed)
            self._changed.clear()


def _execute(statement: str, rows: list[Sequence[Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(rows, default=date.isoformat)])


def _insert(columns: Sequence[str]) -> str:
    """A statement that inserts every row of a JSON list of lists."""
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    values = ", ".join(_values(columns))
    source = "json_each(%s)"
    if connection.vendor == "postgresql":
        source = "jsonb_array_elements(%s::jsonb) AS document(value)"
    # Without a WHERE, SQLite would read ON CONFLICT as the condition of a join.
    table = quote(AnnouncementGap._meta.db_table)
    # Names and types are the model's own; values travel in the document.
    return f"INSERT INTO {table} ({names}) SELECT {values} FROM {source} WHERE TRUE"  # noqa: S608


def _values(columns: Sequence[str]) -> Iterable[str]:
    if connection.vendor != "postgresql":
        return [f"json_extract(value, '$[{place}]')" for place in range(len(columns))]
    fields = {field.column: field for field in AnnouncementGap._meta.concrete_fields}
    types = [fields[column].cast_db_type(connection) for column in columns]
    return [f"(value->>{place})::{kind}" for place, kind in enumerate(types)]


def _on_conflict(columns: Sequence[str]) -> str:
    quoted = [connection.ops.quote_name(column) for column in columns]
    return f"ON CONFLICT (id) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in quoted)}"
