"""Consumers of the event log, each from its own cursor: what makes a change visible."""

import logging
from collections.abc import Callable
from datetime import datetime

from publication.consumers import mail, search, site, webhooks

logger = logging.getLogger(__name__)

# Each takes the moment and answers how much it did. Mails come last: they lead to the pages.
_CONSUMERS: dict[str, Callable[..., int]] = {
    "site": site.run,
    "search": search.run,
    "webhooks": webhooks.run,
    "mail": mail.run,
}


def run_all(*, now: datetime) -> dict[str, int]:
    """Let every consumer catch up; how much each did.

    One that fails holds up none of the others; its error is raised when all have run.
    """
    done: dict[str, int] = {}
    failed: list[Exception] = []
    for name, run in _CONSUMERS.items():
        try:
            done[name] = run(now=now)
        except Exception as error:
            logger.exception("consumer %s failed", name)
            failed.append(error)
    if failed:
        raise ExceptionGroup("consumers failed", failed)
    return done
