"""Rendering on every core: the builder and forked helpers, each with a share of the pages.

A helper writes its pages into the stage itself and ends. It holds the builder's lock with it, so
no other build begins before a helper whose builder was killed has noticed and gone.
"""

import os
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection, connections

T = TypeVar("T")

_MOST = 4  # more share one disk and one database
_WORTH = 60  # pages; below that a fork and a new connection cost more than they save


class HelperFailed(RuntimeError):
    """A helper could not render its share; the message is its traceback."""


def shares(items: Sequence[T], *, together: int) -> list[list[T]]:
    """Items dealt out to as many hands as there are cores, `together` neighbours to one hand.

    One share where forking does not pay or cannot be: inside a transaction, or in memory.
    """
    hands = min(_MOST, os.cpu_count() or 1) if len(items) >= _WORTH and _may_fork() else 1
    dealt: list[list[T]] = [[] for _ in range(hands)]
    for at, item in enumerate(items):
        dealt[at // together % hands].append(item)
    return dealt


@contextmanager
def helpers(works: Sequence[Callable[[], None]]) -> Iterator[None]:
    """Run works in forked helpers beside the block; leaving it waits for them.

    Raises HelperFailed when one failed. They are ended when the block itself fails.
    """
    if works:
        connections.close_all()  # a connection belongs to one process
    running = [_fork(work) for work in works]
    try:
        yield
    except BaseException:
        for pid, _said in running:
            os.kill(pid, signal.SIGKILL)
        for helper in running:
            _end(*helper)
        raise
    failures = [failure for helper in running if (failure := _end(*helper))]
    if failures:
        raise HelperFailed(failures[0])


def leave_when_orphaned(builder: int) -> None:
    """End this helper at once when its builder is gone."""
    if os.getppid() != builder:
        os._exit(1)


def _may_fork() -> bool:
    in_memory = getattr(connection, "is_in_memory_db", None)
    return not connection.in_atomic_block and not (in_memory and in_memory())


def _fork(work: Callable[[], None]) -> tuple[int, int]:
    said, say = os.pipe()
    pid = os.fork()
    if pid:
        os.close(say)
        return pid, said
    status = 0
    try:
        work()
    except BaseException:
        os.write(say, traceback.format_exc().encode()[-4000:])
        status = 1
    finally:
        os._exit(status)  # nothing of the builder's is ours to clean up


def _end(pid: int, said: int) -> str:
    """Wait for a helper; what it said of its failure, empty when it did its share."""
    with os.fdopen(said, "rb") as reader:
        words = reader.read().decode(errors="replace")
    _pid, status = os.waitpid(pid, 0)
    return "" if status == 0 else words or f"a helper ended with status {status}"
