"""What is done to the register, one function an act: keyword-only, whole, in one transaction.

Officers register and amend; importers take national records in. Nothing here publishes: a text
reaches the public only through a decision.

What a national record may change (docs/importing.md says it for people):
- what the register has as the last national record left it follows the new record;
- what an officer changed since stays, and a differing record is reported, never applied;
- a record that is silent on something changes nothing there;
- a record older than the newest one held goes to the archive only;
- lead agency, life events, local times and local agencies are the province's alone;
- online facts are set once, with the first text, for afterwards the Chairman's list decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from catalog.content import Channel, Content, Part, read_content
from catalog.enums import AgencyRole, LocalRegulation, OnlineLevel, ProcedureScope, RecordSource
from catalog.importers.parsed import ParsedProcedure, Recovery, Remark
from catalog.importers.report import FactChange, Outcome
from catalog.merging import merge_content, three_way
from catalog.models import Agency, Field, NationalRecord, Procedure, ProcedureAgency
from catalog.vietnamese import clean_line

_REASON_LENGTH = 100  # characters that a history row keeps of a reason


@dataclass(frozen=True)
class NationalText:
    """One parsed national record with its names resolved to rows, ready to be taken in."""

    parsed: ParsedProcedure
    source: RecordSource
    taken_on: date
    digest: str
    fields: tuple[Field, ...] = ()
    agencies: dict[AgencyRole, tuple[tuple[Agency, str], ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class TakenIn:
    """What taking a record in did to the register, and what a person should look at."""

    procedure: Procedure
    outcome: Outcome
    changes: tuple[FactChange, ...] = ()
    remarks: tuple[Remark, ...] = ()


def register_procedure(
    *, code: str, name: str, field: Field, by: AbstractBaseUser | None, reason: str, **facts: Any
) -> Procedure:
    """Enter a procedure by hand. Raises ValidationError with Vietnamese messages."""
    procedure = Procedure(code=code, name=clean_line(name), field=field, **facts)
    procedure.full_clean()
    _save(procedure, by=by, reason=reason)
    return procedure


def amend_procedure(
    *, procedure: Procedure, by: AbstractBaseUser | None, reason: str, **facts: Any
) -> tuple[FactChange, ...]:
    """Change facts of a register text; the listing stays until a decision amends it.

    Returns what changed. Raises ValidationError; saves and records nothing when nothing changed.
    """
    changes = []
    for name, value in facts.items():
        old = getattr(procedure, name)
        if old != value:
            changes.append(_change(name, old, value))
            setattr(procedure, name, value)
    if changes:
        procedure.full_clean()
        _save(procedure, by=by, reason=reason)
    return tuple(changes)


@transaction.atomic
def register_from_national_record(*, text: NationalText, reason: str) -> TakenIn:
    """A code that the register does not hold yet becomes a procedure. Needs at least one field."""
    parsed = text.parsed
    procedure = Procedure(
        code=parsed.code,
        name=parsed.name,
        field=text.fields[0],
        scope=parsed.scope or ProcedureScope.CITIZEN,
        levels=list(parsed.levels or ()),
        audiences=list(parsed.audiences or ()),
        local_regulation=parsed.local_regulation or LocalRegulation.UNKNOWN,
        content=parsed.content.to_json() if parsed.content else {},
    )
    _set_online_facts(procedure, parsed)
    _save(procedure, by=None, reason=reason)
    if text.fields[1:]:
        procedure.further_fields.set(text.fields[1:])
    _add_roles(procedure, text, before={})
    _archive(procedure, text, latest=True)
    return TakenIn(procedure, Outcome.CREATED)


@transaction.atomic
def refresh_from_national_record(
    *,
    procedure: Procedure,
    text: NationalText,
    previous: Sequence[ParsedProcedure],
    base: Content | None,
    newest_taken_on: date | None,
    reason: str,
) -> TakenIn:
    """A newer national text of a held code. The rules are this module's docstring.

    `previous` are earlier records of the code read again, newest first; `base` is the content
    the register was last refreshed from.
    """
    if newest_taken_on and text.taken_on < newest_taken_on:
        _archive(procedure, text, latest=False)
        return TakenIn(procedure, Outcome.UNCHANGED, remarks=(_older(text, newest_taken_on),))
    changes: list[FactChange] = []
    remarks: list[Remark] = []
    _refresh_facts(procedure, text.parsed, previous, changes, remarks)
    fields = _refresh_fields(procedure, text, previous, changes, remarks)
    if text.parsed.content is not None:
        _refresh_content(procedure, text.parsed, base, changes, remarks)
    if changes:
        _save(procedure, by=None, reason=reason)
    if fields is not None:
        procedure.further_fields.set(fields[1:])
    changes += _refresh_roles(procedure, text, previous)
    _archive(procedure, text, latest=True)
    outcome = Outcome.UPDATED if changes else Outcome.UNCHANGED
    return TakenIn(procedure, outcome, tuple(changes), tuple(remarks))


def _save(procedure: Procedure, *, by: AbstractBaseUser | None, reason: str) -> None:
    procedure._change_reason = reason[:_REASON_LENGTH]  # type: ignore[attr-defined]
    if by is not None:
        procedure._history_user = by  # type: ignore[attr-defined]
    procedure.save()


def _set_online_facts(procedure: Procedure, parsed: ParsedProcedure) -> None:
    """Online facts with the first text: what the record says, else what its channels show.

    Decree 42/2022/NĐ-CP: whatever is filed online and not shown to be full is partial.
    """
    if procedure.scope == ProcedureScope.INTERNAL:
        return
    level = parsed.online_level
    if level is None and parsed.content is not None:
        channels = {method.channel for method in parsed.content.filing_methods}
        level = OnlineLevel.PARTIAL if Channel.ONLINE in channels else None
    if level in (OnlineLevel.PARTIAL, OnlineLevel.FULL):
        procedure.online_eligible = True
        procedure.online_level = level


def _refresh_facts(
    procedure: Procedure,
    parsed: ParsedProcedure,
    previous: Sequence[ParsedProcedure],
    changes: list[FactChange],
    remarks: list[Remark],
) -> None:
    for name, empty in (
        ("name", ""),
        ("levels", ()),
        ("audiences", ()),
        ("local_regulation", LocalRegulation.UNKNOWN),
    ):
        mine = getattr(procedure, name)
        merged = three_way(
            tuple(mine) if isinstance(mine, list) else mine,
            _last_said(previous, name),
            getattr(parsed, name),
            empty=empty,
        )
        value = list(merged.value) if isinstance(mine, list) else merged.value
        if value != mine:
            changes.append(_change(name, mine, value))
            setattr(procedure, name, value)
        if merged.conflict:
            remarks.append(_kept(name, getattr(parsed, name)))


def _refresh_fields(
    procedure: Procedure,
    text: NationalText,
    previous: Sequence[ParsedProcedure],
    changes: list[FactChange],
    remarks: list[Remark],
) -> tuple[Field, ...] | None:
    """The fields that now hold, when they changed; the main one is set on the row already."""
    mine = (procedure.field.name, *(row.name for row in procedure.further_fields.all()))
    theirs = tuple(row.name for row in text.fields)
    said = _last_said(previous, "field_names")
    base = mine if said and _same_names(said, mine) else said
    merged = three_way(mine, base, theirs or None, empty=())
    if merged.conflict:
        remarks.append(_kept("field", ", ".join(theirs)))
    if merged.value == mine:
        return None
    changes.append(_change("field", ", ".join(mine), ", ".join(theirs)))
    procedure.field = text.fields[0]
    return text.fields


def _refresh_content(
    procedure: Procedure,
    parsed: ParsedProcedure,
    base: Content | None,
    changes: list[FactChange],
    remarks: list[Remark],
) -> None:
    mine = read_content(procedure.content)
    first_text = base is None and mine == Content()
    merged = merge_content(
        mine=mine, base=base, theirs=parsed.content or Content(), silent=_silent(parsed)
    )
    if merged.content != mine:
        procedure.content = merged.content.to_json()
        changes += [FactChange(group, "", "") for group in merged.changed]
    if first_text and not procedure.online_eligible:
        _set_online_facts(procedure, parsed)
    elif parsed.online_level not in (None, procedure.online_level):
        remarks.append(_kept("online_level", parsed.online_level))
    remarks += [_kept(group, "") for group in merged.conflicts]
    remarks += [
        Remark("filing_methods", f"Thời hạn của tỉnh ({time}) không còn kênh để giữ; nhập lại.")
        for time in merged.lost_times
    ]


def _silent(parsed: ParsedProcedure) -> frozenset[Part]:
    return frozenset(part for part, how in parsed.recovery.items() if how is Recovery.ABSENT)


def _refresh_roles(
    procedure: Procedure, text: NationalText, previous: Sequence[ParsedProcedure]
) -> list[FactChange]:
    """Apply only what differs between two national records: officers' rows stay as they are."""
    before = {
        role: said
        for role in AgencyRole
        if (said := next((p.agencies[role] for p in previous if role in p.agencies), None))
        is not None
    }
    gone = [
        row
        for row in procedure.roles.all()
        if (role := AgencyRole(row.role)) in text.agencies
        and row.name_as_written
        and row.name_as_written in before.get(role, ())
        and row.name_as_written not in {written for _, written in text.agencies[role]}
    ]
    if gone:
        ProcedureAgency.objects.filter(pk__in=[row.pk for row in gone]).delete()
    added = _add_roles(procedure, text, before=before)
    return [FactChange(f"agencies.{row.role}", row.name_as_written, "") for row in gone] + [
        FactChange(f"agencies.{row.role}", "", row.name_as_written) for row in added
    ]


def _add_roles(
    procedure: Procedure, text: NationalText, *, before: dict[AgencyRole, tuple[str, ...]]
) -> list[ProcedureAgency]:
    held = (
        {(row.role, row.agency_id) for row in procedure.roles.all()}
        if before or text.agencies
        else set()
    )
    rows: list[ProcedureAgency] = []
    for role, agencies in text.agencies.items():
        for agency, written in agencies:
            if (role, agency.pk) in held or written in before.get(role, ()):
                continue
            held.add((role, agency.pk))
            rows.append(
                ProcedureAgency(
                    procedure=procedure, agency=agency, role=role, name_as_written=written
                )
            )
    return ProcedureAgency.objects.bulk_create(rows) if rows else []


def _archive(procedure: Procedure, text: NationalText, *, latest: bool) -> None:
    """Keep the record; the mark "latest" moves to it unless it is older than what is held."""
    parsed = text.parsed
    if latest:
        NationalRecord.objects.filter(procedure=procedure, source=text.source, latest=True).update(
            latest=False
        )
    NationalRecord.objects.create(
        procedure=procedure,
        source=text.source,
        taken_on=text.taken_on,
        raw=parsed.raw,
        name=parsed.name,
        decision_number=parsed.decision_number,
        content=parsed.content.to_json() if parsed.content else {},
        recovery={part.value: how.value for part, how in parsed.recovery.items()},
        digest=text.digest,
        latest=latest,
    )


def _last_said(previous: Sequence[ParsedProcedure], name: str) -> Any:
    return next((said for p in previous if (said := getattr(p, name)) is not None), None)


def _same_names(some: Sequence[str], others: Sequence[str]) -> bool:
    return {clean_line(n).casefold() for n in some} == {clean_line(n).casefold() for n in others}


def _change(name: str, old: Any, new: Any) -> FactChange:
    return FactChange(name, _shown(old), _shown(new))


def _shown(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return "" if isinstance(value, dict) else str(value)


def _kept(name: str, theirs: Any) -> Remark:
    said = f": {_shown(theirs)}" if theirs else ""
    return Remark(
        name,
        f"Bản quốc gia mới ghi khác{said}. Sổ đăng ký giữ nội dung đã sửa tại tỉnh; đối chiếu.",
    )


def _older(text: NationalText, newest: date) -> Remark:
    return Remark(
        "taken_on",
        f"Bản ghi lấy ngày {text.taken_on:%d/%m/%Y} cũ hơn bản đang giữ ({newest:%d/%m/%Y}); "
        "chỉ lưu, không sửa sổ đăng ký.",
    )
