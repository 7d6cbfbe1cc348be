"""Celery's broker in files, made safe for several processes.

kombu's own (5.7) opens a message under its final name and then writes it, and empties the table of
an exchange before it locks it. Whoever reads in between finds nothing to read as JSON, and a
worker ends on that (celery/kombu issue 1551).
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **_options: Any) -> None:  # type: ignore[override]
        """A message gets its name when it is whole; kombu takes messages in the order of names.

        Its own two classes name the second argument differently; callers give it by place.
        """
        folder, name = Path(self.data_folder_out), f"{time.time_ns()}_{uuid4()}"
        unfinished = folder / f"{name}.unfinished"
        unfinished.write_text(dumps(payload))
        unfinished.rename(folder / f"{name}.{queue}.msg")

    def get_table(self, exchange: str) -> Any:
        with self._tables_held():
            return super().get_table(exchange)

    def _queue_bind(self, *names: str) -> None:
        with self._tables_held():
            super()._queue_bind(*names)

    @contextmanager
    def _tables_held(self) -> Iterator[None]:
        """One process at a time; the lock goes with the file when a process is killed."""
        with (self.control_folder / "tables.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


class Transport(filesystem.Transport):
    Channel = Channel


def use() -> None:
    """Let `filesystem://` mean this one."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:{Transport.__name__}"
