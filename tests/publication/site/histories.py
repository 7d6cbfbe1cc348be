"""Random histories of a small province: drawn by hypothesis, carried out by the real actions."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from catalog.enums import AgencyKind, AgencyRole
from catalog.form_kinds import FormRefused
from catalog.models import Agency, Field, LifeEvent, Procedure, ProcedureAgency
from publication.actions import withdraw_announcement
from publication.checks import DecisionRefused
from publication.correcting import draft_correction
from publication.enums import ItemEffect
from publication.listings import bring_into_force
from publication.models import AnnouncementDecision, AnnouncementItem, MinistryDecision
from tests.factories import (
    make_agency,
    make_announcement,
    make_field,
    make_form_file,
    make_life_event,
    make_ministry_decision,
    make_pdf,
    make_procedure,
)
from tests.publication.acts import NOON, issue

NAMES = ["Cấp giấy", "Đăng ký", "đăng ký", "Ăn uống", "Xóa tên", "7 ngày", "Cấp lại"]
KINDS = [
    {"scope": "internal"},
    {"online_eligible": True, "online_level": "full"},
    {"online_eligible": True, "online_level": "partial"},
    {},
]


@dataclass
class Province:
    """What the acts work on, and the moment they happen at."""

    now: datetime = NOON
    fields: list[Field] = field(default_factory=list)
    agencies: list[Agency] = field(default_factory=list)
    events: list[LifeEvent] = field(default_factory=list)
    issuer: Agency | None = None
    ministry: MinistryDecision | None = None
    codes: int = 0


def make_province() -> Province:
    province = Province()
    province.fields = [make_field(f"Lĩnh vực {name}") for name in ("Đất đai", "Hộ tịch")]
    province.agencies = [make_agency(f"Sở {name}") for name in ("Nội vụ", "Tư pháp")]
    province.events = [make_life_event()]
    province.issuer = make_agency("Ủy ban nhân dân tỉnh", kind=AgencyKind.PROVINCE)
    province.ministry = make_ministry_decision(codes=[f"1.00000{n}" for n in range(10)])
    return province


def announce_new(province: Province, draw: Any) -> None:
    procedures = [_new_procedure(province, draw) for _ in range(draw(st.integers(1, 7)))]
    _issue(province, draw, procedures, ItemEffect.NEW)


def amend(province: Province, draw: Any) -> None:
    procedures = _choose(draw)
    for procedure in procedures:
        _change(province, procedure, draw)
    _issue(province, draw, procedures, ItemEffect.AMENDED)


def abolish(province: Province, draw: Any) -> None:
    _issue(province, draw, _choose(draw)[:2], ItemEffect.ABOLISHED)


def replace(province: Province, draw: Any) -> None:
    ended = _choose(draw)[:2]
    if ended:
        new = _new_procedure(province, draw)
        _issue(province, draw, [new], ItemEffect.REPLACED, replaces=ended)


def upload_form(province: Province, draw: Any) -> None:
    """A few files over all procedures, so that one file often stands in several texts."""
    for procedure in _choose(draw):
        words, title = draw(st.sampled_from(["một", "hai"])), "to-khai.docx"
        with suppress(FormRefused):
            make_form_file(procedure, title, make_pdf(words))


def rename_field(province: Province, draw: Any) -> None:
    row = draw(st.sampled_from(province.fields))
    row.name = f"{draw(st.sampled_from(NAMES))} {row.pk}"
    row.save()


def rename_agency(province: Province, draw: Any) -> None:
    row = draw(st.sampled_from(province.agencies))
    row.name, row.phone = f"{draw(st.sampled_from(NAMES))} {row.pk}", "0220 000 000"
    row.save()


def rename_life_event(province: Province, draw: Any) -> None:
    row = province.events[0]
    row.name = draw(st.sampled_from(NAMES))
    row.save()


def found_agency(province: Province, draw: Any) -> None:
    agency = make_agency()
    draw(st.sampled_from(province.agencies)).successors.add(agency)
    province.agencies.append(agency)


def correct_ministry_number(province: Province, draw: Any) -> None:
    assert province.ministry is not None
    province.ministry.number = f"{draw(st.integers(1, 9999))}/QĐ-BTP"
    province.ministry.save()


def withdraw(province: Province, draw: Any) -> None:
    issued = list(AnnouncementDecision.objects.issued().order_by("pk"))
    if issued:
        decision = draw(st.sampled_from(issued))
        withdraw_announcement(
            decision_id=decision.pk, by=None, basis="Quyết định 1/QĐ-UBND", now=province.now
        )
        province.now += timedelta(minutes=1)


def correct(province: Province, draw: Any) -> None:
    issued = list(AnnouncementDecision.objects.issued().order_by("pk"))
    if not issued:
        return
    wrong = draw(st.sampled_from(issued))
    draft = draft_correction(decision_id=wrong.pk, by=None, now=province.now)
    for item in draft.items.select_related("procedure"):
        _change(province, item.procedure, draw)
    try:
        issue(
            draft,
            signed_on=wrong.signed_on,
            effective_on=wrong.effective_on,
            now=province.now,
        )
    except DecisionRefused:
        return
    province.now += timedelta(minutes=1)


def days_pass(province: Province, draw: Any) -> None:
    province.now += timedelta(days=draw(st.integers(1, 8)))
    bring_into_force(on=province.now.date(), now=province.now)


ACTS: list[Callable[[Province, Any], None]] = [
    announce_new,
    announce_new,
    amend,
    amend,
    abolish,
    replace,
    upload_form,
    upload_form,
    rename_field,
    rename_agency,
    rename_life_event,
    found_agency,
    correct_ministry_number,
    withdraw,
    correct,
    days_pass,
    days_pass,
]


def _new_procedure(province: Province, draw: Any) -> Procedure:
    code = f"1.{province.codes:06d}"
    province.codes += draw(st.sampled_from([1, 1, 60]))
    procedure = make_procedure(
        code,
        name=f"{draw(st.sampled_from(NAMES))} {draw(st.integers(0, 9))}",
        field=draw(st.sampled_from(province.fields)),
        **draw(st.sampled_from(KINDS)),
    )
    _change(province, procedure, draw)
    return procedure


def _change(province: Province, procedure: Procedure, draw: Any) -> None:
    if draw(st.booleans()):
        procedure.name = f"{draw(st.sampled_from(NAMES))} {draw(st.integers(0, 9))}"
    if draw(st.booleans()):
        procedure.field = draw(st.sampled_from(province.fields))
    procedure.levels = draw(st.sampled_from([["province"], ["commune"], ["province", "commune"]]))
    procedure.audiences = draw(st.sampled_from([["citizen"], ["enterprise"]]))
    procedure.lead_agency = draw(st.sampled_from([None, *province.agencies]))
    procedure.save()
    procedure.life_events.set(province.events if draw(st.booleans()) else [])
    if draw(st.booleans()):
        ProcedureAgency.objects.get_or_create(
            procedure=procedure,
            agency=draw(st.sampled_from(province.agencies)),
            role=AgencyRole.RECEPTION,
        )


def _choose(draw: Any) -> list[Procedure]:
    found = list(Procedure.objects.order_by("code"))
    if not found:
        return []
    chosen: list[Procedure] = draw(
        st.lists(st.sampled_from(found), min_size=1, max_size=4, unique=True)
    )
    return chosen


def _issue(
    province: Province,
    draw: Any,
    procedures: list[Procedure],
    effect: str,
    *,
    replaces: list[Procedure] | None = None,
) -> None:
    """Issue over the procedures, from a day before, on or after today; refusals change nothing."""
    decision = make_announcement(procedures=procedures, effect=effect, issuer=province.issuer)
    _link(province, decision, replaces or [])
    today = province.now.date()
    signed = today - timedelta(days=draw(st.sampled_from([0, 0, 0, 3])))
    begins = signed + timedelta(days=draw(st.sampled_from([0, 0, 0, 5])))
    try:
        issue(decision, signed_on=signed, effective_on=begins, now=province.now)
    except DecisionRefused:
        return
    province.now += timedelta(minutes=1)


def _link(province: Province, decision: Any, replaces: list[Procedure]) -> None:
    assert province.ministry is not None
    for item in AnnouncementItem.objects.filter(decision=decision):
        item.replaces.set(replaces)
        item.answers = province.ministry.items.filter(code=item.procedure.code).first()
        item.save()
