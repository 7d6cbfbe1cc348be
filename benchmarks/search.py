"""The search index: building it, updating it by one decision of 25 items, and asking it.

    uv run python -m benchmarks.search [--procedures 2000] [--times 10] [--questions FILE]

Aims (2 cores): p95 at most 10 ms by words and 60 ms with the language model at 2,600 procedures,
100 ms with it at 20,000. The questions are made from names in the index: as written, without marks,
and wrapped as people ask. FILE has one question a line instead. Processor time is told beside wall
time, because other work on the machine moves the latter only.
"""

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Sequence
from typing import Any

from benchmarks.apart import fill_database, peak_mb, quantiles, run_apart

ASKED = 400
AMENDS = 3
WAYS = ("by words", "by words, with passages", "with the model")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--procedures", type=int, default=2000)
    parser.add_argument("--times", type=int, default=10, help="0 measures one size only")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--questions", default="")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        fill_database(procedures=options.procedures, seed=options.seed)
        print(json.dumps(_measure(options)))
        return
    found = []
    for times in sorted({1, options.times or 1}):
        size = ["--procedures", str(options.procedures * times), "--seed", str(options.seed)]
        more = ["--questions", options.questions] if options.questions else []
        found.append(run_apart("benchmarks.search", ["--alone", *size, *more]))
        print(json.dumps(found[-1], indent=1), flush=True)
    _tell(found)


def _tell(found: Sequence[dict[str, Any]]) -> None:
    print(f"\n{'ms a question, p50 / p95':26s}", *(f"{one['procedures']:>16,}" for one in found))
    for way in WAYS:
        walls = [one[way]["wall"] for one in found]
        cells = [f"{wall['p50_ms']:7.1f} /{wall['p95_ms']:7.1f}" for wall in walls]
        ratio = f"   {walls[-1]['p50_ms'] / walls[0]['p50_ms']:.1f} times" if walls[1:] else ""
        print(f"{way:26s}", *cells, ratio)


def _measure(options: argparse.Namespace) -> dict[str, Any]:
    from django.conf import settings

    from benchmarks.learnt_names import learn_names
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
    figures = {
        "procedures": options.procedures,
        "build": built,
        "amend_25": amends,
        "questions": len(questions),
        WAYS[0]: _ask(questions, passages=False, by_meaning=False),
        WAYS[1]: _ask(questions, passages=True, by_meaning=False),
    }
    settings.PORTAL_SEARCH_BY_MEANING = True
    return figures | {
        "names": learn_names(),
        WAYS[2]: _ask(questions, passages=False, by_meaning=True),
        "asking_peak_mb": peak_mb(),
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


def _ask(questions: list[str], *, passages: bool, by_meaning: bool) -> dict[str, Any]:
    """Each question once, by a process that asked before, but none of these."""
    from django.conf import settings

    from publication.search.find import search

    settings.PORTAL_SEARCH_BY_MEANING = by_meaning
    search("làm quen", passages=passages)
    wall, processor = [], []
    for question in questions:
        started, used = time.perf_counter(), time.process_time()
        search(question[:500], limit=10, passages=passages)
        wall.append(time.perf_counter() - started)
        processor.append(time.process_time() - used)
    return {"wall": quantiles(wall), "cpu": quantiles(processor)}


if __name__ == "__main__":
    sys.exit(main())
