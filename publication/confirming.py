"""Confirming what a machine proposed: a person says when a ministry decision was signed."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from simple_history.utils import bulk_update_with_history

from catalog.enums import Role
from catalog.models import name_of
from catalog.people import person_of
from publication.authority import NotAllowed
from publication.models import AnnouncementItem, MinistryDecision, MinistryItem
from publication.querysets import MinistryDecisionQuerySet
from publication.wake import wake_gaps

_MAY_CONFIRM = (Role.OFFICER, Role.HEAD, Role.CONTROLLER, Role.ADMINISTRATOR)


class NotConfirmed(Exception):
    """A decision that cannot be confirmed so; the message says why."""


def confirm_ministry_decision(
    *, decision_id: int, by: Any, now: datetime, signed_on: date, received_on: date | None
) -> MinistryDecision:
    """From here on the decision counts: its items are owed an answer.

    National texts do not state the day of signing, so the person does. When that decision is
    entered already, its proposed items join it and the proposal goes; the one that stays is
    returned. Raises NotAllowed and NotConfirmed; then nothing has changed.
    """
    with transaction.atomic():
        proposal = lock_proposal(decision_id, by=by)
        _check_days(signed_on, received_on, now)
        entered = _entered(proposal, signed_on)
        if entered is not None:
            _join(proposal, entered, by=by, now=now)
        else:
            entered = proposal
            entered.is_proposed = False
            entered.signed_on, entered.received_on = signed_on, received_on
            entered.created_by = entered.created_by or by
        _save(entered, by=by, now=now, joined=entered is not proposal)
        transaction.on_commit(wake_gaps)
        return entered


def lock_proposal(decision_id: int, *, by: Any) -> MinistryDecision:
    """A proposal that waits for an answer. Raises NotAllowed and NotConfirmed."""
    if by is not None and not person_of(by).has(*_MAY_CONFIRM):
        raise NotAllowed("Việc này do cán bộ được giao nhập quyết định làm.")
    decision = _open_to(by).filter(pk=decision_id).first()
    if decision is None:
        raise NotAllowed("Quyết định này không còn hoặc không thuộc phần việc của anh/chị.")
    if not decision.is_proposed:
        raise NotConfirmed(f"Quyết định {decision} đã được xác nhận.")
    if decision.rejected_at is not None:
        raise NotConfirmed(f"Đề xuất {decision} đã bị bác: {decision.rejection_reason}")
    return decision


def _open_to(by: Any) -> MinistryDecisionQuerySet:
    rows = MinistryDecision.objects.all()
    return (rows if by is None else rows.visible_to(by)).select_for_update(of=("self",))


def _check_days(signed_on: date, received_on: date | None, now: datetime) -> None:
    today = localdate(now)
    if signed_on > today:
        raise NotConfirmed("Ngày ký không được ở sau hôm nay.")
    if received_on is not None and received_on < signed_on:
        raise NotConfirmed("Ngày nhận không được trước ngày ký.")
    if received_on is not None and received_on > today:
        raise NotConfirmed("Ngày nhận không được ở sau hôm nay.")


def _entered(proposal: MinistryDecision, signed_on: date) -> MinistryDecision | None:
    """The same decision as somebody entered it: issuer, number and year name a decision."""
    same = MinistryDecision.objects.select_for_update(of=("self",)).filter(
        issuer=proposal.issuer_id,
        number_key=proposal.number_key,
        signed_year=signed_on.year,
        is_proposed=False,
    )
    found = same.first()
    if found is not None and found.signed_on != signed_on:
        raise NotConfirmed(
            f"Quyết định {found} đã được nhập trong năm này với ngày ký khác: kiểm tra lại ngày ký."
        )
    return found


def _join(proposal: MinistryDecision, entered: MinistryDecision, *, by: Any, now: datetime) -> None:
    """Items move over, but for codes that the entered decision holds; the proposal goes."""
    held = dict(entered.items.values_list("code", "pk"))
    last = entered.items.order_by("-ordinal").values_list("ordinal", flat=True).first() or 0
    moving = [item for item in proposal.items.order_by("ordinal", "pk") if item.code not in held]
    for ordinal, item in enumerate(moving, start=last + 1):
        item.decision, item.ordinal = entered, ordinal
    bulk_update_with_history(
        moving,
        MinistryItem,
        ["decision", "ordinal"],
        batch_size=500,
        default_user=by,
        default_date=now,
        default_change_reason="Từ đề xuất cùng số quyết định",
        custom_historical_attrs={"actor_name": name_of(by)},
    )
    _move_answers(proposal, held)
    proposal._history_user = by  # type: ignore[attr-defined]
    proposal._change_reason = f"Gộp vào {entered}"  # type: ignore[attr-defined]
    proposal.delete()


def _move_answers(proposal: MinistryDecision, held: dict[str, int]) -> None:
    """What the province answered of a code that does not move answers the code that stays."""
    answers = list(
        AnnouncementItem.objects.filter(
            answers__decision=proposal, answers__code__in=held
        ).select_related("answers")
    )
    for item in answers:
        assert item.answers is not None, "the rows were found by what they answer"
        item.answers_id = held[item.answers.code]
    AnnouncementItem.objects.bulk_update(answers, ["answers"], batch_size=500)


def _save(decision: MinistryDecision, *, by: Any, now: datetime, joined: bool) -> None:
    step = "Thêm thủ tục từ đề xuất" if joined else "Xác nhận quyết định do máy đề xuất"
    decision.version += 1
    decision._history_user, decision._history_date = by, now  # type: ignore[attr-defined]
    decision._change_reason = step  # type: ignore[attr-defined]
    decision.save()
