"""The sample's shorthand for a procedure text, as a content document. Pure.

The format is in README.md beside this file. Errors are ValueError and pydantic.ValidationError:
the sample's texts are checked like any other.
"""

import re
from collections.abc import Iterable
from typing import Any

from catalog.content import Content

_UNITS = {
    "giờ": "hour",
    "ngày": "day",
    "ngày làm việc": "working_day",
    "tháng": "month",
    "năm": "year",
}
_DURATION = re.compile(r"^(\d+(?:\.\d+)?) (.+)$")
_PLAIN_FEES = ("free", "not_regulated")
_FEE_KINDS = ("fee", "charge")

Laws = dict[str, list[str]]


def content_of(entry: dict[str, Any], *, laws: Laws, reception_address: str) -> Content:
    """The document of one entry. `laws` is number → [title, day of issue, issuer]."""
    paper_cases = _cases(entry["papers"], "papers", _paper)
    named_forms = any(paper["forms"] for case in paper_cases for paper in case["papers"])
    results = [{"name": name} for name in entry.get("results", [])]
    return Content.model_validate(
        {
            "summary": entry["summary"],
            "keywords": entry["keywords"],
            "steps": _cases(entry["steps"], "steps", _step),
            "filing_methods": _filing_methods(entry["filing"]),
            "reception_address": reception_address,
            "paper_cases": paper_cases,
            "dossier_sets": 1,
            "forms": "has" if named_forms else "declared_none",
            "results": {"presence": _presence(results), "items": results},
            "conditions": _conditions(entry.get("conditions", "")),
            "legal_bases": [_legal_basis(number, laws) for number in entry["laws"]],
        }
    )


def _presence(value: object) -> str:
    return "has" if value else "declared_none"


def _conditions(text: str) -> dict[str, str]:
    return {"presence": _presence(text), "text": text}


def _cases(value: Any, part: str, read: Any) -> list[dict[str, Any]]:
    """A list is the only case and has no name; a table is read case by case."""
    by_case = value if isinstance(value, dict) else {"": value}
    return [{"case": case, part: [read(row) for row in rows]} for case, rows in by_case.items()]


def _step(line: str) -> dict[str, str]:
    title, _, text = line.partition(" | ")
    if not text:
        raise ValueError(f"a step is written “title | text”: {line[:60]}")
    return {"title": title, "text": text}


def _paper(row: list[Any]) -> dict[str, Any]:
    name, originals, copies, *forms = row
    return {
        "name": name,
        "originals": originals,
        "copies": copies,
        "forms": [{"name": form} for form in forms],
    }


def _filing_methods(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One method a channel, in the order the channels are first named, with all its options."""
    options: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        for channel in row["by"].split():
            options.setdefault(channel, []).append(_option(row))
    return [{"channel": channel, "options": rows} for channel, rows in options.items()]


def _option(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "label": row.get("label", ""),
        "statutory": _duration(row["time"]),
        "local": _duration(row["local"]) if "local" in row else None,
        "fees": [_fee(fee) for fee in row.get("fees", ["free"])],
        "note": row.get("note", ""),
    }


def _duration(text: str) -> dict[str, str]:
    found = _DURATION.match(text)
    if not found or found[2] not in _UNITS:
        raise ValueError(f"not a time with a unit: {text}")
    return {"amount": found[1], "unit": _UNITS[found[2]]}


def _fee(row: str | dict[str, Any]) -> dict[str, Any]:
    if isinstance(row, str):
        if row not in _PLAIN_FEES:
            raise ValueError(f"not a state of a fee: {row}")
        return {"state": row}
    facts: dict[str, Any] = {
        "note": row.get("note", ""),
        "basis": row.get("basis", ""),
        "valid_from": row.get("from", ""),
        "valid_to": row.get("to", ""),
    }
    for kind in _FEE_KINDS:
        if kind in row:
            return facts | {"kind": kind, "state": "amount", "amount": str(row[kind])}
        if f"{kind}_formula" in row:
            return facts | {"kind": kind, "state": "formula", "note": row[f"{kind}_formula"]}
    raise ValueError(f"a fee without an amount or a formula: {row}")


def _legal_basis(number: str, laws: Laws) -> dict[str, str]:
    if number not in laws:
        raise ValueError(f"laws.toml does not have {number}")
    title, issued_on, issuer = laws[number]
    return {"number": number, "title": title, "issued_on": issued_on, "issuer": issuer}
