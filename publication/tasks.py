"""Celery tasks: shims that fetch the time, call one function and report."""

import logging

from celery import shared_task
from django.utils.timezone import localdate, now

logger = logging.getLogger(__name__)


@shared_task
def run_consumers() -> dict[str, int]:
    """Let every consumer of the event log catch up; safe to run twice and side by side."""
    from publication.consumers import run_all  # consumers wake through this module

    return run_all(now=now())


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
    """Recompute the register of gaps by state."""
    from publication.gaps import record_gaps

    report = record_gaps(on=localdate())
    logger.info("gaps: %s opened, %s closed, %s open", report.opened, report.closed, report.open)
    return {"opened": report.opened, "closed": report.closed, "open": report.open}
