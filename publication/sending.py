"""Handing mails to the server so that none is sent twice.

No program can know for certain whether a server that fell silent after the text had taken the
mail. So the row is claimed first, in a transaction of its own, and what comes of it is written
after: sent, surely not sent (tried again), refused, or unclear. An unclear one, like a claim whose
process died, is shown to staff and sent again only when one of them says so.
"""

import logging
from collections import Counter
from datetime import date, datetime
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from catalog.models import name_of
from publication.authority import NotAllowed
from publication.failed_tasks import conceal
from publication.handing_over import (
    ABANDONED_AFTER,
    MailServerDown,
    Outcome,
    hand_over,
    mail_server,
)
from publication.models import Notice
from publication.notices import Letter, plan_notices
from publication.report_letters import plan_report_letters
from publication.webhooks.letters import plan_webhook_letters

__all__ = ["ABANDONED_AFTER", "MailServerDown", "Outcome", "send_letter", "send_notices"]

logger = logging.getLogger(__name__)
State = Notice.State


class NotUnclear(Exception):
    """A mail that was sent, or will be tried again anyway, is not sent again by hand."""


def send_notices(*, on: date, now: datetime) -> dict[str, int]:
    """Send every mail that is due; how many ended in which state. Safe side by side.

    Raises MailServerDown; then the rest is due still.
    """
    count: Counter[str] = Counter()
    count[State.UNCLEAR] += mark_abandoned(now=now)
    due = chain(
        plan_notices(on=on, now=now), plan_report_letters(now=now), plan_webhook_letters(now=now)
    )
    for letter in due:
        outcome = send_letter(letter, now=now)
        if outcome is None:
            continue
        count[outcome.state] += 1
        if not outcome.goes_on:
            logger.warning("mails stopped for now: %s", outcome.error)
            break
    return {state: number for state, number in count.items() if number}


def send_letter(letter: Letter, *, now: datetime) -> Outcome | None:
    """Claim a mail, hand it over, write down what came of it; None when it was taken already."""
    with mail_server() as connection:
        notice = _claim(letter, now=now)
        if notice is None:
            return None
        outcome = hand_over(connection, _message(letter, notice))
    sent_at = now if outcome.state == State.SENT else None
    error = conceal(outcome.error)
    Notice.objects.filter(pk=notice.pk).update(state=outcome.state, sent_at=sent_at, error=error)
    return outcome


def mark_abandoned(*, now: datetime) -> int:
    """Claims whose process died while it was sending: nobody knows whether they went out."""
    abandoned = Notice.objects.filter(state=State.SENDING, created_at__lt=now - ABANDONED_AFTER)
    return abandoned.update(
        state=State.UNCLEAR, error="Tiến trình dừng giữa lúc gửi, không rõ thư đã đi hay chưa."
    )


def send_again(*, notice_id: int, by: Any, now: datetime) -> None:
    """Let a mail of unclear fate, or one refused, be tried again.

    The same matter goes out with the next run while it is due; what it told of comes with the next
    mail otherwise. Raises NotAllowed and NotUnclear.
    """
    if by is not None and not by.has_perm("publication.change_notice"):
        raise NotAllowed("Cho gửi lại thư do Văn phòng UBND tỉnh hoặc người quản trị làm.")
    trace = f"{name_of(by)} cho gửi lại lúc {localtime(now):%H:%M %d/%m/%Y}."
    doubtful = Notice.objects.filter(pk=notice_id, state__in=(State.UNCLEAR, State.REFUSED))
    if not doubtful.update(state=State.NOT_SENT, error=trace):
        raise NotUnclear("Thư này đã gửi hoặc sẽ tự gửi lại.")


def forget_digests(*, before: datetime) -> int:
    """Delete digests of long ago; what people were told of as overdue is kept for good."""
    old = Notice.objects.filter(key__startswith="digest:", created_at__lt=before, gap_ids=[])
    deleted, _by_model = old.delete()
    return deleted


def _claim(letter: Letter, *, now: datetime) -> Notice | None:
    """The row that stands for this mail, ours alone; None when another run has it."""
    plan = letter.notice
    same = Notice.objects.filter(user_id=plan.user_id, key=plan.key)
    facts = {"subject": plan.subject, "gap_ids": plan.gap_ids, "created_at": now, "error": ""}
    if same.filter(state=State.NOT_SENT).update(state=State.SENDING, **facts):
        return same.get()
    try:
        with transaction.atomic(durable=True):
            plan.save(force_insert=True)
    except IntegrityError:
        return None
    return plan


def _message(letter: Letter, notice: Notice) -> EmailMessage:
    host = urlsplit(settings.PORTAL_URL).hostname
    return EmailMessage(
        subject=notice.subject,
        body=letter.body,
        to=[letter.email],
        headers={
            # The same for every attempt: a mail program drops what it holds already.
            "Message-ID": f"<notice-{notice.pk}@{host}>",
            "Auto-Submitted": "auto-generated",  # no answers from absence assistants (RFC 3834)
        },
    )
