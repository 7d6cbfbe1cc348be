"""Drafting the province's answer to a ministry decision, so that nobody types it again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from catalog.enums import AgencyKind
from catalog.models import Agency, Procedure
from publication.enums import ItemEffect
from publication.listings import offered_procedures
from publication.models import (
    AnnouncementDecision,
    AnnouncementItem,
    MinistryDecision,
    MinistryItem,
)


class NothingToDraft(Exception):
    """A ministry decision that leaves nothing to announce; the message says why."""


@dataclass(frozen=True)
class DraftedAnswer:
    """The draft, and the ministry items it could not take, each with the reason."""

    decision: AnnouncementDecision
    left_out: list[tuple[str, str]]


@transaction.atomic
def draft_answer(*, ministry_decision_id: int, by: Any, on: date) -> DraftedAnswer:
    """A draft announcement with one item for each applicable item nobody has answered yet.

    What the province already offers is amended rather than new, and what it never offered cannot
    be abolished. Procedures of other agencies are left to their people: a draft shows register
    texts. Raises NothingToDraft; then nothing is written.
    """
    ministry = MinistryDecision.objects.get(pk=ministry_decision_id)
    wanted = list(_unanswered(ministry))
    procedures = Procedure.objects.select_related("lead_agency").in_bulk(
        [item.code for item in wanted], field_name="code"
    )
    own = _in_reach(procedures.values(), by=by)
    offered = offered_procedures([procedure.pk for procedure in procedures.values()], on=on)
    rows, left_out = [], []
    for item in wanted:
        procedure = procedures.get(item.code)
        if procedure is None:
            left_out.append((item.code, "chưa có trong kho thủ tục: nhập thủ tục trước"))
        elif procedure.pk not in own:
            left_out.append((item.code, _whose(procedure)))
        elif item.effect == ItemEffect.ABOLISHED and procedure.pk not in offered:
            left_out.append(
                (item.code, "tỉnh chưa công khai thủ tục này nên không có gì để bãi bỏ")
            )
        else:
            rows.append((item, procedure, _effect(item, offered=procedure.pk in offered)))
    if not rows:
        raise NothingToDraft(_why_nothing(left_out))
    return DraftedAnswer(_write(ministry, rows, by=by), left_out)


def _in_reach(procedures: Iterable[Procedure], *, by: Any) -> set[int]:
    """The procedures whose register text the person may see; all of them for the system itself."""
    keys = [procedure.pk for procedure in procedures]
    rows = Procedure.objects.filter(pk__in=keys)
    return set((rows if by is None else rows.visible_to(by)).values_list("pk", flat=True))


def _whose(procedure: Procedure) -> str:
    if procedure.lead_agency is None:
        return "chưa giao cho cơ quan nào: đề nghị Văn phòng giao cơ quan chủ trì"
    return f"do {procedure.lead_agency} chủ trì: cơ quan đó soạn"


def _unanswered(ministry: MinistryDecision) -> Any:
    return ministry.items.applicable().unanswered().order_by("ordinal", "pk")


def _effect(item: MinistryItem, *, offered: bool) -> str:
    if item.effect == ItemEffect.NEW and offered:
        return ItemEffect.AMENDED
    return item.effect


def _why_nothing(left_out: list[tuple[str, str]]) -> str:
    if not left_out:
        return (
            "Mọi thủ tục của quyết định này đã được đưa vào quyết định của tỉnh hoặc không áp dụng."
        )
    return "Không soạn được dòng nào: " + "; ".join(f"{code} {why}" for code, why in left_out) + "."


def _write(
    ministry: MinistryDecision, rows: list[tuple[MinistryItem, Procedure, str]], *, by: Any
) -> AnnouncementDecision:
    issuer = Agency.objects.filter(kind=AgencyKind.PROVINCE, valid_to=None).order_by("pk").first()
    if issuer is None:
        raise NothingToDraft("Chưa có cơ quan loại “Ủy ban nhân dân tỉnh”: nhập cơ quan trước.")
    leads = {procedure.lead_agency_id for _item, procedure, _effect in rows}
    decision = AnnouncementDecision.objects.create(
        issuer=issuer,
        lead_agency_id=leads.pop() if len(leads) == 1 else None,
        title=f"Công bố thủ tục hành chính theo Quyết định {ministry} ({ministry.issuer_name})",
        created_by=by,
    )
    AnnouncementItem.objects.bulk_create(
        AnnouncementItem(
            decision=decision, ordinal=ordinal, effect=effect, procedure=procedure, answers=item
        )
        for ordinal, (item, procedure, effect) in enumerate(rows, start=1)
    )
    return decision
