"""The search index: building it, updating it by one decision of 25 items, and asking it.

    uv run python -m benchmarks.search [--procedures 2600] [--times 10] [--questions FILE]

Budget (2 cores): p95 at most 10 ms at 2,600 procedures. The questions are made from names in the
index: as written, without marks, and wrapped as people ask. FILE has one question a line instead.
Processor time is told beside wall time, because other work on the machine moves the latter only.
"""

import argparse
import json
import os
import random
import sys
import time
from typing import Any

from benchmarks.apart import fill_database, peak_mb, quantiles, run_apart

ASKED = 400
AMENDS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--procedures", type=int, default=2600)
    parser.add_argument("--times", type=int, default=10, help="0 measures one size only")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--questions", default="")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        fill_database(procedures=options.procedures, seed=options.seed)
        print(json.dumps(_measure(options)))
        return
    for times in sorted({1, options.times or 1}):
        size = ["--procedures", str(options.procedures * times), "--seed", str(options.seed)]
        more = ["--questions", options.questions] if options.questions else []
        print(json.dumps(run_apart("benchmarks.search", ["--alone", *size, *more]), indent=1))


def _measure(options: argparse.Namespace) -> dict[str, Any]:
    from benchmarks.publicising import index_timed, issue_amendment
    from publication.search.index_file import index_path

    built = index_timed() | {
        "peak_mb": peak_mb(),
        "index_mb": round(os.path.getsize(index_path()) / 2**20),
    }
    amends = []
    for turn in range(AMENDS):
        issue_amendment(turn)
        amends.append(index_timed())
    questions = _questions(options)
    return {
        "build": built,
        "amend_25": amends,
        "questions": len(questions),
        "search": _ask(questions, passages=False),
        "search_with_passages": _ask(questions, passages=True),
    }


def _questions(options: argparse.Namespace) -> list[str]:
    from catalog.vietnamese import fold
    from publication.models import Listing

    if options.questions:
        with open(options.questions, encoding="utf-8") as lines:
            return [line.strip() for line in lines if line.strip()]
    names = list(Listing.objects.current().order_by("code").values_list("name", flat=True))
    chosen = random.Random(options.seed).sample(names, min(ASKED, len(names)))
    shapes = ("{}", "{}", "tôi muốn {} thì cần giấy tờ gì", "{} mất bao lâu, nộp ở đâu")
    asked = [shapes[at % 4].format(name[:200]) for at, name in enumerate(chosen)]
    return [fold(text) if at % 4 == 1 else text for at, text in enumerate(asked)]


def _ask(questions: list[str], *, passages: bool) -> dict[str, Any]:
    from publication.search.find import search

    wall, processor = [], []
    for question in questions:
        started, used = time.perf_counter(), time.process_time()
        search(question[:500], limit=10, passages=passages)
        wall.append(time.perf_counter() - started)
        processor.append(time.process_time() - used)
    return {"wall": quantiles(wall), "cpu": quantiles(processor)}


if __name__ == "__main__":
    sys.exit(main())
