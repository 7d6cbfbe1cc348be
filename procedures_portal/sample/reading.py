"""The sample's files as typed rows. Reads files only; knows no database."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from catalog.content import Content
from catalog.vietnamese import slug
from procedures_portal.sample.shorthand import Laws, content_of

_SATURDAY = 5
DATA = Path(__file__).parent / "data"
_OWN_TEXT = ("summary", "keywords", "steps", "filing", "papers", "results", "conditions", "laws")
_RECEPTION = {
    "province": "Trung tâm Phục vụ hành chính công tỉnh",
    "district": "Bộ phận Một cửa của Ủy ban nhân dân cấp huyện",
    "commune": "Bộ phận Một cửa của Ủy ban nhân dân cấp xã",
}


@dataclass(frozen=True)
class SampleText:
    """One state of a procedure: its document and the agencies in their roles (slugs)."""

    content: Content
    roles: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Amendment:
    decision: str
    change_note: str
    text: SampleText


@dataclass(frozen=True)
class SampleProcedure:
    """A procedure with its whole history. `announced` is "" while no decision has it."""

    code: str
    field_name: str
    lead: str
    facts: dict[str, Any]
    life_events: tuple[str, ...]
    text: SampleText
    announced: str = ""
    drafted: bool = False
    replaces: tuple[str, ...] = ()
    change_note: str = ""
    amendments: tuple[Amendment, ...] = ()
    abolished_by: str = ""
    abolition_note: str = ""


@dataclass(frozen=True)
class SampleAgency:
    name: str
    slug: str
    short_name: str
    kind: str
    level: str
    parent: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()
    codes: dict[str, str] = field(default_factory=dict)


class Sample:
    """The whole sample, read when first asked for."""

    @cached_property
    def laws(self) -> Laws:
        return _read("laws")

    @cached_property
    def procedures(self) -> tuple[SampleProcedure, ...]:
        files = sorted((DATA / "procedures").glob("*.toml"))
        return tuple(
            _procedure(entry, file, laws=self.laws)
            for file in (tomllib.loads(path.read_text("utf-8")) for path in files)
            for entry in file["procedure"]
        )

    @cached_property
    def forms(self) -> dict[str, dict[str, Any]]:
        """By the name that papers call them: what a form asks for."""
        return _read("forms")

    @cached_property
    def agencies(self) -> tuple[SampleAgency, ...]:
        return tuple(_agencies(_read("agencies")))

    @cached_property
    def life_events(self) -> list[tuple[str, str, int]]:
        """(group, name, position)."""
        groups = _read("life_events").items()
        return [(g, name, n) for g, names in groups for n, name in enumerate(names, start=1)]

    @cached_property
    def calendar_days(self) -> list[tuple[date, str, str]]:
        """(day, kind, name)."""
        return [
            (day, kind, row["name"])
            for kind, rows in _read("calendar").items()
            for row in rows
            for first, last in row["spans"]
            for day in _days(date.fromisoformat(first), date.fromisoformat(last))
            if kind == "make_up" or day.weekday() < _SATURDAY
        ]

    @cached_property
    def ministry_decisions(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = _read("decisions")["ministry"]
        return rows

    @cached_property
    def announcements(self) -> list[dict[str, Any]]:
        """Heads of the province's decisions, oldest first; a draft has no number."""
        rows: list[dict[str, Any]] = _read("decisions")["announcement"]
        return rows


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def _procedure(entry: dict[str, Any], file: dict[str, Any], *, laws: Laws) -> SampleProcedure:
    scope = file.get("scope", "citizen")
    lead = entry.get("lead", file["lead"])
    abolished = entry.get("abolished", {})
    text = _text(entry, scope=scope, lead=lead, laws=laws)
    return SampleProcedure(
        code=entry["code"],
        field_name=file["field"],
        lead=lead,
        facts=_facts(entry, scope),
        life_events=tuple(entry.get("life_events", ())),
        text=text,
        announced=entry.get("announced", ""),
        drafted=entry.get("drafted", False),
        replaces=tuple(entry.get("replaces", ())),
        change_note=entry.get("change_note", ""),
        amendments=tuple(_amendments(entry, scope=scope, lead=lead, laws=laws)),
        abolished_by=abolished.get("decision", ""),
        abolition_note=abolished.get("change_note", ""),
    )


def _facts(entry: dict[str, Any], scope: str) -> dict[str, Any]:
    """The columns of the register row that no amendment of the sample touches."""
    reason, basis = entry.get("reason", ("", ""))
    return {
        "name": entry["name"],
        "scope": scope,
        "online_eligible": "online" in entry,
        "online_level": entry.get("online", "none"),
        "partial_reason": reason,
        "partial_reason_basis": basis,
        "local_regulation": entry.get("local_regulation", "not_assigned"),
        "levels": entry["levels"],
        "audiences": entry.get("audiences", ["official" if scope == "internal" else "citizen"]),
    }


def _amendments(entry: dict[str, Any], *, scope: str, lead: str, laws: Laws) -> Iterator[Amendment]:
    """Each amendment changes the text before it, so two in a row add up."""
    state = entry
    for change in entry.get("amended", ()):
        state = state | change
        yield Amendment(
            decision=change["decision"],
            change_note=change["change_note"],
            text=_text(state, scope=scope, lead=lead, laws=laws),
        )


def _text(entry: dict[str, Any], *, scope: str, lead: str, laws: Laws) -> SampleText:
    internal = scope == "internal"
    places = [] if internal else [_RECEPTION[level] for level in entry["levels"]]
    content = content_of(
        {key: entry[key] for key in _OWN_TEXT if key in entry},
        laws=laws,
        reception_address="\n".join(places),
    )
    return SampleText(content=content, roles=_roles(entry, internal=internal, lead=lead))


def _roles(entry: dict[str, Any], *, internal: bool, lead: str) -> dict[str, tuple[str, ...]]:
    desks = {
        "province": lead if internal else "trung-tam-phuc-vu-hanh-chinh-cong",
        "district": "ubnd-cap-huyen",
        "commune": "ubnd-cap-xa",
    }
    bodies = desks | {"province": lead}
    levels = entry["levels"]
    usual = {
        "reception": [desks[level] for level in levels],
        "handling": [bodies[level] for level in levels],
        "competent": [bodies[level] for level in levels],
        "coordinating": [],
    }
    return {role: tuple(entry.get(role, slugs)) for role, slugs in usual.items()}


def _agencies(file: dict[str, Any]) -> Iterator[SampleAgency]:
    for row in file["agency"]:
        for line in row["names"]:
            name, short_name, given = (*line.split(" | "), "", "")[:3]
            yield SampleAgency(
                name=name,
                slug=given or slug(name),
                short_name=short_name,
                kind=row["kind"],
                level=row["level"],
                parent=row.get("parent", ""),
                valid_from=row.get("valid_from"),
                codes=_codes(row),
            )
    for row in file["unit"]:
        for code, name in row["units"]:
            yield _unit(row, code, name)


def _codes(row: dict[str, Any]) -> dict[str, str]:
    """Scheme → code."""
    schemes = {"gso": "gso", "code": "decision_20_2020"}
    return {scheme: row[key] for key, scheme in schemes.items() if key in row}


def _unit(row: dict[str, Any], code: str, name: str) -> SampleAgency:
    return SampleAgency(
        name=f"Ủy ban nhân dân {name}",
        slug=f"ubnd-{slug(name)}",
        short_name=f"UBND {name}",
        kind=row["kind"],
        level=row["kind"],
        parent=row["parent"],
        valid_from=row.get("valid_from"),
        valid_to=row.get("valid_to"),
        successors=tuple(row.get("successors", ())),
        codes={"gso": code},
    )
