"""What reading one flattened table came to: its rows, how sure they are, and the doubts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from catalog.importers.parsed import Recovery

Rows = TypeVar("Rows")


@dataclass(frozen=True)
class Reading(Generic[Rows]):
    """Rows of one part. `doubts` are Vietnamese sentences; any doubt keeps the text as written."""

    rows: Rows
    recovery: Recovery
    doubts: tuple[str, ...] = field(default=())


def judged(*, rows: int, doubts: Sequence[str]) -> Recovery:
    """How much was recovered of a text that does say something."""
    if not rows:
        return Recovery.REFUSED
    return Recovery.PARTLY if doubts else Recovery.RECOVERED


def quoted(text: str, limit: int = 60) -> str:
    """A short piece of source text inside a remark."""
    return f"“{text if len(text) <= limit else text[: limit - 1] + '…'}”"
