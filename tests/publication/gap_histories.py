"""Random histories of what ministries and the province do, drawn by hypothesis, by real acts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F
from hypothesis import strategies as st

from catalog.models import Agency, Procedure
from publication.actions import (
    return_announcement,
    submit_announcement,
    withdraw_announcement,
)
from publication.checks import DecisionRefused
from publication.correcting import draft_correction
from publication.enums import DecisionStatus, ItemEffect
from publication.models import AnnouncementDecision, DeadlineRule, MinistryDecision, MinistryItem
from tests.factories import (
    make_agency,
    make_announcement,
    make_field,
    make_ministry_decision,
    make_procedure,
)
from tests.publication.acts import NOON, issue

_DAYS = st.integers(0, 25)


@dataclass
class Province:
    """What the acts work on, and the moment they happen at."""

    issuer: Agency
    ministry: Agency
    agencies: list[Agency]
    procedures: list[Procedure]
    now: datetime = NOON
    last: list[int] = field(default_factory=list)

    @property
    def today(self) -> date:
        return self.now.date()


def make_province() -> Province:
    office = make_agency("Ủy ban nhân dân tỉnh", kind="province")
    agencies = [make_agency(parent=office) for _ in range(3)]
    subject = make_field()
    procedures = [
        make_procedure(f"1.90000{n}", field=subject, lead_agency=agency)
        for n, agency in enumerate([*agencies, None])
    ]
    return Province(office, make_agency("Bộ Tư pháp", kind="ministry"), agencies, procedures)


def ministry_announces(province: Province, draw: Any) -> None:
    codes = draw(st.lists(_codes(province), min_size=1, max_size=3, unique=True))
    signed_on = draw(st.sampled_from([None, *[province.today] * 3]))
    signed_on = signed_on and signed_on - timedelta(days=draw(_DAYS))
    decision = make_ministry_decision(
        codes=codes,
        effect=draw(st.sampled_from(ItemEffect.values)),
        issuer=province.ministry,
        signed_on=signed_on,
        received_on=draw(st.sampled_from([None, province.today])),
        is_proposed=draw(st.sampled_from([True, False, False])),
        shortened_procedure=draw(st.sampled_from([True, False, False])),
    )
    if draw(st.booleans()):
        effective_on = province.today + timedelta(days=draw(_DAYS))
        decision.legal_documents.create(number="1/TT", effective_on=effective_on)
    decision.items.update(
        replaces_codes=draw(st.lists(_codes(province), max_size=1)),
        levels=draw(st.lists(st.sampled_from(["province", "commune"]), max_size=2)),
    )
    name_agencies(province, draw)


def confirm_or_take_back(province: Province, draw: Any) -> None:
    decision = _one_of(MinistryDecision.objects.all(), draw)
    if decision:
        decision.is_proposed = not decision.is_proposed
        decision.save()


def correct_dates(province: Province, draw: Any) -> None:
    decision = _one_of(MinistryDecision.objects.all(), draw)
    if decision:
        decision.received_on = province.today - timedelta(days=draw(_DAYS))
        decision.save()
        decision.legal_documents.update(effective_on=province.today)


def name_agencies(province: Province, draw: Any) -> None:
    item = _one_of(MinistryItem.objects.all(), draw)
    if item:
        item.agencies.set(draw(st.lists(st.sampled_from(province.agencies), max_size=3)))


def decide_on_an_exit(province: Province, draw: Any) -> None:
    item = _one_of(MinistryItem.objects.all(), draw)
    if item:
        item.not_applicable_reason = "Chỉ thực hiện tại bộ"
        item.not_applicable_approved_at = draw(st.sampled_from([None, province.now]))
        item.save()


def give_a_procedure_another_lead(province: Province, draw: Any) -> None:
    procedure = draw(st.sampled_from(province.procedures))
    procedure.lead_agency = draw(st.sampled_from([None, *province.agencies]))
    procedure.save()


def give_a_procedure_a_successor(province: Province, draw: Any) -> None:
    old, new = (draw(st.sampled_from(province.procedures)) for _ in "ab")
    old.successors.add(new)


def end_an_agency(province: Province, draw: Any) -> None:
    agency = draw(st.sampled_from(province.agencies))
    agency.valid_to = province.today - timedelta(days=1)
    agency.save()
    if draw(st.booleans()):
        province.agencies.append(make_agency(parent=province.issuer))
    agency.successors.add(*draw(st.lists(st.sampled_from(province.agencies), max_size=2)))


def announce(province: Province, draw: Any) -> None:
    """By any agency or none, with or without a link; signed some days ago or today."""
    decision = _draft(province, draw)
    signed_on = province.today - timedelta(days=draw(_DAYS))
    _unless_refused(lambda: issue(decision, signed_on=signed_on, now=province.now))


def submit(province: Province, draw: Any) -> None:
    decision = _draft(province, draw)
    _unless_refused(lambda: submit_announcement(decision_id=decision.pk, by=None, now=province.now))


def give_back(province: Province, draw: Any) -> None:
    decision = _in_status(DecisionStatus.SUBMITTED, draw)
    if decision:
        return_announcement(decision_id=decision.pk, by=None, reason="Sửa", now=province.now)


def withdraw(province: Province, draw: Any) -> None:
    decision = _in_status(DecisionStatus.ISSUED, draw)
    if decision:
        withdraw_announcement(decision_id=decision.pk, by=None, basis="QĐ 9", now=province.now)


def correct(province: Province, draw: Any) -> None:
    wrong = _in_status(DecisionStatus.ISSUED, draw)
    if wrong:
        correction = draft_correction(decision_id=wrong.pk, by=None, now=province.now)
        day = province.today
        _unless_refused(lambda: issue(correction, signed_on=day, now=province.now))


def change_a_rule(province: Province, draw: Any) -> None:
    rules = DeadlineRule.objects.filter(code__in=["province_announces", "province_after_receipt"])
    rules.update(amount=F("amount") + 1)


def days_pass(province: Province, draw: Any) -> None:
    province.now += timedelta(days=draw(st.integers(1, 9)))


ACTS: list[Callable[[Province, Any], None]] = [
    ministry_announces,
    ministry_announces,
    ministry_announces,
    announce,
    announce,
    announce,
    confirm_or_take_back,
    correct_dates,
    name_agencies,
    name_agencies,
    decide_on_an_exit,
    give_a_procedure_another_lead,
    give_a_procedure_a_successor,
    end_an_agency,
    submit,
    give_back,
    withdraw,
    correct,
    change_a_rule,
    days_pass,
]


def _codes(province: Province) -> Any:
    return st.sampled_from([*(procedure.code for procedure in province.procedures), "1.900009"])


def _draft(province: Province, draw: Any) -> AnnouncementDecision:
    procedures = draw(
        st.lists(st.sampled_from(province.procedures), min_size=1, max_size=2, unique=True)
    )
    decision = make_announcement(
        procedures=procedures,
        effect=draw(st.sampled_from(["amended", "amended", "replaced", "abolished"])),
        issuer=province.issuer,
        lead_agency=draw(st.sampled_from([None, *province.agencies])),
    )
    first = decision.items.first()
    if first and first.effect == ItemEffect.REPLACED:
        first.replaces.add(draw(st.sampled_from(province.procedures)))
    if draw(st.booleans()):
        decision.items.update(answers=_one_of(MinistryItem.objects.all(), draw))
    return decision


def _unless_refused(act: Callable[[], Any]) -> None:
    """What the portal refuses changes nothing."""
    try:
        act()
    except DecisionRefused:
        return


def _in_status(status: str, draw: Any) -> AnnouncementDecision | None:
    found: AnnouncementDecision | None = _one_of(
        AnnouncementDecision.objects.filter(status=status), draw
    )
    return found


def _one_of(rows: Any, draw: Any) -> Any:
    found = list(rows.order_by("pk"))
    return draw(st.sampled_from(found)) if found else None
