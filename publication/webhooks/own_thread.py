"""Work that may hang, in a thread of its own that nobody has to wait for, not even at the end.

Lookups of names cannot be broken off, and a pool would hold up a worker that is told to stop.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


def in_own_thread(work: Callable[[], T]) -> Future[T]:
    """Begun at once; what it gave or raised is in the future."""
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except Exception as error:
            future.set_exception(error)

    threading.Thread(target=run, name="webhook", daemon=True).start()
    return future
