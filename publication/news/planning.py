"""Turning the event log into planned mails, step by step; each step is one transaction."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from publication.enums import MailingState, ReleaseState
from publication.models import ConsumerCursor, Mailing, Release
from publication.news.matching import news_between

CONSUMER = "mail"
_EVENTS = 500  # that a step reads
_BATCH = 500  # rows written by one statement


def plan_step(*, now: datetime) -> int | None:
    """Plan the mails of the next stretch of the log; how many, None when there is no more.

    Cursor and mails move together, so a step that was killed is done again and nothing is planned
    twice. News goes no further than the public release: who opens a mail sees what it tells of.
    """
    with transaction.atomic():
        ConsumerCursor.objects.get_or_create(consumer=CONSUMER)
        cursor = ConsumerCursor.objects.select_for_update().get(consumer=CONSUMER)
        upto = min(_shown(), cursor.sequence + _EVENTS)
        if upto <= cursor.sequence:
            return None
        news = news_between(cursor.sequence, upto)
        _plan(news, now=now)
        cursor.sequence = upto
        cursor.save()
    return len(news)


def _shown() -> int:
    """How far the site goes that citizens see; 0 before there is one."""
    public = Release.objects.filter(state=ReleaseState.PUBLIC)
    return public.values_list("through_sequence", flat=True).first() or 0


def _plan(news: Mapping[int, set[int]], *, now: datetime) -> None:
    """One mail a person: what was planned and not sent yet is told together with it."""
    waiting = Mailing.objects.select_for_update().filter(
        subscriber__in=list(news), state=MailingState.PLANNED
    )
    known = {mailing.subscriber_id: mailing for mailing in waiting}
    for subscriber_id, mailing in known.items():
        mailing.sequences = sorted({*mailing.sequences, *news[subscriber_id]})
    Mailing.objects.bulk_update(known.values(), ["sequences"], batch_size=_BATCH)
    Mailing.objects.bulk_create(
        (
            Mailing(subscriber_id=subscriber_id, sequences=sorted(numbers), planned_at=now)
            for subscriber_id, numbers in news.items()
            if subscriber_id not in known
        ),
        batch_size=_BATCH,
    )
