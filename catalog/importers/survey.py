"""The first pass over a file: nothing is written before all of it proved readable.

It finds broken files, repeated codes and the field names that hold no comma, and keeps a few
words per row, so that memory grows by codes, not by texts. Pure.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from catalog.canonical import digest_bytes
from catalog.codes import CodeError, procedure_code
from catalog.importers.files import FileRefused, SourceRow
from catalog.importers.parsed import RecordRefused
from catalog.importers.sources import Source
from catalog.vietnamese import clean_line


@dataclass(frozen=True)
class Survey:
    """What a whole file holds, before any of it is taken in."""

    total: int
    codes: frozenset[str]
    repeats: dict[int, int]  # row → the earlier row that says exactly the same
    contradictions: dict[int, tuple[int, ...]]  # row → all rows of its code, which differ
    field_names: frozenset[str]


def raw_digest(raw: dict[str, Any]) -> str:
    """SHA-256 of a raw record whatever the order of its keys: the marker of a finished row."""
    text = json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return digest_bytes(text.encode())


def survey(rows: Iterable[SourceRow], source: Source) -> Survey:
    """Read everything once. Raises FileRefused when the file as a whole cannot be taken in."""
    seen: dict[str, list[tuple[int, str]]] = defaultdict(list)
    fields: set[str] = set()
    total = strange = 0
    for row in rows:
        total += 1
        if not source.is_record(row.raw):
            strange += 1
            continue
        code = code_or_none(row.raw, source)
        if code:
            seen[code].append((row.number, raw_digest(row.raw)))
        fields |= _plain_field(row.raw, source)
    if total == 0:
        raise FileRefused("Tệp trống: không có bản ghi nào.")
    if strange == total:
        raise FileRefused(f"Không bản ghi nào có các cột của nguồn {source.kind.value}.")
    repeats, contradictions = _duplicates(seen)
    return Survey(total, frozenset(seen), repeats, contradictions, frozenset(fields))


def code_or_none(raw: dict[str, Any], source: Source) -> str | None:
    try:
        return procedure_code(source.code_of(raw))
    except (CodeError, RecordRefused):
        return None


def _plain_field(raw: dict[str, Any], source: Source) -> set[str]:
    """The field of a row when no comma makes it doubtful whether it is one name."""
    try:
        name = clean_line(source.fields_text_of(raw))
    except RecordRefused:
        return set()
    return {name} if name and not set(name) & set(",;") else set()


def _duplicates(
    seen: dict[str, list[tuple[int, str]]],
) -> tuple[dict[int, int], dict[int, tuple[int, ...]]]:
    repeats: dict[int, int] = {}
    contradictions: dict[int, tuple[int, ...]] = {}
    for places in seen.values():
        numbers = tuple(number for number, _ in places)
        if len(places) > 1 and len({digest for _, digest in places}) == 1:
            repeats |= dict.fromkeys(numbers[1:], numbers[0])
        elif len(places) > 1:
            contradictions |= dict.fromkeys(numbers, numbers)
    return repeats, contradictions
