"""A builder in a process of its own that kills itself at a step, as a power cut would.

Run as: python -m tests.faults.builder STEP DONE. DONE counts the reports of that step before the
kill. STEP "none" runs to the end and prints the state as JSON.
"""

import os
import signal
import sys


def main(deadly: str, reports: int) -> None:
    import django

    django.setup()
    from django.utils.timezone import now

    from publication.site.release import publish

    left = reports

    def kill_at(step: str, done: int, total: int) -> None:
        nonlocal left
        if step == deadly:
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    publish(now=now(), report=kill_at)
    from tests.faults.acts import check

    check()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
