"""How well search answers questions whose answers are known, and what each part of it adds.

    uv run python -m benchmarks.search_quality [FILE_OR_FOLDER ...] [--each] [--url ADDRESS]

Asks the index of the portal that PORTAL_DATA_DIR and DATABASE_URL name; without a file, the
questions beside this one. `--each` prints the questions that are not answered first; `--url` asks a
running portal of the same procedures too. Beside them stand two baselines: SQLite's FTS5, and the
language model.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.apart import set_up
from benchmarks.search_questions import OURS, Asked, Search, by_wording, judge, mean, read_questions


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", type=Path, nargs="*")
    parser.add_argument("--each", action="store_true")
    parser.add_argument("--url", default="")
    options = parser.parse_args()
    set_up()
    from benchmarks.search_parts import asking, held_codes

    asked = read_questions(options.paths or [OURS], held=held_codes())
    if options.each:
        _tell_each(asked)
    _tell_sources(asked)
    print("\nnDCG@10, all / citizens: as written, without marks")
    variants = {title: asking(parts) for title, parts in _variants(asked).items()}
    for title, search in (_others(options.url) | variants).items():
        figures = " ".join(f"{a:.3f} / {c:.3f}" for a, c in _both(asked, search))
        print(f"  {title:46s} {figures}", flush=True)


def _others(url: str) -> dict[str, Search]:
    from benchmarks.search_baselines import asking_fts5, asking_over_http, codes_by_meaning_alone

    return {
        "SQLite FTS5, folded, name ×10": asking_fts5(),
        "language model on names alone": codes_by_meaning_alone,
    } | ({f"asked at {url}": asking_over_http(url)} if url else {})


def _variants(asked: Sequence[Asked]):
    from benchmarks.search_parts import Parts
    from publication.search.everyday import phrase_key
    from publication.search.ranking import Weights

    texts = [f" {phrase_key(one.question)} " for one in asked]

    def in_a_question(phrase: str) -> bool:
        return any(f" {phrase} " in text for text in texts)

    def every(_phrase: str) -> bool:
        return True

    index_alone = Weights(name=0, marks=0)
    return {
        "index alone": Parts(reads=False, by_meaning=False, weights=index_alone),
        "+ name": Parts(reads=False, by_meaning=False),
        "+ reading": Parts(by_meaning=False, forgets=every),
        "+ everyday words": Parts(by_meaning=False),
        "+ language model: what is shipped": Parts(),
        "shipped without everyday words": Parts(forgets=every),
        "shipped without those said in these questions": Parts(forgets=in_a_question),
    }


def _both(asked: Sequence[Asked], search: Search) -> list[tuple[float, float]]:
    stripped = [one.without_marks() for one in asked]
    return [by_wording(some, judge(search, some)) for some in (asked, stripped)]


def _tell_sources(asked: Sequence[Asked]) -> None:
    from benchmarks.search_parts import Parts, asking

    written = judge(asking(Parts()), asked)
    stripped = judge(asking(Parts()), [one.without_marks() for one in asked])
    print("nDCG@10 by file: questions, as written, without marks")
    for source in dict.fromkeys(one.source for one in asked):
        at = [place for place, one in enumerate(asked) if one.source == source]
        figures = " ".join(f"{mean([row[n] for n in at]):.3f}" for row in (written, stripped))
        print(f"  {source:24s} {len(at):4d} {figures}")


def _tell_each(asked: Sequence[Asked]) -> None:
    from benchmarks.search_parts import Parts, asking

    search = asking(Parts())
    for one in (*asked, *(one.without_marks() for one in asked)):
        found = search(one.question)
        if found[:1] and found[0] in one.gold:
            continue
        place = next((at + 1 for at, code in enumerate(found) if code in one.gold), 0)
        print(place or "-", one.question, "|", *sorted(one.gold), "|", *found[:3])


if __name__ == "__main__":
    sys.exit(main())
