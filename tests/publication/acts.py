"""Acts that many tests begin with, by the real actions."""

from datetime import UTC, date, datetime
from typing import Any

from publication.actions import (
    approve_announcement,
    issue_announcement,
    submit_announcement,
)
from publication.models import AnnouncementDecision
from tests.factories import make_announcement

NOON = datetime(2024, 10, 3, 5, 0, tzinfo=UTC)  # Thursday noon in the province


def issue(
    decision: AnnouncementDecision,
    *,
    number: str = "",
    signed_on: date = date(2024, 10, 3),
    effective_on: date | None = None,
    now: datetime = NOON,
) -> AnnouncementDecision:
    """Submit a draft and issue it; in force from its signing unless told otherwise."""
    submit_announcement(decision_id=decision.pk, by=None, now=now)
    approve_announcement(decision_id=decision.pk, by=None, now=now)
    return issue_announcement(
        decision_id=decision.pk,
        by=None,
        number=number or f"{decision.pk}/QĐ-UBND",
        signed_on=signed_on,
        signed_by="Chủ tịch Nguyễn Văn Mẫu",
        effective_on=effective_on or signed_on,
        now=now,
    )


def announce(*procedures: Any, effect: str = "new", **facts: Any) -> AnnouncementDecision:
    """One issued decision over the given procedures."""
    entered = {name: facts.pop(name) for name in ("issuer", "lead_agency") if name in facts}
    decision = make_announcement(procedures=list(procedures), effect=effect, **entered)
    return issue(decision, **facts)
