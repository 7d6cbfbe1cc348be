"""Writing the log of acts on a decision, and moving a decision from status to status."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from catalog.models import name_of
from publication.enums import DecisionActKind, DecisionStatus
from publication.lifecycle import check_move
from publication.models import AnnouncementDecision, DecisionAct


class StaleDecision(Exception):
    """Somebody changed the decision since it was read; the message says who, when and what."""


def lock_decision(decision_id: int, *, version: int | None = None) -> AnnouncementDecision:
    """The decision, locked until the transaction ends. Raises StaleDecision for an old version."""
    locked = AnnouncementDecision.objects.select_for_update(of=("self",))
    decision = locked.get(pk=decision_id)
    if version is not None and version != decision.version:
        raise StaleDecision(_what_changed(decision))
    return decision


def move(
    decision: AnnouncementDecision,
    wanted: DecisionStatus,
    *,
    kind: DecisionActKind,
    by: Any,
    now: datetime,
    remarks: str = "",
    override_reason: str = "",
) -> None:
    """Bring a locked decision into a status, save it and log the act. Raises IllegalMove."""
    before = decision.status
    check_move(before, wanted)
    decision.status = wanted
    decision.version += 1
    # simple_history reads who and why from the row it saves.
    decision._history_user = by  # type: ignore[attr-defined]
    decision._change_reason = f"{kind.label}: {remarks}" if remarks else str(kind.label)  # type: ignore[attr-defined]
    decision.save()
    log_act(
        decision,
        kind=kind,
        by=by,
        now=now,
        before=before,
        remarks=remarks,
        override_reason=override_reason,
    )


def log_act(
    decision: AnnouncementDecision,
    *,
    kind: DecisionActKind,
    by: Any,
    now: datetime,
    before: str = "",
    remarks: str = "",
    override_reason: str = "",
) -> DecisionAct:
    """Append one act with the status it left the decision in."""
    return DecisionAct.objects.create(
        decision=decision,
        kind=kind,
        status_before=before or decision.status,
        status_after=decision.status,
        actor=by,
        actor_name=name_of(by),
        acted_at=now,
        remarks=remarks,
        override_reason=override_reason,
        frozen_digest=decision.frozen_digest,
    )


def _what_changed(decision: AnnouncementDecision) -> str:
    last = decision.acts.exclude(kind=DecisionActKind.READ).last()
    if last is None:
        return "Quyết định đã thay đổi từ khi anh/chị mở: tải lại trang rồi làm lại."
    who = last.actor_name or "hệ thống"
    return (
        f"Quyết định đã thay đổi từ khi anh/chị mở: {who} – "
        f"{DecisionActKind(last.kind).label.lower()} lúc {_local(last.acted_at)}"
        f"{f' ({last.remarks})' if last.remarks else ''}. Tải lại trang rồi làm lại."
    )


def _local(moment: datetime) -> str:
    return f"{localtime(moment):%H:%M %d/%m/%Y}"
