"""Celery tasks: shims that fetch the time, call one function and report."""

import logging
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils.timezone import localdate, now

logger = logging.getLogger(__name__)

_TEXTS_AT_A_TIME = 64  # about five seconds


@shared_task
def run_consumers() -> dict[str, int]:
    """Let every consumer of the event log catch up; safe to run twice and side by side."""
    from publication.consumers import run_all  # consumers wake through this module

    return run_all(now=now())


@shared_task
def learn_meanings() -> int:
    """Teach the search what new texts mean, a few at a time; how many are still unknown.

    Others wait in the same queue, so what is left goes to its end.
    """
    from publication.search.index_file import SearchUnavailable
    from publication.search.meanings import learn_meanings as learn

    try:
        left = learn(most=_TEXTS_AT_A_TIME)
    except SearchUnavailable:
        return 0  # the consumer that builds the index comes first
    if left:
        learn_meanings.delay()
    return left


@shared_task
def bring_into_force() -> int:
    """Make listings public whose day has come, then let the consumers show them."""
    from publication import listings
    from publication.wake import wake_consumers

    moment = now()
    changed = listings.bring_into_force(on=localdate(moment), now=moment)
    if changed:
        wake_consumers()
    return len(changed)


@shared_task
def flag_gaps() -> dict[str, int]:
    """Recompute the register of gaps by state, and note that it was done.

    What moves the register may also explain a rename that was an alarm so far.
    """
    from publication.alarms import close_explained_renames
    from publication.gaps import record_gaps
    from publication.heartbeats import Program, beat

    moment = now()
    report = record_gaps(on=localdate(moment))
    close_explained_renames(now=moment)
    beat(Program.GAPS, now=moment)
    logger.info("gaps: %s opened, %s closed, %s open", report.opened, report.closed, report.open)
    return {"opened": report.opened, "closed": report.closed, "open": report.open}


@shared_task
def send_notices() -> dict[str, int]:
    """Send the mails about gaps that are due, once it is late enough on a working day."""
    from catalog.calendar import read_calendar
    from publication import sending
    from publication.notices import is_time_for_notices

    moment = now()
    calendar = read_calendar()
    if not is_time_for_notices(now=moment, at=settings.PORTAL_NOTICES_AT, calendar=calendar):
        return {}
    return sending.send_notices(on=localdate(moment), now=moment)


@shared_task
def send_news() -> dict[str, int]:
    """Send confirmations, answers to reports and news; at most a run's share."""
    from publication.news.sending import send_news as send

    return send(now=now(), most=settings.PORTAL_MAILS_PER_RUN)


@shared_task
def push_webhooks() -> bool:
    """Send changes to subscribers, beside the tasks; whether a new thread was needed for it."""
    from publication.webhooks.beside import beside

    return beside.ask() is not None


@shared_task
def forget_addresses() -> dict[str, int]:
    """Delete what citizens left with us as soon as its days are over."""
    from publication.report_acts import forget_contacts
    from publication.voice.subscribing import purge_unconfirmed

    moment = now()
    contacts = moment - timedelta(days=settings.PORTAL_KEEP_CONTACT_DAYS)
    wishes = moment - timedelta(days=settings.PORTAL_CONFIRM_DAYS)
    return {
        "contacts": forget_contacts(before=contacts),
        "unconfirmed": purge_unconfirmed(before=wishes),
    }


@shared_task
def beat_heart() -> None:
    """Beat sent this and a worker carries it out: the way through the queue is open."""
    from publication.heartbeats import Program, beat

    beat(Program.QUEUE, now=now())


@shared_task
def clear_old() -> dict[str, int]:
    """Delete what has served its time: failed tasks, settled mails, sessions that ended."""
    from django.contrib.sessions.backends.db import SessionStore

    from publication.failed_tasks import forget_failures
    from publication.news.report_mails import forget_report_mails
    from publication.news.sending import forget_mailings
    from publication.report_letters import forget_report_notices
    from publication.sending import forget_digests
    from publication.unanswered import forget_unanswered
    from publication.webhooks.claims import forget_deliveries
    from publication.webhooks.letters import forget_webhook_notices

    moment = now()
    before = moment - timedelta(days=settings.PORTAL_KEEP_JOB_DAYS)
    sent_before = moment - timedelta(days=settings.PORTAL_WEBHOOK_KEEP_DAYS)
    SessionStore.clear_expired()
    return {
        "failures": forget_failures(before=before),
        "digests": forget_digests(before=before),
        "questions": forget_unanswered(on=localdate(moment)),
        "reports": forget_report_notices(before=before),
        "news": forget_mailings(before=before),
        "answers": forget_report_mails(before=before),
        "webhooks": forget_deliveries(before=sent_before),
        "silent_webhooks": forget_webhook_notices(before=before),
    }
