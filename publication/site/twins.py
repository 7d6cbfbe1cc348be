"""The machine-readable twin of a procedure page: listing, text, digest, decision."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.db.models import F, Window
from django.db.models.functions import Lead

from publication.models import Listing
from publication.site.form_files import form_links
from publication.site.page import Page, PageKind

_ADDRESS = re.compile(r"^/thu-tuc/([^/]+)/(?:(\d{4}-\d{2}-\d{2})/)?index\.json$")
_BATCH = 200


def is_twin(address: str) -> bool:
    return _ADDRESS.match(address) is not None


def make_twins(addresses: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Each twin with its bytes; two queries for two hundred. Raises KeyError for a stranger."""
    waiting = iter(addresses)
    while batch := list(islice(waiting, _BATCH)):
        wanted = {address: _key(address) for address in batch}
        rows = _read({code for code, _day in wanted.values()})
        for address, (code, day) in wanted.items():
            yield address, _twin(rows[code], day)


def _key(address: str) -> tuple[str, str]:
    found = _ADDRESS.match(address)
    if found is None:
        raise KeyError(address)
    return found[1], found[2] or ""


def _read(codes: set[str]) -> dict[str, list[dict[str, Any]]]:
    rows = (
        Listing.objects.standing()
        .filter(procedure__code__in=codes, in_force_at__isnull=False)
        .annotate(
            next_from=Window(
                Lead("valid_from"), partition_by=F("code"), order_by=F("valid_from").asc()
            )
        )
        .order_by("code", "valid_from")
        .values(
            "code", "name", "state", "kind", "online_level", "valid_from", "next_from",
            "in_force_at", "is_current", "change_note", "successors", "digest", "text",
            "decision__number", "decision__signed_on", "decision__issuer_name", "decision__slug",
            "decision__title",
        )
    )  # fmt: skip
    by_code: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_code.setdefault(row["code"], []).append({**row})
    return by_code


def _twin(rows: list[dict[str, Any]], day: str) -> bytes:
    """One version's twin, the current one's without a day."""
    shown = next(
        row for row in rows if (row["valid_from"].isoformat() == day if day else row["is_current"])
    )
    document = _facts(shown) | {
        "versions": [
            {
                "valid_from": row["valid_from"].isoformat(),
                "state": row["state"],
                "digest": row["digest"],
                "url": _version_url(row),
            }
            for row in rows
        ],
        "forms": form_links(shown["text"]),
        "text": shown["text"],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _facts(row: dict[str, Any]) -> dict[str, Any]:
    last = row["next_from"] - timedelta(days=1) if row["next_from"] else None
    return {
        "code": row["code"],
        "name": row["name"],
        "state": row["state"],
        "kind": row["kind"],
        "online_level": row["online_level"],
        "valid_from": row["valid_from"].isoformat(),
        "valid_to": last.isoformat() if last else None,
        "is_current": row["is_current"],
        "public_since": row["in_force_at"].isoformat(),
        "change_note": row["change_note"],
        "successors": row["successors"],
        "digest": row["digest"],
        "url": settings.PORTAL_URL + Page(PageKind.PROCEDURE, row["code"]).path,
        "decision": {
            "number": row["decision__number"],
            "title": row["decision__title"],
            "signed_on": row["decision__signed_on"].isoformat(),
            "issuer": row["decision__issuer_name"],
            "url": settings.PORTAL_URL + Page(PageKind.DECISION, row["decision__slug"]).path,
        },
    }


def _version_url(row: dict[str, Any]) -> str:
    key = f"{row['code']}/{row['valid_from'].isoformat()}"
    return settings.PORTAL_URL + Page(PageKind.VERSION, key).path
