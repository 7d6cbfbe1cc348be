"""Sending to all subscribers at once: each in order, none waiting for another.

Requests run in threads that never touch the database; claims and results are written by the one
that calls.
"""

import logging
from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final

from publication.webhooks.claims import claim, due_subscriptions, settle
from publication.webhooks.own_thread import in_own_thread
from publication.webhooks.posting import Answer
from publication.webhooks.sending import Attempt, send

logger = logging.getLogger(__name__)

_AT_ONCE: Final = 32
_LOOK_AGAIN = 1.0  # seconds until somebody new is looked for while others are waited for

Clock = Callable[[], datetime]


@dataclass
class Run:
    """One round of sending: who is being asked, what came of it, whose error keeps them out."""

    clock: Clock
    running: dict[Future[Answer], Attempt] = field(default_factory=dict)
    count: Counter[str] = field(default_factory=Counter)
    failed: dict[int, Exception] = field(default_factory=dict)

    def fail(self, subscription_id: int, error: Exception) -> None:
        """They get no more in this round; the timetable takes them up again."""
        logger.exception("webhook %s failed", subscription_id, exc_info=error)
        self.failed[subscription_id] = error


def push(*, clock: Clock) -> dict[str, int]:
    """Send until nothing is due any more; how many messages ended in which state.

    Safe side by side. Neither a receiver that hangs nor an error with one subscriber holds up
    another; errors are raised when all are done, as an ExceptionGroup.
    """
    run = Run(clock)
    while _start(run):
        done, _waiting = wait(run.running, timeout=_LOOK_AGAIN, return_when=FIRST_COMPLETED)
        for future in done:
            _finish(run, future)
    if run.failed:
        raise ExceptionGroup("webhooks failed", list(run.failed.values()))
    return dict(run.count)


def _start(run: Run) -> bool:
    """Begin what is due; whether anything runs."""
    held = {attempt.subscription_id for attempt in run.running.values()} | run.failed.keys()
    now = run.clock()
    for subscription_id in due_subscriptions(now=now):
        if len(run.running) < _AT_ONCE and subscription_id not in held:
            _begin(run, subscription_id, now)
    return bool(run.running)


def _begin(run: Run, subscription_id: int, now: datetime) -> None:
    try:
        if attempt := claim(subscription_id, now=now):
            run.running[in_own_thread(partial(send, attempt))] = attempt
    except Exception as error:
        run.fail(subscription_id, error)


def _finish(run: Run, future: Future[Answer]) -> None:
    attempt = run.running.pop(future)
    try:
        state = settle(attempt, future.result(), now=run.clock())
    except Exception as error:
        run.fail(attempt.subscription_id, error)
    else:
        run.count[state or "superseded"] += 1
