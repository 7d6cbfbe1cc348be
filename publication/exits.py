"""Items of a ministry that do not apply in the province: proposed by one, approved by another.

Many procedures are carried out at the ministry only, and a gap register without this exit would
never be empty. The exit is a judgement, so it has a reason, two people and a history row for each
step; only an approved one takes the item out of the gap register (MinistryItemQuerySet.applicable).
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from simple_history.utils import bulk_update_with_history

from catalog.enums import Role
from catalog.models import name_of
from catalog.people import person_of
from publication.authority import NotAllowed
from publication.models import MinistryItem
from publication.querysets import MinistryItemQuerySet
from publication.wake import wake_gaps

MINISTRY_ONLY = "Thủ tục chỉ thực hiện ở bộ, không thực hiện tại tỉnh."
_MAY_PROPOSE = (Role.OFFICER, Role.HEAD, Role.CONTROLLER, Role.ADMINISTRATOR)
_MAY_DECIDE = (Role.CONTROLLER, Role.ADMINISTRATOR)
_BATCH = 500


class NoExit(Exception):
    """The step does not fit where the exit stands; the message says what would."""


def propose_exit(*, item_id: int, reason: str, by: Any, now: datetime) -> MinistryItem:
    """Say that an item does not apply in the province. Another reason takes an approval off.

    Raises NotAllowed and NoExit; then nothing has changed.
    """
    reason = reason.strip()
    with transaction.atomic():
        item = _lock(item_id, by=by, roles=_MAY_PROPOSE)
        if not reason:
            raise NoExit(f"{item.code}: ghi lý do không áp dụng tại tỉnh.")
        if reason != item.not_applicable_reason:
            item.not_applicable_reason, item.not_applicable_by = reason, by
            _take_approval_off(item)
            _save(item, by=by, now=now, step="Đề nghị không áp dụng", words=reason)
        return item


def approve_exit(*, item_id: int, by: Any, now: datetime) -> MinistryItem:
    """The Office agrees: the province owes no announcement. Nobody approves their own proposal.

    Raises NotAllowed and NoExit; then nothing has changed.
    """
    with transaction.atomic():
        item = _lock(item_id, by=by, roles=_MAY_DECIDE)
        _check_waiting(item)
        if by is not None and by.pk == item.not_applicable_by_id:
            raise NotAllowed(
                f"{item.code}: {name_of(by)} đã đề nghị nên không được chấp thuận; "
                "để người khác chấp thuận."
            )
        item.not_applicable_approved_at, item.not_applicable_approved_by = now, name_of(by)
        _save(item, by=by, now=now, step="Chấp thuận không áp dụng")
        return item


def refuse_exit(*, item_id: int, by: Any, now: datetime, remarks: str) -> MinistryItem:
    """The Office disagrees, and says why: the item stays among those to be announced.

    Raises NotAllowed and NoExit; then nothing has changed.
    """
    with transaction.atomic():
        item = _lock(item_id, by=by, roles=_MAY_DECIDE)
        _check_waiting(item)
        if not remarks.strip():
            raise NoExit(f"{item.code}: ghi lý do từ chối.")
        _clear(item)
        _save(item, by=by, now=now, step="Từ chối không áp dụng", words=remarks.strip())
        return item


def withdraw_exit(*, item_id: int, by: Any, now: datetime) -> MinistryItem:
    """Take a proposal back; an approved exit is taken back by the Office alone.

    Raises NotAllowed and NoExit; then nothing has changed.
    """
    with transaction.atomic():
        item = _lock(item_id, by=by, roles=_MAY_PROPOSE)
        if not item.not_applicable_reason:
            raise NoExit(f"{item.code}: chưa có đề nghị không áp dụng.")
        if item.not_applicable_approved_at:
            _check_role(by, _MAY_DECIDE)
        _clear(item)
        _save(item, by=by, now=now, step="Rút đề nghị không áp dụng")
        return item


def propose_exits_for_ministry_only(*, decision_id: int, by: Any, now: datetime) -> list[str]:
    """Propose the exit for every item carried out at the ministry only; the codes proposed.

    Items that have a reason already, or that the province has answered, are left alone. The
    queries do not depend on how many items there are. Raises NotAllowed.
    """
    _check_role(by, _MAY_PROPOSE)
    with transaction.atomic():
        items = list(
            _open_to(by)
            .filter(decision=decision_id, not_applicable_reason="")
            .unanswered()
            .ministry_only()
            .order_by("ordinal", "pk")
        )
        for item in items:
            item.not_applicable_reason, item.not_applicable_by = MINISTRY_ONLY, by
        if items:
            bulk_update_with_history(
                items,
                MinistryItem,
                ["not_applicable_reason", "not_applicable_by"],
                batch_size=_BATCH,
                default_user=by,
                default_date=now,
                default_change_reason="Đề nghị không áp dụng: chỉ thực hiện ở bộ",
                custom_historical_attrs={"actor_name": name_of(by)},
            )
        return [item.code for item in items]


def _lock(item_id: int, *, by: Any, roles: tuple[Role, ...]) -> MinistryItem:
    _check_role(by, roles)
    item = _open_to(by).filter(pk=item_id).first()
    if item is None:
        raise NotAllowed("Thủ tục này không còn hoặc không thuộc phần việc của anh/chị.")
    return item


def _open_to(by: Any) -> MinistryItemQuerySet:
    rows = MinistryItem.objects.all() if by is None else MinistryItem.objects.visible_to(by)
    return rows.select_for_update(of=("self",))


def _check_role(by: Any, roles: tuple[Role, ...]) -> None:
    if by is not None and not person_of(by).has(*roles):
        names = ", ".join(str(role.label) for role in roles)
        raise NotAllowed(f"Việc này do {names} làm.")


def _check_waiting(item: MinistryItem) -> None:
    if not item.not_applicable_reason:
        raise NoExit(f"{item.code}: chưa có đề nghị không áp dụng.")
    if item.not_applicable_approved_at:
        raise NoExit(f"{item.code}: đã chấp thuận không áp dụng.")


def _take_approval_off(item: MinistryItem) -> None:
    item.not_applicable_approved_at, item.not_applicable_approved_by = None, ""


def _clear(item: MinistryItem) -> None:
    item.not_applicable_reason, item.not_applicable_by = "", None
    _take_approval_off(item)


def _save(item: MinistryItem, *, by: Any, now: datetime, step: str, words: str = "") -> None:
    """One history row: the fields say old and new, the reason says which step it was."""
    item._history_user, item._history_date = by, now  # type: ignore[attr-defined]
    item._change_reason = f"{step}: {words}" if words else step  # type: ignore[attr-defined]
    item.save()
    transaction.on_commit(wake_gaps)
