"""What pages show besides listings: names of agencies and fields, decisions, templates, settings.

None of these changes with an event. A release remembers their digests, and the next build renders
again what shows a changed one: a renamed field its own pages, a changed template everything.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from dataclasses import field as part
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Self

from django.conf import settings

from catalog.canonical import digest, digest_bytes
from catalog.models import Agency, Field, LifeEvent
from publication.models import AnnouncementDecision, MinistryDecision

_SHORT = 12  # hexadecimal characters; compared with the last release only
_CODE = ("publication", "catalog", "templates", "static", "locale")
# Not .mo: those are made from .po, on some machines after the first release.
_SUFFIXES = {".py", ".html", ".svg", ".css", ".js", ".po", ".txt"}
_SETTINGS = (
    "PORTAL_URL",
    "PORTAL_PROVINCE",
    "PORTAL_AUTHORITY",
    "PORTAL_OFFICE",
    "PORTAL_LANGUAGES",
    "PORTAL_PAGE_SIZE",
)


@dataclass(frozen=True)
class Look:
    """Digests: one for code and settings, one per row by slug for the rest."""

    code: str
    agency: dict[str, str] = part(default_factory=dict)
    field: dict[str, str] = part(default_factory=dict)
    life_event: dict[str, str] = part(default_factory=dict)
    decision: dict[str, str] = part(default_factory=dict)
    ministry: dict[str, str] = part(default_factory=dict)  # by primary key

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(**data)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def changed_rows(self, since: "Look") -> dict[str, set[str]]:
        """Slugs added, changed or removed since another look, by sort of row."""
        return {
            sort: _changed(getattr(since, sort), getattr(self, sort))
            for sort in ("agency", "field", "life_event", "decision", "ministry")
        }


def present_look(*, on: date) -> Look:
    """The look as it is now, in a fixed number of queries; `on` tells which decisions pend."""
    return Look(
        code=_code_digest() + _settings_digest(),
        agency=_agencies(),
        field=_rows(Field.objects.values_list("slug", "name", "code")),
        life_event=_rows(LifeEvent.objects.values_list("slug", "name", "group", "position")),
        decision=_decisions(on),
        ministry=_rows(MinistryDecision.objects.values_list("pk", "number", "issuer_name")),
    )


def _changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {slug for slug in before.keys() | after.keys() if before.get(slug) != after.get(slug)}


def _rows(rows: Iterable[tuple[Any, ...]]) -> dict[str, str]:
    return {str(row[0]): digest([str(value) for value in row])[:_SHORT] for row in rows}


def _agencies() -> dict[str, str]:
    """Agencies with the names of those they are shown beside: parent, successors, predecessors."""
    facts = {
        row["pk"]: row
        for row in Agency.objects.values(
            "pk", "slug", "name", "short_name", "kind", "level", "parent_id",
            "valid_from", "valid_to", "address", "phone",
        )
    }  # fmt: skip
    beside: dict[int, list[str]] = defaultdict(list)
    for old, new in Agency.successors.through.objects.order_by("pk").values_list(
        "from_agency_id", "to_agency_id"
    ):
        beside[old].append(facts[new]["name"])
        beside[new].append(facts[old]["name"])
    return _rows(
        (
            row["slug"],
            *(value for name, value in row.items() if name not in {"pk", "parent_id"}),
            facts[row["parent_id"]]["name"] if row["parent_id"] else "",
            *sorted(beside[pk]),
        )
        for pk, row in facts.items()
    )


def _decisions(on: date) -> dict[str, str]:
    """Public decisions; one whose day is to come, or that was withdrawn or corrected, says so."""
    rows = AnnouncementDecision.objects.public().values_list(
        "slug", "number", "title", "issuer_name", "signed_on", "signed_by", "signed_file",
        "lead_agency__name", "lead_agency__slug", "status", "withdrawn_on", "withdrawal_basis",
        "corrects__slug", "effective_on",
    )  # fmt: skip
    corrections = _corrections()
    return _rows(
        (*row, *corrections.get(row[0], ()), row[-1] is not None and row[-1] > on) for row in rows
    )


def _corrections() -> dict[str | None, list[str]]:
    """By decision: the numbers and addresses of those that corrected it."""
    found: dict[str | None, list[str]] = {}
    rows = AnnouncementDecision.objects.public().filter(corrects__isnull=False)
    for wrong, number, slug in rows.order_by("pk").values_list("corrects__slug", "number", "slug"):
        found.setdefault(wrong, []).append(f"{number} {slug}")
    return found


@cache
def _code_digest() -> str:
    """Over every file that can shape a page; read once, for a process runs one code."""
    files = sorted(
        path
        for folder in _CODE
        for path in Path(settings.BASE_DIR / folder).rglob("*")
        if path.suffix in _SUFFIXES and "migrations" not in path.parts
    )
    names = [[path.relative_to(settings.BASE_DIR).as_posix(), _file(path)] for path in files]
    return digest(names)[:_SHORT]


def _file(path: Path) -> str:
    return digest_bytes(path.read_bytes())


def _settings_digest() -> str:
    return digest([str(getattr(settings, name)) for name in _SETTINGS])[:_SHORT]
