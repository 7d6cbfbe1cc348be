"""Recording who read a draft that is not theirs."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from publication.acts_log import lock_decision, log_act
from publication.enums import DecisionActKind
from publication.lifecycle import PUBLIC
from publication.models import AnnouncementDecision


def record_read(decision: AnnouncementDecision, *, by: Any, now: datetime) -> None:
    """Log that a person read another's unpublished decision: once a person, decision and day."""
    if decision.status in PUBLIC or decision.created_by_id == by.pk:
        return
    if _has_read(decision, by=by, now=now):
        return
    with transaction.atomic():
        locked = lock_decision(decision.pk)
        if not _has_read(locked, by=by, now=now):  # two pages opened at once are one reading
            log_act(locked, kind=DecisionActKind.READ, by=by, now=now)


def _has_read(decision: AnnouncementDecision, *, by: Any, now: datetime) -> bool:
    read = decision.acts.filter(kind=DecisionActKind.READ, actor=by.pk)
    return read.filter(acted_at__date=localtime(now).date()).exists()
