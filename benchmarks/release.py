"""Releases of the public site: the first full one, and a decision that amends 25 procedures.

    uv run python -m benchmarks.release [--procedures 2600] [--times 10] [--runs 5]

Each size is measured in a process of its own, so that peak memory is that size's, over a file
database in a folder that is thrown away. Budgets (2 cores): first full release of 2,600 in 60 s
and 512 MB; from issuing 25 items to seeing them on the site and in search 5 s; that at ten times
as many procedures at most 1.5 times as long.
"""

import argparse
import json
import statistics
from typing import Any

from benchmarks.apart import fill_database, run_apart


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--procedures", type=int, default=2600)
    parser.add_argument("--times", type=int, default=10, help="0 measures one size only")
    parser.add_argument("--runs", type=int, default=5, help="amending decisions a size")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        fill_database(procedures=options.procedures, seed=options.seed)
        print(json.dumps({"procedures": options.procedures} | _measure(options.runs)))
        return
    results = []
    for times in sorted({1, options.times or 1}):
        arguments = ["--alone", "--procedures", str(options.procedures * times)]
        arguments += ["--runs", str(options.runs), "--seed", str(options.seed)]
        results.append(run_apart("benchmarks.release", arguments))
        print(json.dumps(results[-1], indent=1))
    if len(results) == 2:
        for name in ("amend_median_s", "amend_cpu_s"):
            small, large = (result[name] for result in results)
            print(f"{name} at {options.times} times as many: {large / small:.2f} times")


def _measure(runs: int) -> dict[str, Any]:
    from benchmarks.publicising import amend_timed, index_timed, publish_timed, site_mb

    first = publish_timed(full=True)
    index = index_timed()
    amends = [amend_timed(turn) for turn in range(runs)]
    seconds = [amend["everywhere_s"] for amend in amends]
    return {
        "first": first,
        "first_index": index,
        "amend_median_s": statistics.median(seconds),
        "amend_worst_s": max(seconds),
        "amend_cpu_s": statistics.median(amend["cpu_s"] for amend in amends),
        "amends": amends,
        "site_mb": site_mb(),
    }


if __name__ == "__main__":
    main()
