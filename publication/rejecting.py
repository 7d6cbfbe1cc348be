"""Rejecting what a machine proposed: the Office says why a ministry decision does not count."""

from datetime import datetime
from typing import Any

from django.db import transaction

from catalog.models import name_of
from publication.confirming import NotConfirmed, lock_proposal
from publication.models import MinistryDecision

_WORDS = 500  # characters of a reason


class NotRejected(Exception):
    """A proposal that cannot be rejected so; the message says why."""


def reject_ministry_decision(
    *, decision_id: int, by: Any, now: datetime, reason: str
) -> MinistryDecision:
    """From here on no review proposes these codes under this number again.

    The proposal is kept with its reason; a code that texts lay to the number later is a new
    proposal. Raises NotAllowed and NotRejected; then nothing has changed.
    """
    reason = reason.strip()
    with transaction.atomic():
        proposal = _lock(decision_id, by=by)
        if not reason:
            raise NotRejected("Ghi lý do bác đề xuất.")
        if len(reason) > _WORDS:
            raise NotRejected(f"Lý do dài quá {_WORDS} ký tự; viết ngắn lại.")
        proposal.rejected_at, proposal.rejected_by = now, name_of(by)
        proposal.rejection_reason = reason
        proposal.version += 1
        proposal._history_user, proposal._history_date = by, now  # type: ignore[attr-defined]
        proposal._change_reason = f"Bác đề xuất: {reason}"  # type: ignore[attr-defined]
        proposal.save()
        return proposal


def _lock(decision_id: int, *, by: Any) -> MinistryDecision:
    try:
        return lock_proposal(decision_id, by=by)
    except NotConfirmed as refused:
        raise NotRejected(str(refused)) from refused
