"""Telling the consumers of the event log that there is something to read."""

import logging
from typing import Any

from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def wake_consumers() -> bool:
    """Ask the worker to run the consumers now; whether the broker took the message.

    A broker that is down loses nothing: consumers read the log from their own cursors, and the
    timetable wakes them every minute.
    """
    from publication.tasks import run_consumers  # tasks import what they call

    return _ask_for(run_consumers)


def wake_gaps(**_signal: Any) -> bool:
    """Ask the worker to recompute the gaps now; the timetable does it every hour anyway.

    Called after commit by whatever moves the register: a ministry decision saved, an announcement
    issued or withdrawn, an exit approved, and by duties_changed.
    """
    from publication.tasks import flag_gaps  # tasks import what they call

    return _ask_for(flag_gaps)


def wake_webhooks() -> bool:
    """Ask the worker to send what subscribers wait for; the timetable does it every minute."""
    from publication.tasks import push_webhooks  # tasks import what they call

    return _ask_for(push_webhooks)


def _ask_for(task: Any) -> bool:
    try:
        task.delay()
    except (OperationalError, OSError) as error:
        logger.warning("broker unreachable, the timetable will catch up: %s", error)
        return False
    return True
