"""Telling the consumers of the event log that there is something to read."""

import logging

from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def wake_consumers() -> bool:
    """Ask the worker to run the consumers now; whether the broker took the message.

    A broker that is down loses nothing: consumers read the log from their own cursors, and the
    timetable wakes them every minute.
    """
    from publication.tasks import run_consumers  # tasks import what they call

    try:
        run_consumers.delay()
    except (OperationalError, OSError) as error:
        logger.warning("broker unreachable, consumers will catch up on the timetable: %s", error)
        return False
    return True
