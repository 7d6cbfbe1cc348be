"""Loading the sample: the register is filled and its history replayed, decision by decision.

Every public text comes about as it would in an office: registered, announced, changed in the
register, announced again. A row that is there already is left alone, so a second run changes
nothing; all of a run is one transaction.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.db import transaction

from catalog.actions import amend_procedure, register_procedure
from catalog.content import named_forms
from catalog.form_files import add_form_file
from catalog.models import Agency, CalendarDay, Field, LifeEvent, Procedure, ProcedureAgency
from catalog.vietnamese import slug
from procedures_portal.sample.forms import make_form
from procedures_portal.sample.ministries import load_ministry_decisions
from procedures_portal.sample.reading import Sample, SampleAgency, SampleProcedure, SampleText
from publication.actions import (
    approve_announcement,
    issue_announcement,
    submit_announcement,
)
from publication.enums import ItemEffect
from publication.listings import bring_into_force
from publication.models import AnnouncementDecision, AnnouncementItem, MinistryItem

ISSUER = "ubnd-tinh"
SIGNED_BY = "KT. Chủ tịch, Phó Chủ tịch Trần Văn Mẫu"
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_PARTS = {
    ItemEffect.NEW: "A. Mới ban hành",
    ItemEffect.AMENDED: "B. Sửa đổi, bổ sung",
    ItemEffect.REPLACED: "C. Thay thế",
    ItemEffect.ABOLISHED: "D. Bị bãi bỏ",
}

Progress = Callable[[int, int, str], None]


class ForeignRegister(Exception):
    """The register holds procedures that are not of the sample; the message names some."""


@dataclass(frozen=True)
class SampleReport:
    """What a run wrote; all zero when everything was there."""

    agencies: int = 0
    procedures: int = 0
    ministry_decisions: int = 0
    announcements: int = 0


@dataclass(frozen=True)
class _PlannedItem:
    effect: ItemEffect
    procedure: SampleProcedure
    text: SampleText | None
    change_note: str
    replaces: tuple[str, ...] = ()


def load_sample(
    *,
    by: User | None = None,
    progress: Progress = lambda _done, _all, _what: None,
) -> SampleReport:
    """Load what is missing of the sample. `progress` is told (steps done, steps in all, what).

    Raises ForeignRegister when the register holds other procedures; then nothing has changed.
    """
    sample = Sample()
    refuse_foreign_register(sample)
    steps = len(sample.announcements) + 2
    with transaction.atomic():
        progress(0, steps, "cơ quan, sự kiện, lịch")
        agencies = _load_agencies(sample.agencies)
        _load_life_events_and_days(sample)
        before = Procedure.objects.count()
        progress(1, steps, "quyết định công bố của bộ")
        ministry = load_ministry_decisions(sample)
        announced = 0
        for done, head in enumerate(sample.announcements, start=2):
            progress(done, steps, head.get("number", "quyết định dự thảo"))
            announced += _replay(head, sample, by=by)
        progress(steps, steps, "xong")
        return SampleReport(agencies, Procedure.objects.count() - before, ministry, announced)


def refuse_foreign_register(sample: Sample) -> None:
    """Raises ForeignRegister unless every procedure of the register is of the sample."""
    own = {procedure.code for procedure in sample.procedures}
    held = Procedure.objects.exclude(code__in=own).order_by("code").values_list("code", flat=True)
    strangers = list(held[:3])
    if strangers:
        raise ForeignRegister(
            f"Danh mục đã có thủ tục thật ({', '.join(strangers)}…), không nạp dữ liệu mẫu."
        )


def _load_agencies(rows: Iterable[SampleAgency]) -> int:
    created = 0
    for row in rows:
        agency, fresh = Agency.objects.get_or_create(
            slug=row.slug,
            defaults={
                "name": row.name,
                "short_name": row.short_name,
                "kind": row.kind,
                "level": row.level,
                "valid_from": row.valid_from,
                "valid_to": row.valid_to,
            },
        )
        if fresh:
            created += 1
            for scheme, code in row.codes.items():
                agency.codes.create(
                    scheme=scheme, code=code, valid_from=row.valid_from, valid_to=row.valid_to
                )
    if created:
        _join_agencies(rows)
    return created


def _join_agencies(rows: Iterable[SampleAgency]) -> None:
    by_slug = Agency.objects.in_bulk([row.slug for row in rows], field_name="slug")
    for row in rows:
        agency = by_slug[row.slug]
        if row.parent and agency.parent_id is None:
            agency.parent = by_slug[row.parent]
            agency.save(update_fields=["parent"])
        agency.successors.add(*(by_slug[successor] for successor in row.successors))


def _load_life_events_and_days(sample: Sample) -> None:
    for group, name, position in sample.life_events:
        LifeEvent.objects.get_or_create(
            group=group, name=name, defaults={"slug": slug(name), "position": position}
        )
    for day, kind, name in sample.calendar_days:
        CalendarDay.objects.get_or_create(
            day=day, defaults={"kind": kind, "name": name, "confirmed_at": _moment(day, 0)}
        )


def _replay(head: dict[str, Any], sample: Sample, *, by: User | None) -> bool:
    """Bring one decision about as on its days; whether there was anything to do."""
    number = head.get("number", "")
    if _is_there(head, number):
        return False
    items = sorted(
        _planned_items(number, sample.procedures), key=lambda item: list(_PARTS).index(item.effect)
    )
    for item in items:
        _bring_to_register(item, number or head["submission_number"], by=by)
        _give_forms(item, sample, on=head["submission_on"], by=by)
    decision = _draft(head, items, by=by)
    if number:
        _issue(decision, head, by=by)
    return True


def _is_there(head: dict[str, Any], number: str) -> bool:
    decisions = AnnouncementDecision.objects.filter(issuer__slug=ISSUER)
    if number:
        return decisions.filter(number=number, signed_on=head["signed_on"]).exists()
    return decisions.filter(
        submission_number=head["submission_number"], submission_on=head["submission_on"]
    ).exists()


def _planned_items(number: str, procedures: Iterable[SampleProcedure]) -> Iterable[_PlannedItem]:
    for procedure in procedures:
        if (number and procedure.announced == number) or (not number and procedure.drafted):
            effect = ItemEffect.REPLACED if procedure.replaces else ItemEffect.NEW
            yield _PlannedItem(
                effect, procedure, procedure.text, procedure.change_note, procedure.replaces
            )
        for change in procedure.amendments:
            if change.decision == number:
                yield _PlannedItem(ItemEffect.AMENDED, procedure, change.text, change.change_note)
        if number and procedure.abolished_by == number:
            yield _PlannedItem(ItemEffect.ABOLISHED, procedure, None, procedure.abolition_note)


def _bring_to_register(item: _PlannedItem, basis: str, *, by: User | None) -> None:
    if item.text is None:
        return
    procedure = Procedure.objects.filter(code=item.procedure.code).first()
    content = item.text.content.to_json()
    if procedure is None:
        procedure = _register(item.procedure, content, by=by, reason=f"Nhập theo {basis}")
    else:
        amend_procedure(procedure=procedure, by=by, reason=f"Sửa theo {basis}", content=content)
    _set_roles(procedure, item.text.roles)


def _give_forms(item: _PlannedItem, sample: Sample, *, on: date, by: User | None) -> None:
    """A file for each form of the sample that the text names and that has none yet."""
    procedure = Procedure.objects.get(code=item.procedure.code)
    held = set(procedure.form_files.values_list("title", flat=True))
    for form in named_forms(procedure.document):
        if form.name in sample.forms and form.name not in held:
            add_form_file(
                procedure=procedure,
                title=form.name,
                file_name=f"{form.name}.docx",
                data=make_form(form.name, sample.forms[form.name]),
                by=by,
                now=_moment(on, 14),
            )


def _register(
    row: SampleProcedure, content: dict[str, Any], *, by: User | None, reason: str
) -> Procedure:
    field, _ = Field.objects.get_or_create(
        name=row.field_name, defaults={"slug": slug(row.field_name)}
    )
    procedure = register_procedure(
        code=row.code,
        field=field,
        by=by,
        reason=reason,
        lead_agency=Agency.objects.get(slug=row.lead),
        content=content,
        **row.facts,
    )
    procedure.life_events.set(LifeEvent.objects.filter(name__in=row.life_events))
    return procedure


def _set_roles(procedure: Procedure, roles: dict[str, tuple[str, ...]]) -> None:
    wanted = [(role, agency) for role, slugs in roles.items() for agency in slugs]
    held = list(procedure.roles.order_by("pk").values_list("role", "agency__slug"))
    if sorted(held) == sorted(wanted):
        return
    agencies = Agency.objects.in_bulk([agency for _, agency in wanted], field_name="slug")
    procedure.roles.all().delete()
    ProcedureAgency.objects.bulk_create(
        ProcedureAgency(procedure=procedure, agency=agencies[agency], role=role)
        for role, agency in wanted
    )


def _draft(
    head: dict[str, Any], items: list[_PlannedItem], *, by: User | None
) -> AnnouncementDecision:
    decision = AnnouncementDecision.objects.create(
        issuer=Agency.objects.get(slug=ISSUER),
        lead_agency=Agency.objects.get(slug=head["lead"]),
        title=head["title"],
        submission_number=head["submission_number"],
        submission_on=head["submission_on"],
        created_by=by,
    )
    answered = _answered(head.get("answers", ()))
    for ordinal, item in enumerate(items, start=1):
        row = AnnouncementItem.objects.create(
            decision=decision,
            part=f"{_PARTS[item.effect]} – Lĩnh vực {item.procedure.field_name}",
            ordinal=ordinal,
            effect=item.effect,
            procedure=Procedure.objects.get(code=item.procedure.code),
            answers=answered.get(item.procedure.code),
            change_note=item.change_note,
        )
        row.replaces.set(Procedure.objects.filter(code__in=item.replaces))
    return decision


def _answered(numbers: Iterable[str]) -> dict[str, MinistryItem]:
    items = MinistryItem.objects.filter(decision__number__in=list(numbers))
    return {item.code: item for item in items}


def _issue(decision: AnnouncementDecision, head: dict[str, Any], *, by: User | None) -> None:
    signed_on: date = head["signed_on"]
    effective_on: date = head.get("effective_on", signed_on)
    submit_announcement(decision_id=decision.pk, by=by, now=_moment(head["submission_on"], 15))
    approve_announcement(decision_id=decision.pk, by=by, now=_moment(signed_on, 9))
    issue_announcement(
        decision_id=decision.pk,
        by=by,
        number=head["number"],
        signed_on=signed_on,
        signed_by=SIGNED_BY,
        effective_on=effective_on,
        now=_moment(signed_on, 10),
    )
    if effective_on > signed_on:
        bring_into_force(on=effective_on, now=_moment(effective_on, 0))


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=_ZONE)
