"""Sending in a thread of its own beside the worker's tasks.

The embedded worker does one task at a time: a receiver that hangs must hold up neither the public
site nor the mails. What a worker leaves behind when it is stopped is sent again by the next one.
"""

import logging
import threading
from collections.abc import Callable
from uuid import uuid4

from django.db import connections
from django.utils.timezone import now

from publication.failed_tasks import record_failure
from publication.webhooks.pushing import push

logger = logging.getLogger(__name__)

TASK = "publication.tasks.push_webhooks"


class Beside:
    """One thread at most that does some work; who asks while it runs makes it look again."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._lock = threading.Lock()
        self._asked = self._runs = False

    def ask(self) -> threading.Thread | None:
        """The thread that was started; None when one is at work, which sees to it."""
        with self._lock:
            self._asked = True
            if self._runs:
                return None
            self._runs = True
        thread = threading.Thread(target=self._run, name="webhooks", daemon=True)
        thread.start()
        return thread

    def _run(self) -> None:
        try:
            while self._is_asked():
                self._work()
        except BaseException:  # whatever ended the work, the next who asks gets a thread
            self._runs = False
            raise

    def _is_asked(self) -> bool:
        with self._lock:
            self._runs, self._asked = self._asked, False
            return self._runs


def push_and_tell() -> None:
    """Send what is due; what fails is shown among the failed tasks, and the timetable goes on."""
    try:
        push(clock=now)
    except Exception as error:  # a thread has nobody to raise to
        logger.exception("webhooks failed")
        _record(error)
    finally:
        connections.close_all()


def _record(error: Exception) -> None:
    try:
        record_failure(task_id=str(uuid4()), name=TASK, args=[], kwargs={}, error=error, now=now())
    except Exception:  # the database is down: the log has it
        logger.exception("cannot be written down")


beside = Beside(push_and_tell)
