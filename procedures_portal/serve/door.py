"""The door of embedded mode: is the port free, does the home page answer, does the worker?"""

import errno
import fcntl
import http.client
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from celery import Celery
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError


class DoorBlocked(Exception):
    """The portal cannot start here; the message says why and what to do."""


def refuse_busy_port(host: str, port: int) -> None:
    """Raises DoorBlocked when the address cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise DoorBlocked(_why_blocked(error, host, port)) from error


def _why_blocked(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        words = _(
            "Cổng %(port)s đang có chương trình khác dùng. Dừng chương trình đó, "
            "hoặc chọn cổng khác: uv run manage.py serve --port %(other)s"
        )
        return words % {"port": port, "other": port + 1 if port < 65535 else port - 1}
    if error.errno in (errno.EACCES, errno.EPERM):
        words = _("Không có quyền mở cổng %(port)s: chọn cổng từ 1024 trở lên.")
        return words % {"port": port}
    words = _("Không mở được địa chỉ %(host)s, cổng %(port)s: %(reason)s.")
    return words % {"host": host, "port": port, "reason": error.strerror or error}


@contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Hold the data folder alone: two portals would share one database and one queue.

    The kernel frees the lock when this process dies. Raises DoorBlocked.
    """
    with (data_dir / "serve.lock").open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            handle.seek(0)
            words = _("Cổng đang chạy trên thư mục dữ liệu này (tiến trình %(pid)s): %(folder)s")
            found = {"pid": handle.read().strip() or "?", "folder": data_dir}
            raise DoorBlocked(words % found) from error
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield


def home_page_answers(host: str, port: int) -> bool:
    """Whether the home page comes back whole from the running server."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - not a bind
    connection = http.client.HTTPConnection(near, port, timeout=5)
    try:
        connection.request("GET", "/")
        answer = connection.getresponse()
        return answer.status == http.HTTPStatus.OK and bool(answer.read())
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def worker_answers(app: Celery, seconds: float = 1.0) -> bool:
    """Whether a worker answers a ping through the broker."""
    try:
        return bool(app.control.ping(timeout=seconds, limit=1))
    except (OperationalError, OSError):
        return False
