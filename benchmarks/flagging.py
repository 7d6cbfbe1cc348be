"""The register of gaps over 100,000 ministry items and 20,000 listings, and over a tenth of both.

    DATABASE_URL=… uv run python -m benchmarks.flagging [--ministry-items 100000] [--listings 20000]

Each size is filled in a database of its own (on PostgreSQL: in the empty one named, so give one
size there by --only whole or --only tenth). Measured are the first run, which writes a row for
every item and agency, and the run that finds nothing changed, as the timetable does every hour.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.apart import quantiles, run_apart

_ON = "2024-12-02"
_LISTS = (
    "",
    "?tinh-trang=overdue",
    "?tinh-trang=answered_late&tra-loi=mot-phan",
    "?tinh-trang=tat-ca&p=100",
    "?q=9.0015",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.flagging")
    parser.add_argument("--ministry-items", type=int, default=100_000)
    parser.add_argument("--listings", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--requests", type=int, default=20, help="of each staff list")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=["whole", "tenth"])
    parser.add_argument("--alone", choices=["fill", "measure"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        _set_up()
        print(json.dumps(_fill(options) if options.alone == "fill" else _measure(options)))
        return
    found = []
    for size, share in (("tenth", 10), ("whole", 1)):
        if options.only in (None, size):
            arguments = ["--alone", "measure", "--runs", str(options.runs)]
            arguments += ["--requests", str(options.requests)]
            arguments += ["--ministry-items", str(options.ministry_items // share)]
            arguments += ["--listings", str(options.listings // share)]
            found.append(
                run_apart("benchmarks.flagging", [*arguments, "--seed", str(options.seed)])
            )
            print(json.dumps(found[-1], indent=1))
    if len(found) == 2:
        print(json.dumps({"whole_to_tenth_per_row": _ratios(*found)}, indent=1))


def _set_up() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procedures_portal.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _fill(options: Any) -> dict[str, int]:
    from django.db import transaction

    from benchmarks.flagging_rows import write_rows

    with transaction.atomic():
        write_rows(
            ministry_items=options.ministry_items, listings=options.listings, seed=options.seed
        )
    return {"ministry_items": options.ministry_items}


def _measure(options: Any) -> dict[str, Any]:
    _fill_elsewhere(options)
    from django.db import connection

    from publication.models import AnnouncementGap

    base = _peak_mb()
    first, unchanged = [], []
    for turn in range(options.runs):
        if turn:
            AnnouncementGap.objects.all().delete()
        first.append(_timed(connection))
        unchanged.append(_timed(connection))
    gaps = AnnouncementGap.objects
    return {
        "database": connection.vendor,
        "ministry_items": options.ministry_items,
        "listings": options.listings,
        "rows": gaps.count(),
        "open": gaps.open().count(),
        "first_run": _figures(first, rows=gaps.count()),
        "unchanged_run": _figures(unchanged, rows=gaps.count()),
        "peak_mb_before": base,
        "peak_mb_after": _peak_mb(),
        "staff_list": _lists(options.requests),
    }


def _lists(requests: int) -> dict[str, Any]:
    """The staff's list of gaps as the Office asks for it; milliseconds and queries."""
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    client = Client(headers={"host": "localhost"})
    client.force_login(get_user_model().objects.create_superuser("do-thu", password="x"))
    found = {}
    for query in _LISTS:
        address = reverse("admin:publication_announcementgap_changelist") + query
        seconds, asked = [], [0]

        def count(execute: Callable[..., Any], *rest: Any, asked: list[int] = asked) -> Any:
            asked[0] += 1
            return execute(*rest)

        for _turn in range(requests):
            started, asked[0] = time.perf_counter(), 0
            with connection.execute_wrapper(count):
                assert client.get(address).status_code == 200
            seconds.append(time.perf_counter() - started)
        found[query or "open"] = {"queries": asked[0], **quantiles(seconds)}
    return found


def _fill_elsewhere(options: Any) -> None:
    """In another process: its memory is not the clock's."""
    arguments = ["--ministry-items", str(options.ministry_items)]
    arguments += ["--listings", str(options.listings), "--seed", str(options.seed)]
    subprocess.run(
        [sys.executable, "-m", "benchmarks.flagging", "--alone", "fill", *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _timed(connection: Any) -> tuple[float, float, int, int]:
    """Seconds, processor seconds of this process, reading queries, writing queries."""
    from datetime import date

    from publication.gaps import record_gaps

    counted = {"read": 0, "write": 0}

    def count(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        counted["write" if sql.startswith("INSERT") else "read"] += 1
        return execute(sql, *rest)

    started, processor = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(count):
        record_gaps(on=date.fromisoformat(_ON))
    seconds = time.perf_counter() - started
    return seconds, time.process_time() - processor, counted["read"], counted["write"]


def _figures(runs: list[tuple[float, float, int, int]], *, rows: int) -> dict[str, Any]:
    seconds, processor, reads, writes = zip(*runs, strict=True)
    return {
        "median_s": round(statistics.median(seconds), 3),
        "worst_s": round(max(seconds), 3),
        "median_processor_s": round(statistics.median(processor), 3),
        "microseconds_a_row": round(statistics.median(seconds) / rows * 1e6, 2),
        "reads": reads[-1],
        "writes": writes[-1],
    }


def _ratios(tenth: dict[str, Any], whole: dict[str, Any]) -> dict[str, float]:
    """How much more a row costs when there are ten times as many."""
    name = "microseconds_a_row"
    return {
        run: round(whole[run][name] / tenth[run][name], 2) for run in ("first_run", "unchanged_run")
    }


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
