"""Closing an alarm of the register: tied to a ministry decision, or explained in words.

An alarm that a decision explains by itself closes without a person: nobody has to find it again.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from catalog.enums import Role
from catalog.models import Procedure
from catalog.people import person_of
from publication.authority import NotAllowed
from publication.enums import AlarmKind, ItemEffect
from publication.explanations import KnownItems
from publication.models import MinistryDecision, MinistryItem, RegisterAlarm
from publication.register_changes import Change
from publication.wake import wake_gaps

_EFFECTS = {
    AlarmKind.NEW: ItemEffect.NEW,
    AlarmKind.RENAMED: ItemEffect.AMENDED,
    AlarmKind.CHANGED: ItemEffect.AMENDED,
    AlarmKind.VANISHED: ItemEffect.ABOLISHED,
}
_WORDS = 500  # characters of a resolution
_EXPLAINED = "Đã có quyết định của bộ giải thích thay đổi này."


class NotResolved(Exception):
    """An alarm that cannot be closed so; the message names the mend."""


def resolve_alarm(
    *,
    alarm_id: int,
    by: Any,
    now: datetime,
    resolution: str,
    decision: MinistryDecision | None = None,
) -> RegisterAlarm:
    """The Office says what the change was. Tied to a decision, the code becomes its item.

    So a vanished code is owed an abolition only when a decision of the ministry says so. Raises
    NotAllowed and NotResolved; then nothing has changed.
    """
    if by is not None and not person_of(by).has(Role.CONTROLLER, Role.ADMINISTRATOR):
        raise NotAllowed(f"Việc này do {Role.CONTROLLER.label} làm.")
    with transaction.atomic():
        alarm = RegisterAlarm.objects.select_for_update(of=("self",)).get(pk=alarm_id)
        words = _words(alarm, resolution.strip(), decision)
        if decision is not None:
            _tie(alarm, decision, by=by, now=now)
        alarm.resolved_at, alarm.resolved_by, alarm.resolution = now, by, words
        alarm.save(update_fields=["resolved_at", "resolved_by", "resolution"])
        return alarm


def close_explained_renames(*, now: datetime) -> int:
    """Close the open alarms of renamed codes whose new name a ministry decision gave: how many.

    Follows from the rows alone, so it may run after every entry and again.
    """
    alarms = list(RegisterAlarm.objects.open().filter(kind=AlarmKind.RENAMED))
    known = KnownItems(alarm.code for alarm in alarms)
    closed = [alarm for alarm in alarms if known.gave(alarm.code, alarm.after, on=alarm.seen_on)]
    return _close(closed, now=now)


def close_explained_alarms(changes: Iterable[Change], *, now: datetime) -> int:
    """Close the open alarms of changes that are explained by now: how many."""
    explained = {(change.code, change.kind, change.seen_on) for change in changes}
    alarms = RegisterAlarm.objects.open().filter(code__in={code for code, *_ in explained})
    closed = [one for one in alarms if (one.code, one.kind, one.seen_on) in explained]
    return _close(closed, now=now)


def _close(alarms: list[RegisterAlarm], *, now: datetime) -> int:
    """By nobody: the person who meanwhile closed one of them keeps their words."""
    still_open = RegisterAlarm.objects.open().filter(pk__in=[alarm.pk for alarm in alarms])
    return still_open.update(resolved_at=now, resolution=_EXPLAINED)


def _words(alarm: RegisterAlarm, resolution: str, decision: MinistryDecision | None) -> str:
    if alarm.resolved_at is not None:
        raise NotResolved(f"{alarm.code}: thay đổi này đã được xử lý.")
    if decision is None and not resolution:
        raise NotResolved(f"{alarm.code}: ghi kết quả xử lý hoặc chọn quyết định của bộ.")
    if decision is not None and decision.is_proposed:
        raise NotResolved(f"{alarm.code}: xác nhận quyết định {decision} trước khi gắn.")
    tied = f"Gắn với quyết định {decision}. " if decision else ""
    words = f"{tied}{resolution}".strip()
    if len(words) > _WORDS:
        raise NotResolved(f"{alarm.code}: kết quả xử lý dài quá {_WORDS} ký tự; viết ngắn lại.")
    return words


def _tie(alarm: RegisterAlarm, decision: MinistryDecision, *, by: Any, now: datetime) -> None:
    """Add the code to the decision unless it stands there."""
    if decision.items.filter(code=alarm.code).exists():
        return
    procedure = Procedure.objects.filter(code=alarm.code).only("name", "levels").first()
    item = MinistryItem(
        decision=decision,
        ordinal=1 + (decision.items.aggregate(last=Max("ordinal"))["last"] or 0),
        code=alarm.code,
        name=_name(alarm, procedure),
        effect=_EFFECTS[AlarmKind(alarm.kind)],
        levels=procedure.levels if procedure else [],
    )
    item._history_user, item._history_date = by, now  # type: ignore[attr-defined]
    item._change_reason = "Gắn với thay đổi của dữ liệu quốc gia"  # type: ignore[attr-defined]
    item.save()
    transaction.on_commit(wake_gaps)


def _name(alarm: RegisterAlarm, procedure: Procedure | None) -> str:
    if alarm.kind in (AlarmKind.NEW, AlarmKind.RENAMED):
        return alarm.after
    if alarm.kind == AlarmKind.VANISHED:
        return alarm.before
    return procedure.name if procedure else alarm.code
