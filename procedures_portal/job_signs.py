"""What Celery tells of its programs, handed on: signs of life and tasks that failed.

Connected by procedures_portal/celery.py. Nothing here may stop a worker or beat: while the
database is down there is nowhere to write, and the log says so.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from celery.signals import (
    after_task_publish,
    beat_embedded_init,
    beat_init,
    heartbeat_sent,
    task_failure,
)

logger = logging.getLogger(__name__)

HEART = "publication.tasks.beat_heart"
SECONDS_BETWEEN_SIGNS = 30.0
_last_sign = -SECONDS_BETWEEN_SIGNS


def connect() -> None:
    """Listen to Celery in this process and in those that a worker forks; safe to repeat."""
    heartbeat_sent.connect(worker_lives, dispatch_uid="portal.worker_lives")
    beat_init.connect(beat_starts, dispatch_uid="portal.beat_starts")
    beat_embedded_init.connect(beat_starts, dispatch_uid="portal.beat_starts_embedded")
    task_failure.connect(task_failed, dispatch_uid="portal.task_failed")


def worker_lives(**_signal: Any) -> None:
    """Celery's own heart beats every other second; a row every half minute is enough."""
    global _last_sign  # noqa: PLW0603  one worker a process, one timer a worker
    if time.monotonic() - _last_sign < SECONDS_BETWEEN_SIGNS:
        return
    _last_sign = time.monotonic()

    def sign() -> None:
        from django.utils.timezone import now

        from publication.heartbeats import Program, beat

        beat(Program.WORKER, now=now())

    _write(sign)


def beat_starts(**_signal: Any) -> None:
    """From here on this process is beat: each heart the broker takes from it is a sign of life.

    Other processes may send the same task, by hand; theirs say nothing of beat.
    """

    def sign() -> None:
        from django.utils.timezone import now

        from publication.heartbeats import begin_timetable

        begin_timetable(now=now())

    after_task_publish.connect(beat_lives, sender=HEART, dispatch_uid="portal.beat_lives")
    _write(sign)


def beat_lives(**_signal: Any) -> None:
    def sign() -> None:
        from django.utils.timezone import now

        from publication.heartbeats import Program, beat

        beat(Program.BEAT, now=now())

    _write(sign)


def task_failed(
    sender: Any = None,
    task_id: str = "",
    exception: BaseException | None = None,
    args: Any = (),
    kwargs: Any = None,
    **_signal: Any,
) -> None:
    def note() -> None:
        from django.utils.timezone import now

        from publication.failed_tasks import record_failure

        record_failure(
            task_id=task_id,
            name=sender.name,
            args=list(args or ()),
            kwargs=dict(kwargs or {}),
            error=exception or RuntimeError("không rõ lỗi"),
            now=now(),
        )

    _write(note)


def _write(act: Callable[[], None]) -> None:
    """Do it, and leave no connection open that a process forked later would share."""
    from django.db import DatabaseError, connection

    try:
        act()
    except DatabaseError as error:
        logger.error("cannot be written down: %s", error)
    finally:
        if not connection.in_atomic_block:
            connection.close()
