"""The real register through the portal: imported, announced, publicised, amended; counts checked.

    uv run python -m benchmarks.real_register FOLDER [--runs 5]

FOLDER holds national_list_2025-04.jsonl.gz, procedures.jsonl.gz and defence_procedures.jsonl. Every
step runs in a process of its own, so that its peak memory is its own, over one data folder that is
thrown away. Fails when the counts of a step do not add up with those before it.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.apart import own_data_folder, peak_mb, processor_seconds, run_in, set_up

SIGNED_ON = date(2026, 8, 3)  # Monday, after the last of the sources was taken
Figures = dict[str, Any]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=5, help="amending decisions")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        print(json.dumps(_take(options.step, options.folder, options.runs)))
        return 0
    return _report(_all_steps(options.folder.resolve(), options.runs))


def _all_steps(folder: Path, runs: int) -> dict[str, Figures]:
    found = {}
    with own_data_folder() as environment:
        for step in STEPS:
            arguments = [str(folder), "--runs", str(runs), "--step", step]
            found[step] = run_in(environment, "benchmarks.real_register", arguments)
            print(step, json.dumps(found[step], ensure_ascii=False), flush=True)
    return found


def _take(step: str, folder: Path, runs: int) -> Figures:
    set_up()
    started = time.perf_counter()
    figures = STEPS[step](folder, runs)
    return figures | {
        "step_s": round(time.perf_counter() - started, 1),
        "step_cpu_s": round(processor_seconds(), 1),
        "step_peak_mb": peak_mb(),
    }


def _importing(name: str, taken_on: date) -> Callable[[Path, int], Figures]:
    def take(folder: Path, _runs: int) -> Figures:
        from catalog.importers.run import import_file
        from catalog.models import Procedure

        report = import_file(folder / name, today=taken_on, taken_on=taken_on)
        counts = report.counts() | {"renamed": len(report.renamed())}
        return counts | {"procedures": Procedure.objects.count()}

    return take


def _record_ministry_decisions(_folder: Path, _runs: int) -> Figures:
    from catalog.models import NationalRecord
    from publication.ministry_decisions import record_ministry_decisions

    report = record_ministry_decisions()
    numbered = NationalRecord.objects.filter(latest=True).exclude(decision_number="")
    return {
        "decisions": report.decisions,
        "items": report.items,
        "unplaced_numbers": len(report.unplaced),
        "unplaced_items": sum(report.unplaced.values()),
        "numbered_procedures": numbered.values("procedure").distinct().count(),
    }


def _flag_gaps(_folder: Path, _runs: int) -> Figures:
    from publication.gaps import record_gaps

    return vars(record_gaps(on=SIGNED_ON))


def _announce(_folder: Path, _runs: int) -> Figures:
    from benchmarks.announcing import announce_by_source_decision
    from publication.events import verify_chain
    from publication.models import EventHead, Listing

    return {
        "decisions": announce_by_source_decision(signed_on=SIGNED_ON),
        "listings": Listing.objects.current().offered().count(),
        "events": EventHead.objects.get().sequence,
        "chain_faults": len(list(verify_chain())),
    }


def _publish(_folder: Path, _runs: int) -> Figures:
    from benchmarks.publicising import publish_timed, site_mb

    return publish_timed(full=True) | {"site_mb": site_mb()}


def _index(_folder: Path, _runs: int) -> Figures:
    from benchmarks.publicising import index_timed

    return index_timed()


def _amend(_folder: Path, runs: int) -> Figures:
    from benchmarks.publicising import amend_timed

    amends = [amend_timed(turn) for turn in range(runs)]
    return {
        "public_median_s": statistics.median(amend["public_s"] for amend in amends),
        "everywhere_median_s": statistics.median(amend["everywhere_s"] for amend in amends),
        "cpu_median_s": statistics.median(amend["cpu_s"] for amend in amends),
        "everywhere_worst_s": max(amend["everywhere_s"] for amend in amends),
        "amends": amends,
    }


STEPS: dict[str, Callable[[Path, int], Figures]] = {
    "list": _importing("national_list_2025-04.jsonl.gz", date(2025, 4, 28)),
    "register": _importing("procedures.jsonl.gz", date(2026, 7, 17)),
    "defence": _importing("defence_procedures.jsonl", date(2025, 12, 31)),
    "ministry decisions": _record_ministry_decisions,
    "gaps opened": _flag_gaps,
    "announced": _announce,
    "gaps closed": _flag_gaps,
    "published": _publish,
    "searchable": _index,
    "amended": _amend,
}


def _report(found: dict[str, Figures]) -> int:
    failed = 0
    for law, one, other in _sums(found):
        failed += one != other
        print(f"{'adds up' if one == other else 'WRONG  '}  {law}: {one} = {other}")
    return 1 if failed else 0


def _sums(found: dict[str, Figures]) -> list[tuple[str, int, int]]:
    """What must be equal, said in words."""
    imports = [found[name] for name in ("list", "register", "defence")]
    ministry, announced = found["ministry decisions"], found["announced"]
    opened, closed = found["gaps opened"], found["gaps closed"]
    return [
        *(("rows read = outcomes", it["read"], _outcomes(it)) for it in imports),
        ("procedures created = in the register", sum(it["created"] for it in imports),
         found["defence"]["procedures"]),
        ("procedures with a ministry number = items placed + not placed",
         ministry["numbered_procedures"], ministry["items"] + ministry["unplaced_items"]),
        ("items placed = gaps opened", ministry["items"], opened["opened"]),
        ("gaps opened = open", opened["opened"], opened["open"]),
        ("procedures with a ministry number = listings", ministry["numbered_procedures"],
         announced["listings"]),
        ("listings = events", announced["listings"], announced["events"]),
        ("source numbers = decisions of the province", announced["decisions"],
         ministry["decisions"] + ministry["unplaced_numbers"]),
        ("faults in the chain = none", announced["chain_faults"], 0),
        ("gaps closed = opened", closed["closed"], opened["opened"]),
        ("gaps left open = none", closed["open"], 0),
        ("listings = procedures in the index", announced["listings"],
         found["searchable"]["written"]),
    ]  # fmt: skip


def _outcomes(report: Figures) -> int:
    return sum(report[outcome] for outcome in ("created", "updated", "unchanged", "refused"))


if __name__ == "__main__":
    sys.exit(main())
