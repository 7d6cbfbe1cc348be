"""Correcting an issued decision (đính chính): a decision of its own that names the one it mends."""

from datetime import datetime
from typing import Any

from django.db import transaction

from publication.acts_log import log_act
from publication.enums import DecisionActKind, DecisionStatus, ItemEffect
from publication.models import AnnouncementDecision, AnnouncementItem


class NothingToCorrect(Exception):
    """Only an issued decision can be corrected; the message says what this one is."""


@transaction.atomic
def draft_correction(
    *, decision_id: int, by: Any, now: datetime, codes: list[str] | None = None
) -> AnnouncementDecision:
    """A draft that announces the texts of a decision again, put right in the register meanwhile.

    Issued with the day of effect of the decision it corrects, its texts set the wrong ones aside
    for that day; the wrong ones stay in the history. `codes` limits it to some procedures.
    Raises NothingToCorrect; then nothing is written.
    """
    wrong = AnnouncementDecision.objects.get(pk=decision_id)
    if wrong.status != DecisionStatus.ISSUED:
        raise NothingToCorrect(
            f"Chỉ đính chính được quyết định đã ban hành; quyết định này: "
            f"{wrong.get_status_display()}."
        )
    items = wrong.items.exclude(effect=ItemEffect.ABOLISHED).order_by("ordinal", "pk")
    if codes is not None:
        items = items.filter(procedure__code__in=codes)
    correction = AnnouncementDecision.objects.create(
        issuer=wrong.issuer,
        lead_agency=wrong.lead_agency,
        corrects=wrong,
        title=f"Đính chính Quyết định số {wrong}: {wrong.title}"[:1000],
        created_by=by,
    )
    AnnouncementItem.objects.bulk_create(
        AnnouncementItem(
            decision=correction,
            ordinal=ordinal,
            part=item.part,
            effect=ItemEffect.AMENDED,
            procedure_id=item.procedure_id,
        )
        for ordinal, item in enumerate(items, start=1)
    )
    log_act(correction, kind=DecisionActKind.ENTERED, by=by, now=now)
    return correction
