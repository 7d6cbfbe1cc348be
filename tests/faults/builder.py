"""Builders that kill themselves at a step, as a power cut would; each is a process of its own.

Run as: python -m tests.faults.builder. The portal is loaded once; every line "STEP DONE" that is
read forks one builder. DONE counts the reports of that step before the kill; at STEP "none" it
runs to the end and prints the state as JSON. Each order is answered by a line of JSON:
{"code": the exit code, minus the signal for a killed one, "said": what it printed}.
"""

import json
import os
import signal
import sys
import tempfile
import traceback
from importlib import import_module
from typing import Any

_LONGEST = 120  # seconds; a machine under load is slow, a builder that hangs must end


def main() -> None:
    import django

    django.setup()
    for module in ("publication.site.release", "tests.faults.acts"):
        import_module(module)  # once, before the forks
    for order in sys.stdin:
        step, reports = order.split()
        print(json.dumps(_order(step, int(reports))), flush=True)  # noqa: T201  read by the test


def _order(step: str, reports: int) -> dict[str, Any]:
    with tempfile.TemporaryFile("w+") as said:
        child = os.fork()
        if child == 0:
            _be_builder(step, reports, said=said.fileno())
        _, status = os.waitpid(child, 0)
        said.seek(0)
        return {"code": os.waitstatus_to_exitcode(status), "said": said.read()}


def _be_builder(step: str, reports: int, *, said: int) -> None:
    os.dup2(said, 1)
    os.dup2(said, 2)
    signal.alarm(_LONGEST)
    code = 0
    try:
        _build(step, reports)
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _build(deadly: str, reports: int) -> None:
    from django.utils.timezone import now

    from publication.site.release import publish
    from tests.faults.acts import check

    left = reports

    def kill_at(step: str, done: int, total: int) -> None:
        nonlocal left
        if step == deadly:
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    publish(now=now(), report=kill_at)
    check()


if __name__ == "__main__":
    main()
