"""The machine-readable twins of the release that is served, read from its files."""

import json
import os
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from django.conf import settings

from publication.announced_text import AnnouncedText, read_text
from publication.enums import ListingState
from publication.site.addresses import file_of
from publication.site.plan import TWIN

_REMEMBERED = 64  # twins; of 6 to 200 KB each


@dataclass(frozen=True)
class Span:
    """One public text of a procedure in its time; `last_day` is None while it holds."""

    first_day: date
    last_day: date | None
    digest: str
    is_ended: bool

    def holds(self, on: date) -> bool:
        return self.first_day <= on and (self.last_day is None or on <= self.last_day)


@dataclass(frozen=True)
class Twin:
    """One text as the release has it: facts, the decision, and the days of all the others."""

    document: dict[str, Any]
    spans: tuple[Span, ...]  # oldest first

    @classmethod
    def read(cls, data: bytes) -> Self:
        document = json.loads(data)
        return cls(document, _spans(document["versions"]))

    @property
    def code(self) -> str:
        return str(self.document["code"])

    @property
    def text(self) -> AnnouncedText:
        return read_text(self.document["text"])

    @property
    def span(self) -> Span:
        first_day = date.fromisoformat(self.document["valid_from"])
        return next(span for span in self.spans if span.first_day == first_day)

    @property
    def decision_slug(self) -> str:
        return str(self.document["decision"]["url"]).rstrip("/").rpartition("/")[2]

    def span_on(self, day: date) -> Span | None:
        """The text that held on a day; None before the first."""
        return next((span for span in self.spans if span.holds(day)), None)


def served_twin(code: str, first_day: date | None = None) -> Twin | None:
    """The twin of a procedure's current text, or of the one that begins on a day."""
    folder = f"{code}/{first_day.isoformat()}" if first_day else code
    path = file_of(f"/thu-tuc/{folder}/{TWIN}")
    root = _served_root()
    return _read(root / path) if root and path else None


def _served_root() -> Path | None:
    """The tree that is served now: its files never change, so what was read may be remembered."""
    try:
        site = Path(settings.PORTAL_SITE_DIR)
        return site / os.readlink(site / "current")
    except OSError:
        return None


@lru_cache(maxsize=_REMEMBERED)
def _found(path: Path) -> Twin:
    return Twin.read(path.read_bytes())


def _read(path: Path) -> Twin | None:
    try:
        return _found(path)
    except OSError:
        return None  # and not remembered: strangers' addresses are without number


def _spans(versions: list[dict[str, Any]]) -> tuple[Span, ...]:
    days = [date.fromisoformat(version["valid_from"]) for version in versions]
    ends = [date.fromordinal(day.toordinal() - 1) for day in days[1:]]
    return tuple(
        Span(day, end, version["digest"], version["state"] == ListingState.ABOLISHED)
        for day, end, version in zip(days, [*ends, None], versions, strict=True)
    )
