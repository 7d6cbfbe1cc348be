"""Releases of the public site: the first full one, and a decision that amends 25 procedures.

    uv run python -m benchmarks.release [--procedures 2600] [--times 10] [--runs 5]

Each size is measured in a process of its own, over a file database in a folder that is thrown
away. Budgets (2 cores): first full release of 2,600 in 60 s and 512 MB; from issuing 25 items to
seeing them 5 s; that at ten times as many procedures at most 1.5 times as long.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

AMENDED = 25


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--procedures", type=int, default=2600)
    parser.add_argument("--times", type=int, default=10, help="0 measures one size only")
    parser.add_argument("--runs", type=int, default=5, help="amending decisions a size")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        print(json.dumps(_measure(options.procedures, options.runs, options.seed)))
        return
    sizes = [options.procedures]
    if options.times:
        sizes.append(options.procedures * options.times)
    results = [_apart(size, options.runs, options.seed) for size in sizes]
    for result in results:
        print(json.dumps(result, indent=1))
    if len(results) == 2:
        small, large = (result["amend_median_s"] for result in results)
        print(f"issue to public at {options.times} times as many: {large / small:.2f} times")


def _apart(procedures: int, runs: int, seed: int) -> dict[str, Any]:
    """Measure one size in a process of its own, so that peak memory is that size's."""
    with tempfile.TemporaryDirectory(prefix="release-benchmark-") as folder:
        environment = os.environ | {
            "PORTAL_DATA_DIR": folder,
            "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/portal.sqlite3",
        }
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.release", "--alone", "--procedures",
             str(procedures), "--runs", str(runs), "--seed", str(seed)],
            env=environment, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        return json.loads(done.stdout.splitlines()[-1])


def _measure(procedures: int, runs: int, seed: int) -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procedures_portal.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _write_elsewhere(procedures, seed)
    first = _timed_publish(full=True)
    amends = [_amend(turn) for turn in range(runs)]
    seconds = [amend["seconds"] for amend in amends]
    return {
        "procedures": procedures,
        "first": first,
        "amend_median_s": statistics.median(seconds),
        "amend_worst_s": max(seconds),
        "amend_rendered": [amend["rendered"] for amend in amends],
        "amend_steps": amends[-1]["steps"],
        "site_mb": round(_size(Path(os.environ["PORTAL_DATA_DIR"]) / "site") / 2**20),
    }


def _write_elsewhere(procedures: int, seed: int) -> None:
    """Write the register in another process: its memory is not the release's."""
    subprocess.run(
        [sys.executable, "-m", "benchmarks.synthetic", "--procedures", str(procedures),
         "--seed", str(seed)],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip


class _Steps:
    """Seconds by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._step, self._since = "", time.perf_counter()

    def __call__(self, step: str, done: int, total: int) -> None:
        if step != self._step:
            self.end()
            self._step, self._since = step, time.perf_counter()

    def end(self) -> dict[str, float]:
        if self._step:
            passed = time.perf_counter() - self._since
            self.seconds[self._step] = round(passed, 3)
        return self.seconds


def _timed_publish(*, full: bool) -> dict[str, Any]:
    from django.utils.timezone import now

    from publication.site.release import publish

    steps, started = _Steps(), time.perf_counter()
    release = publish(now=now(), full=full, report=steps)
    seconds = time.perf_counter() - started
    assert release is not None
    return {
        "seconds": round(seconds, 2),
        "addresses": release.pages,
        "rendered": release.rendered,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "steps": steps.end(),
    }


def _amend(turn: int) -> dict[str, Any]:
    """Amend 25 procedures spread over the register: seconds from issuing to their pages served."""
    from django.utils.timezone import now

    from benchmarks.announcing import announce
    from catalog.models import Procedure

    chosen = _spread(list(Procedure.objects.order_by("code").values_list("pk", flat=True)), turn)
    for procedure in Procedure.objects.filter(pk__in=chosen):
        procedure.content = procedure.content | {"summary": f"Bản sửa đổi lần {turn + 1}."}
        procedure.save()
    started = time.perf_counter()
    signed = date(2026, 6, 1) + timedelta(days=turn)
    announce(
        chosen, number=f"{90_000 + turn}/QĐ-UBND", signed_on=signed, now=now(), effect="amended"
    )
    result = _timed_publish(full=False)
    passed = time.perf_counter() - started
    # The public sees it when the switch is recorded; clearing up comes after.
    return result | {"seconds": round(passed - result["steps"]["clear"], 3)}


def _spread(keys: list[int], turn: int) -> list[int]:
    step = len(keys) // AMENDED
    return [keys[(at * step + turn) % len(keys)] for at in range(AMENDED)]


def _size(folder: Path) -> int:
    return sum(
        os.lstat(os.path.join(below, name)).st_size
        for below, _folders, names in os.walk(folder)
        for name in names
    )


if __name__ == "__main__":
    main()
