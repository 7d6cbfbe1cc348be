"""A file set beside the lists imported before it: renamed, new and vanished codes.

Vanished codes are a proposal to look at, nothing more: only a decision abolishes. A file often
covers a few issuers only, so a code is proposed only when its issuer has other codes in the file;
issuers without any are named as not covered.
"""

from collections import Counter
from datetime import date
from typing import Any, Final

from catalog.enums import RecordSource
from catalog.importers.sources import source_of
from catalog.models import NationalRecord

EarlierList = dict[str, dict[str, str]]

LISTS: Final = (RecordSource.NATIONAL_LIST, RecordSource.SPREADSHEET)


def earlier_list() -> EarlierList:
    """Name and issuer by code, from the newest list record of each procedure in force."""
    rows = NationalRecord.objects.filter(
        latest=True, source__in=LISTS, procedure__abolished_on=None
    ).order_by("taken_on", "pk")
    found: EarlierList = {}
    for code, name, source, raw in rows.values_list(
        "procedure__code", "name", "source", "raw"
    ).iterator(chunk_size=500):
        issuer = source_of(RecordSource(source)).parse(raw).issuer
        found[code] = {"name": name, "issuer": issuer or ""}
    return found


def listed_issuers() -> dict[tuple[str, date], str]:
    """Who issued a code by the list of a day, for every list ever imported."""
    rows = NationalRecord.objects.filter(source__in=LISTS).values_list(
        "procedure__code", "taken_on", "source", "raw"
    )
    found: dict[tuple[str, date], str] = {}
    for code, taken_on, source, raw in rows.iterator(chunk_size=500):
        found[code, taken_on] = source_of(RecordSource(source)).parse(raw).issuer or ""
    return found


def compare_with_earlier_list(
    earlier: EarlierList, codes: frozenset[str], *, kind: RecordSource
) -> dict[str, Any]:
    """The comparison as JSON-ready data, once a file of `codes` from source `kind` is in."""
    covered = {facts["issuer"] for code, facts in earlier.items() if code in codes}
    missing = {code: facts for code, facts in earlier.items() if code not in codes}
    return {
        "earlier_list": len(earlier),
        "in_both": len(earlier.keys() & codes),
        "new": sorted(codes - earlier.keys()),
        "renamed": _renamed(earlier, codes, kind),
        "vanished": [
            {"code": code, **facts}
            for code, facts in sorted(missing.items())
            if facts["issuer"] in covered
        ],
        "not_covered": dict(
            Counter(facts["issuer"] for facts in missing.values() if facts["issuer"] not in covered)
        ),
    }


def _renamed(
    earlier: EarlierList, codes: frozenset[str], kind: RecordSource
) -> list[dict[str, str]]:
    rows = NationalRecord.objects.filter(latest=True, source=kind).order_by("procedure__code")
    return [
        {"code": code, "old": earlier[code]["name"], "new": name}
        for code, name in rows.values_list("procedure__code", "name")
        if code in codes and code in earlier and earlier[code]["name"] != name
    ]
