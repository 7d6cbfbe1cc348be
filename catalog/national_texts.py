"""How a national record meets the register: taken in as a new procedure, or as a newer text.

What a national record may change (docs/importing.md says it for people):
- what the register has as the last national record left it follows the new record;
- what an officer changed since stays, and a differing record is reported, never applied;
- a record that is silent on something changes nothing there;
- a record older than the newest one held goes to the archive only;
- lead agency, life events, local times and local agencies are the province's alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from catalog.content import Channel, Content, Part, read_content
from catalog.enums import AgencyRole, LocalRegulation, OnlineLevel, ProcedureScope, RecordSource
from catalog.importers.parsed import ParsedProcedure, Recovery, Remark
from catalog.importers.report import FactChange, Outcome, shown
from catalog.merging import merge_content, three_way
from catalog.models import Agency, Field, NationalRecord, Procedure, ProcedureAgency
from catalog.register_history import save_with_reason
from catalog.vietnamese import clean_line


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


@transaction.atomic(savepoint=False)
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
    _set_online_level(procedure, _online_level(parsed))
    save_with_reason(procedure, by=None, reason=reason)
    if text.fields[1:]:
        procedure.further_fields.set(text.fields[1:])
    _add_roles(procedure, text, held=set(), before={})
    _archive(procedure, text, latest=True)
    return TakenIn(procedure, Outcome.CREATED)


@transaction.atomic(savepoint=False)
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
        held = procedure.national_records.filter(source=text.source, latest=True)
        _archive(procedure, text, latest=not held.exists())
        return TakenIn(procedure, Outcome.UNCHANGED, remarks=(_older(text, newest_taken_on),))
    changes: list[FactChange] = []
    remarks: list[Remark] = []
    _refresh_facts(procedure, text.parsed, previous, changes, remarks)
    _refresh_online_level(procedure, text.parsed, previous, changes, remarks)
    fields = _refresh_fields(procedure, text, previous, changes, remarks)
    if text.parsed.content is not None:
        _refresh_content(procedure, text.parsed, base, changes, remarks)
    if changes:
        save_with_reason(procedure, by=None, reason=reason)
    if fields is not None:
        procedure.further_fields.set(fields[1:])
    changes += _refresh_roles(procedure, text, previous)
    _supersede(procedure, text)
    outcome = Outcome.UPDATED if changes else Outcome.UNCHANGED
    return TakenIn(procedure, outcome, tuple(changes), tuple(remarks))


def _online_level(parsed: ParsedProcedure) -> OnlineLevel | None:
    """What a record says of filing online, else what its channels show; None when it is silent.

    Decree 42/2022/NĐ-CP: whatever is filed online and not shown to be full is partial.
    """
    if parsed.online_level is not None or parsed.content is None:
        return parsed.online_level
    channels = {method.channel for method in parsed.content.filing_methods}
    return OnlineLevel.PARTIAL if Channel.ONLINE in channels else OnlineLevel.NONE


def _set_online_level(procedure: Procedure, level: OnlineLevel | None) -> None:
    """Level and eligibility together, as the table's constraints want them."""
    if level is None or procedure.scope == ProcedureScope.INTERNAL:
        return
    procedure.online_level = level
    procedure.online_eligible = level is not OnlineLevel.NONE


def _refresh_online_level(
    procedure: Procedure,
    parsed: ParsedProcedure,
    previous: Sequence[ParsedProcedure],
    changes: list[FactChange],
    remarks: list[Remark],
) -> None:
    """Only a record that states the level moves it, and only as long as no officer did."""
    mine = OnlineLevel(procedure.online_level)
    said = next((level for p in previous if (level := _online_level(p)) is not None), None)
    first = said is None and not procedure.online_eligible and not procedure.content
    theirs = _online_level(parsed) if first else parsed.online_level
    merged = three_way(mine, OnlineLevel.NONE if first else said, theirs, empty=None)
    if merged.conflict or (merged.value is not mine and procedure.partial_reason):
        remarks.append(_kept("online_level", theirs))
    elif merged.value is not mine:
        _set_online_level(procedure, merged.value)
        if procedure.online_level != mine:
            changes.append(FactChange.of("online_level", mine, merged.value))


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
        same = set(value) == set(mine) if isinstance(mine, list) else value == mine
        if not same:
            changes.append(FactChange.of(name, mine, value))
            setattr(procedure, name, value)
        if merged.conflict and set(mine) != set(getattr(parsed, name)):
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
    changes.append(FactChange.of("field", ", ".join(mine), ", ".join(theirs)))
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
    merged = merge_content(
        mine=mine, base=base, theirs=parsed.content or Content(), silent=_silent(parsed)
    )
    if merged.content != mine:
        procedure.content = merged.content.to_json()
        changes += [FactChange(group, "", "") for group in merged.changed]
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
    rows = list(procedure.roles.all())
    before = {
        role: tuple(map(clean_line, said))
        for role in AgencyRole
        if (said := next((p.agencies[role] for p in previous if role in p.agencies), None))
        is not None
    }
    gone = [
        row
        for row in rows
        if (role := AgencyRole(row.role)) in text.agencies
        and row.name_as_written
        and row.name_as_written in before.get(role, ())
        and row.name_as_written not in {written for _, written in text.agencies[role]}
    ]
    if gone:
        ProcedureAgency.objects.filter(pk__in=[row.pk for row in gone]).delete()
    held = {(row.role, row.agency_id) for row in rows if row not in gone}
    added = _add_roles(procedure, text, held=held, before=before)
    return [FactChange(f"agencies.{row.role}", row.name_as_written, "") for row in gone] + [
        FactChange(f"agencies.{row.role}", "", row.name_as_written) for row in added
    ]


def _add_roles(
    procedure: Procedure,
    text: NationalText,
    *,
    held: set[tuple[str, int]],
    before: dict[AgencyRole, tuple[str, ...]],
) -> list[ProcedureAgency]:
    """Roles that the record names, but for those `held` and those the record `before` named."""
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
    """Keep the record, marked or not as the latest of its source."""
    parsed = text.parsed
    NationalRecord.objects.create(
        procedure=procedure,
        source=text.source,
        taken_on=text.taken_on,
        raw=parsed.raw,
        digest=text.digest,
        latest=latest,
        **_reading(parsed),
    )


def _supersede(procedure: Procedure, text: NationalText) -> None:
    """The mark "latest" moves to the record; one read anew replaces its own first reading."""
    earlier = NationalRecord.objects.filter(procedure=procedure, source=text.source, latest=True)
    if earlier.filter(digest=text.digest).update(**_reading(text.parsed)):
        return
    earlier.update(latest=False)
    _archive(procedure, text, latest=True)


def _reading(parsed: ParsedProcedure) -> dict[str, Any]:
    return {
        "name": parsed.name,
        "decision_number": parsed.decision_number,
        "content": parsed.content.to_json() if parsed.content else {},
        "recovery": {part.value: how.value for part, how in parsed.recovery.items()},
    }


def _last_said(previous: Sequence[ParsedProcedure], name: str) -> Any:
    return next((said for p in previous if (said := getattr(p, name)) is not None), None)


def _same_names(some: Sequence[str], others: Sequence[str]) -> bool:
    return {clean_line(n).casefold() for n in some} == {clean_line(n).casefold() for n in others}


def _kept(name: str, theirs: Any) -> Remark:
    said = f": {shown(theirs)}" if theirs else ""
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
