"""Tasks that ended with an error: written down once for each failure, repeated by a person."""

import json
import re
import traceback
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import localtime
from kombu.exceptions import OperationalError

from catalog.models import name_of
from publication.authority import NotAllowed
from publication.models import FailedTask

_LINES, _MESSAGE, _ERROR = 12, 500, 4_000
_PASSWORD_IN_ADDRESS = re.compile(r"(?<=://)[^\s/@]*:[^\s/@]*(?=@)")
# What differs from one run to the next without making it another failure.
_VARYING = re.compile(r"0x[0-9a-f]+|\d+")


class CannotRepeat(Exception):
    """The task cannot be sent again; the message says why."""


def record_failure(
    *,
    task_id: str,
    name: str,
    args: list[Any],
    kwargs: dict[str, Any],
    error: BaseException,
    now: datetime,
) -> None:
    """Write a failed task down. A failure that nobody repeated yet is counted, not written again.

    A group of errors is one failure each, for they have nothing in common but the run.
    """
    arguments = _stored({"args": args, "kwargs": kwargs})
    for leaf in _leaves(error):
        facts = {"task_id": task_id, "error": _describe(leaf), "failed_at": now}
        fingerprint = _fingerprint(name, arguments, leaf)
        if not _count(fingerprint, facts):
            _add(fingerprint, facts | {"name": name, "arguments": arguments})


def repeat_task(*, failed_task_id: int, by: Any, now: datetime) -> str:
    """Send a failed task again with the same arguments; the new task's id.

    Raises NotAllowed and CannotRepeat; then nothing was sent.
    """
    if by is not None and not by.has_perm("publication.change_failedtask"):
        raise NotAllowed("Chạy lại việc nền do Văn phòng UBND tỉnh hoặc người quản trị làm.")
    with transaction.atomic():
        failed = FailedTask.objects.select_for_update().get(pk=failed_task_id)
        if failed.repeated_at:
            raise CannotRepeat(
                f"{failed.repeated_by or 'Hệ thống'} đã chạy lại việc này lúc "
                f"{localtime(failed.repeated_at):%H:%M %d/%m/%Y}."
            )
        failed.repeated_at, failed.repeated_by = now, name_of(by)
        failed.save(update_fields=["repeated_at", "repeated_by"])
        return _send(failed)


def forget_failures(*, before: datetime) -> int:
    """Delete failures whose last time is before a moment; how many."""
    deleted, _by_model = FailedTask.objects.filter(failed_at__lt=before).delete()
    return deleted


def can_be_repeated(name: str) -> bool:
    """Only the portal's own tasks, and only those that still exist."""
    from publication import tasks  # noqa: F401  its import registers them

    return name in current_app.tasks and not name.startswith("celery.")


def _send(failed: FailedTask) -> str:
    if not can_be_repeated(failed.name):
        raise CannotRepeat(f"Phiên bản này không có việc “{failed.name}”.")
    given = failed.arguments
    try:
        sent = current_app.tasks[failed.name].apply_async(given["args"], given["kwargs"])
    except (OperationalError, OSError) as error:
        raise CannotRepeat("Hàng đợi không nhận việc: thử lại sau ít phút.") from error
    return str(sent.id)


def _count(fingerprint: str, facts: dict[str, Any]) -> int:
    known = FailedTask.objects.filter(fingerprint=fingerprint, repeated_at=None)
    return known.update(count=F("count") + 1, **facts)


def _add(fingerprint: str, facts: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            FailedTask.objects.create(
                fingerprint=fingerprint, first_failed_at=facts["failed_at"], **facts
            )
    except IntegrityError:
        # Another worker met the same failure in this moment.
        facts = {name: facts[name] for name in ("task_id", "error", "failed_at")}
        _count(fingerprint, facts)


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _leaves(inner)
    else:
        yield error


def _describe(error: BaseException) -> str:
    """What went wrong first, then the last lines of where."""
    lines = "".join(traceback.format_exception(error)).splitlines()
    told = f"{type(error).__name__}: {str(error)[:_MESSAGE]}\n\n" + "\n".join(lines[-_LINES:])
    return conceal(told)[:_ERROR]


def _fingerprint(name: str, arguments: dict[str, Any], error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].name}" if frames else ""
    message = _VARYING.sub("#", str(error))
    facts = [name, arguments, type(error).__name__, message, place]
    return sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _stored(arguments: dict[str, Any]) -> dict[str, Any]:
    """As the broker carried them: JSON."""
    stored: dict[str, Any] = json.loads(
        conceal(json.dumps(arguments, default=str, ensure_ascii=False))
    )
    return stored


def conceal(text: str) -> str:
    """The text without the passwords and keys that the settings hold."""
    text = _PASSWORD_IN_ADDRESS.sub("…", text)
    secrets = [
        *(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS),
        settings.EMAIL_HOST_PASSWORD,
        *(str(database.get("PASSWORD", "")) for database in settings.DATABASES.values()),
    ]
    for secret in secrets:
        if len(secret) > 3:  # a shorter one would take ordinary words with it
            text = text.replace(secret, "…")
    return text
