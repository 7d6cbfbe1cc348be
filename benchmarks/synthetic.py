"""Synthetic registers with the shape of the real one, for benchmarks.

    DATABASE_URL=… uv run python -m benchmarks.synthetic --procedures 2600 [--seed 1]

Register rows are written in bulk, decision by decision, and each decision is issued: quickly
(synthetic_issuing.py), or with --by-acts through submit_announcement and issue_announcement. Both
write the same listings, shelves and events; history rows of the register are written by neither.
One seed gives one register, whatever the database (synthetic_shape.py has the numbers).
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

from benchmarks.synthetic_shape import Shape

Issuing = Literal["bulk", "acts", "none"]

FIRST_DAY = date(2023, 1, 2)
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_DECISIONS_A_TRANSACTION = 50
_FIELDS_A_PROCEDURE = 250 / 2642


@dataclass(frozen=True)
class Written:
    """What a run wrote."""

    procedures: int
    decisions: int
    seconds: float


def write_register(*, procedures: int, seed: int = 1, issuing: Issuing = "bulk") -> Written:
    """Write a register and announce all of it in a migrated, empty database.

    `issuing` is "bulk", "acts" or "none" (the register alone).
    """
    from django.db import transaction

    from catalog.models import Procedure

    if Procedure.objects.exists():
        raise SystemExit("The register is not empty; give an empty database by DATABASE_URL.")
    started = time.perf_counter()
    decisions = 0
    writing = _decisions(Shape(seed), procedures=procedures, issuing=issuing)
    while True:
        with transaction.atomic():
            batch = len(list(islice(writing, _DECISIONS_A_TRANSACTION)))
        decisions += batch
        if batch < _DECISIONS_A_TRANSACTION:
            return Written(procedures, decisions, time.perf_counter() - started)


def _decisions(shape: Shape, *, procedures: int, issuing: Issuing) -> Iterator[int]:
    """Write one decision's procedures a step, and issue it."""
    from benchmarks.announcing import announce
    from benchmarks.synthetic_issuing import issue_in_bulk
    from benchmarks.synthetic_rows import Surroundings, write_procedures

    surroundings = Surroundings.create(shape, fields=field_count(procedures))
    written = 0
    for serial, size in enumerate(shape.decision_sizes(procedures), start=1):
        rows = write_procedures(shape, surroundings, first_serial=written + 1, count=size)
        written += size
        number, moment = f"{serial}/QĐ-UBND", _signing_moment(serial)
        if issuing == "bulk":
            issue_in_bulk(rows, number=number, now=moment)
        elif issuing == "acts":
            pks = [row.pk for row in rows]
            announce(pks, number=number, signed_on=moment.date(), now=moment)
        yield size


def field_count(procedures: int) -> int:
    """About 250 fields for a real register, fewer for a small one."""
    return max(3, min(250, round(procedures * _FIELDS_A_PROCEDURE)))


def _signing_moment(serial: int) -> datetime:
    """Decisions of one year, at ten in the morning; the year starts over when there are many."""
    day = FIRST_DAY + timedelta(days=serial % 360)
    return datetime.combine(day, datetime.min.time(), tzinfo=_ZONE) + timedelta(hours=10)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.synthetic")
    parser.add_argument("--procedures", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--by-acts", dest="issuing", action="store_const", const="acts", help="through the acts"
    )
    how.add_argument(
        "--register-only",
        dest="issuing",
        action="store_const",
        const="none",
        help="announce nothing",
    )
    parser.set_defaults(issuing="bulk")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procedures_portal.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    written = write_register(
        procedures=options.procedures, seed=options.seed, issuing=options.issuing
    )
    print(
        f"{written.procedures} procedures, {written.decisions} decisions, {written.seconds:.1f} s",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
