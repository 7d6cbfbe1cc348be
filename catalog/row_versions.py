"""Who changed a row since somebody read it: so that no save goes over another's unseen.

Decisions count their saves in `version`; a row without that column is as new as its last record
of history. What changed is read from the history, whoever wrote it: form, act or import.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any


def version_of(row: Any) -> int:
    """The number a form carries: at saving it tells whether the row is still the one read."""
    if hasattr(row, "version"):
        return int(row.version)
    return row.history.order_by("-history_id").values_list("history_id", flat=True).first() or 0


def locked_version(row: Any) -> int:
    """The same from the database, the row locked until the transaction ends."""
    rows = type(row)._default_manager.select_for_update(of=("self",))
    fields = ("pk", "version") if hasattr(row, "version") else ("pk",)
    return version_of(rows.only(*fields).get(pk=row.pk))


def records_since(row: Any, version: int) -> Iterator[tuple[Any, Any]]:
    """(record before, record after) of every save since a version, oldest first.

    The record before is None when the row has no history that far back.
    """
    name = "version" if hasattr(row, "version") else "history_id"
    records = row.history.select_related("history_user").order_by("history_id")
    before = records.filter(**{f"{name}__lte": version}).last()
    yield from pairwise([before, *records.filter(**{f"{name}__gt": version})])
