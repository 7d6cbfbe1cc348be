"""Sending what citizens wait for: claimed before each hand-over, so that none goes out twice.

In the order of who waits most: links to confirm by, answers to reports, news.

As with mails to staff (publication/sending.py) nobody can know what a server did that fell silent
after the text: such a mail stays unclear and is not sent again.
"""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from publication.enums import MailingState
from publication.failed_tasks import conceal
from publication.handing_over import ABANDONED_AFTER, Outcome, hand_over, mail_server
from publication.models import Mailing, Notice, ReportMail, Subscriber
from publication.news.letters import confirm_letter, news_letter
from publication.news.report_mails import mark_abandoned_mails, send_report_mail
from publication.news.states import MAIL_STATES, planned

logger = logging.getLogger(__name__)

_NOT_TAKEN = Notice.State.NOT_SENT
_TRIES_BEFORE_GIVING_UP = 2


def send_news(*, now: datetime, most: int) -> dict[str, int]:
    """Send what waits, at most so many; how many ended in which state. Safe side by side.

    Raises MailServerDown; then the rest waits still.
    """
    count: Counter[str] = Counter()
    count[MailingState.UNCLEAR] += mark_abandoned(now=now) + mark_abandoned_mails(now=now)
    left = most
    for kind, waiting, send in _KINDS:
        for key in waiting(left):
            if not _counted(send(key, now=now), kind, count):
                return dict(+count)
        left -= count[kind]
    return dict(+count)


def mark_abandoned(*, now: datetime) -> int:
    """Claims whose process died while it was sending: nobody knows whether they went out."""
    dead = Mailing.objects.filter(state=MailingState.SENDING, claimed_at__lt=now - ABANDONED_AFTER)
    return dead.update(state=MailingState.UNCLEAR, error="Tiến trình dừng giữa lúc gửi.")


def forget_mailings(*, before: datetime) -> int:
    """Delete the record of mails that are settled since long ago."""
    settled = Mailing.objects.filter(planned_at__lt=before, state__in=MAIL_STATES.values())
    deleted, _by_model = settled.delete()
    return deleted


def _counted(outcome: Outcome | None, kind: str, count: Counter[str]) -> bool:
    """Whether to go on with the next one."""
    if outcome is None:
        return True
    count[kind] += 1
    count[outcome.state] += 1
    if not outcome.goes_on:
        logger.warning("mails of news stopped for now: %s", conceal(outcome.error))
    return outcome.goes_on


def _to_confirm(most: int) -> list[int]:
    waiting = Subscriber.objects.exclude(asked_at=None).order_by("asked_at", "pk")
    return list(waiting.values_list("pk", flat=True)[: max(0, most)])


def _confirm(subscriber_id: int, *, now: datetime) -> Outcome | None:
    """Claimed by taking the wish to be asked away; put back when the server surely took nothing."""
    with mail_server() as connection:
        asked = Subscriber.objects.filter(pk=subscriber_id, asked_at__isnull=False)
        if not asked.update(asked_at=None):
            return None
        subscriber = Subscriber.objects.get(pk=subscriber_id)
        wishes = list(subscriber.wants.filter(confirmed_at=None))
        if not wishes:
            return None
        outcome = hand_over(connection, confirm_letter(subscriber, wishes))
    if outcome.state == _NOT_TAKEN:
        Subscriber.objects.filter(pk=subscriber_id).update(asked_at=now + timedelta(seconds=1))
    return outcome


def _send(mailing_id: int, *, now: datetime) -> Outcome | None:
    with mail_server() as connection:
        planned = Mailing.objects.filter(pk=mailing_id, state=MailingState.PLANNED)
        if not planned.update(state=MailingState.SENDING, claimed_at=now):
            return None
        mailing = Mailing.objects.select_related("subscriber").get(pk=mailing_id)
        letter = news_letter(mailing)
        if letter is None:
            mailing.delete()
            return None
        outcome = hand_over(connection, letter)
    error = conceal(outcome.error)
    if outcome.state == _NOT_TAKEN:
        _put_back(mailing, error)
    else:
        row = Mailing.objects.filter(pk=mailing_id)
        row.update(state=MAIL_STATES[outcome.state], error=error)
        if outcome.state == Notice.State.REFUSED:
            _give_up(mailing.subscriber)
    return outcome


def _put_back(mailing: Mailing, error: str) -> None:
    """To be tried again; together with what was planned for the person meanwhile."""
    with transaction.atomic():
        planned = Mailing.objects.select_for_update().filter(
            subscriber=mailing.subscriber, state=MailingState.PLANNED
        )
        newer = planned.first()
        if newer is None:
            Mailing.objects.filter(pk=mailing.pk).update(state=MailingState.PLANNED, error=error)
            return
        newer.sequences = sorted({*newer.sequences, *mailing.sequences})
        newer.claimed_at, newer.error = mailing.claimed_at, error
        newer.save()
        mailing.delete()


def _give_up(subscriber: Subscriber) -> None:
    """An address that servers refuse for good, time after time, is not kept."""
    last = Mailing.objects.filter(subscriber=subscriber).exclude(state=MailingState.PLANNED)
    states = list(last.order_by("-pk").values_list("state", flat=True)[:_TRIES_BEFORE_GIVING_UP])
    if states == [MailingState.REFUSED] * _TRIES_BEFORE_GIVING_UP:
        subscriber.delete()


_KINDS: tuple[tuple[str, Callable[[int], list[int]], Callable[..., Outcome | None]], ...] = (
    ("confirm", _to_confirm, _confirm),
    ("reports", partial(planned, ReportMail), send_report_mail),
    ("news", partial(planned, Mailing), _send),
)
