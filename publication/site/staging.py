"""Writing finished pages into the stage, compressed beside them, while the next is rendered."""

import os
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Semaphore
from types import TracebackType
from typing import Self

from publication.site.addresses import file_of
from publication.site.compressed import siblings

_WRITERS = 2  # compressing frees the interpreter, so rendering goes on beside it
_AHEAD = 64  # finished pages waiting to be written; bounds the memory of a large release


class Stage:
    """Writes files at the places of their addresses. Use as a context: leaving it waits for all."""

    def __init__(self, folder: Path, *, stamp: int) -> None:
        self._folder = folder
        self._stamp = (stamp, stamp)
        self._room = Semaphore(_AHEAD)
        self._writers = ThreadPoolExecutor(_WRITERS, thread_name_prefix="site-writer")
        self._failed: BaseException | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._writers.shutdown(wait=True, cancel_futures=error is not None)
        if self._failed and error is None:
            raise self._failed

    def put(self, addresses: Iterable[str], data: bytes) -> None:
        """Write one page at one or more addresses. Raises what an earlier write raised."""
        if self._failed:
            raise self._failed
        paths = [_path(address) for address in addresses]
        self._room.acquire()
        self._writers.submit(self._write, paths, data).add_done_callback(self._done)

    def put_file(self, path: str, data: bytes) -> None:
        """Write one file that has no address, at its path below the root."""
        self._write_one(path, data)

    def _write(self, paths: list[str], data: bytes) -> None:
        small = siblings(data)
        for path in paths:
            self._write_one(path, data)
            for suffix, content in small.items():
                self._write_one(path + suffix, content)

    def _write_one(self, path: str, data: bytes) -> None:
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        # A page rendered again within one build may replace what stands.
        target.write_bytes(data)
        os.utime(target, self._stamp)

    def _done(self, future: "Future[None]") -> None:
        self._room.release()
        if not future.cancelled():
            self._failed = self._failed or future.exception()


def _path(address: str) -> str:
    path = file_of(address)
    if path is None:
        raise ValueError(f"{address} has no file in a release")
    return path
