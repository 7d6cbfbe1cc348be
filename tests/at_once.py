"""The same act in several threads that begin together, each with a connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections


def at_once(run: Callable[[], Any], times: int = 4) -> list[Any]:
    """What each gave, an error as it came."""
    start, done = threading.Barrier(times), []

    def act() -> None:
        start.wait()
        try:
            done.append(run())
        except Exception as error:
            done.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act) for _number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done
