"""Ends the portal's programs when their starter is gone, however it died.

Runs by path, as a process of its own. Standard input carries one line for each program:
"+<process group>" when it starts, "-<process group>" when it has ended. The end of the input
means that the starter is no more. Standard library only, so that it stays small.
"""

import os
import signal
import sys
import time
from collections.abc import Iterable

PATIENCE = 5.0


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    end(read_groups(sys.stdin))


def read_groups(lines: Iterable[str]) -> set[int]:
    """The process groups still running when the input ends."""
    groups: set[int] = set()
    for line in lines:
        group = int(line[1:])
        if line.startswith("+"):
            groups.add(group)
        else:
            groups.discard(group)
    return groups


def end(groups: set[int], patience: float = PATIENCE) -> None:
    """Ask every group to stop, and after `patience` seconds end it."""
    deadline = time.monotonic() + patience
    left = {group for group in groups if send(group, signal.SIGTERM)}
    while left and time.monotonic() < deadline:
        time.sleep(0.05)
        left = {group for group in left if send(group, 0)}
    for group in left:
        send(group, signal.SIGKILL)


def send(group: int, number: int) -> bool:
    """Signal a process group; whether anybody was there to hear it."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main()
