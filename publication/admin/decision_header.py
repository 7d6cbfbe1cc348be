"""What stands at the head of a decision's page: where it stands, its days, why it came back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from publication.enums import DecisionActKind, DecisionStatus, Standing
from publication.lifecycle import PUBLIC, standing
from publication.models import AnnouncementDecision, DecisionAct
from publication.standings import lapsed_days


@dataclass(frozen=True)
class Day:
    """One day in the life of a decision, or one it still lacks."""

    label: str
    words: str
    note: str = ""
    is_to_come: bool = False


@dataclass(frozen=True)
class Header:
    standing: Standing
    days: list[Day]
    returned: DecisionAct | None
    correction_of: AnnouncementDecision | None


def read_header(decision: AnnouncementDecision, *, on: date, user: Any) -> Header:
    """Four queries: the last texts' end, the first day public, the return, the corrected one."""
    lapsed_on = lapsed_days([decision.pk]).get(decision.pk)
    return Header(
        standing=standing(
            decision.status, effective_on=decision.effective_on, lapsed_on=lapsed_on, on=on
        ),
        days=_days(decision, lapsed_on=lapsed_on, on=on),
        returned=_return(decision, user),
        correction_of=decision.corrects,
    )


def _return(decision: AnnouncementDecision, user: Any) -> DecisionAct | None:
    """The act that gave it back, while its remarks wait to be answered."""
    if decision.status != DecisionStatus.RETURNED:
        return None
    acts = DecisionAct.objects.visible_to(user).filter(decision=decision)
    return acts.filter(kind=DecisionActKind.RETURNED).last()


def _days(decision: AnnouncementDecision, *, lapsed_on: date | None, on: date) -> list[Day]:
    """Kept apart: what was signed on one day can be public on another and hold from a third."""
    shown = (
        decision.listings.exclude(in_force_at=None)
        .order_by("in_force_at")
        .values_list("in_force_at", flat=True)
        .first()
        if decision.status in PUBLIC
        else None
    )
    rows = [
        _moment(_("Soạn"), decision.created_at),
        _day(_("Tờ trình"), decision.submission_on, note=decision.submission_number, on=on),
        _moment(_("Trình"), decision.submitted_at),
        _moment(_("Duyệt"), decision.approved_at),
        _day(_("Ký"), decision.signed_on, note=decision.signed_by, on=on),
        _day(_("Có hiệu lực"), decision.effective_on, on=on),
        _moment(_("Công khai"), shown),
    ]
    if lapsed_on:
        rows.append(_day(_("Hết hiệu lực"), lapsed_on, on=on))
    if decision.withdrawn_on:
        rows.append(
            _day(_("Thu hồi"), decision.withdrawn_on, note=decision.withdrawal_basis, on=on)
        )
    return rows


def _moment(label: str, moment: datetime | None) -> Day:
    if moment is None:
        return Day(label, "", is_to_come=True)
    return Day(label, f"{localtime(moment):%d/%m/%Y}", note=f"{localtime(moment):%H:%M}")


def _day(label: str, day: date | None, *, on: date, note: str = "") -> Day:
    if day is None:
        return Day(label, "", note=note, is_to_come=True)
    return Day(label, f"{day:%d/%m/%Y}", note=note, is_to_come=day > on)
