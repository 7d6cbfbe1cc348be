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
import resource
import sys
import time
from datetime import date
from typing import Any

from benchmarks.apart import fill_database, quantiles, run_apart

AMENDED = 25
ASKED = 400


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
    from publication.search.build import catch_up
    from publication.search.index import index_path

    started, used = time.perf_counter(), time.process_time()
    _, written = catch_up()
    built = {
        "seconds": round(time.perf_counter() - started, 2),
        "cpu_s": round(time.process_time() - used, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "index_mb": round(os.path.getsize(index_path()) / 2**20),
    }
    questions = _questions(options)
    return {
        "procedures": written,
        "build": built,
        "amend_25_s": _amend(),
        "questions": len(questions),
        "search": _ask(questions, passages=False),
        "search_with_passages": _ask(questions, passages=True),
    }


def _amend() -> float:
    """Seconds to bring the index level with a decision that amends 25 procedures."""
    from django.utils.timezone import now

    from benchmarks.announcing import announce
    from catalog.models import Procedure
    from publication.search.build import catch_up

    pks = list(Procedure.objects.order_by("code").values_list("pk", flat=True))
    chosen = pks[:: max(1, len(pks) // AMENDED)][:AMENDED]
    for procedure in Procedure.objects.filter(pk__in=chosen):
        procedure.content = procedure.content | {"summary": "Bản sửa đổi."}
        procedure.save()
    announce(
        chosen, number="90000/QĐ-UBND", signed_on=date(2026, 6, 1), now=now(), effect="amended"
    )
    started = time.perf_counter()
    catch_up()
    return round(time.perf_counter() - started, 2)


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
