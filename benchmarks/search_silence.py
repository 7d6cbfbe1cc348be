"""From what nearness on a name means what is asked: the trade-off that MEANS_NOTHING settles.

    uv run python -m benchmarks.search_silence [FILE_OR_FOLDER ...]

Asks the index of the portal that PORTAL_DATA_DIR and DATABASE_URL name. Rows without an answer are
those of the files whose `kind` or `q_type` says out of scope, and the questions beside this one
that no office answers.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.apart import set_up
from benchmarks.search_questions import NO_ANSWER, OURS, files_of, lines_of, mean, read_questions
from catalog.vietnamese import fold

_OUTSIDE = ("out_of_scope", "out_of_domain")
_THRESHOLDS = [round(0.78 + step / 100, 2) for step in range(13)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", type=Path, nargs="*")
    options = parser.parse_args()
    set_up()
    from benchmarks.search_parts import held_codes

    paths = [OURS, *options.paths]
    inside = [one.question for one in read_questions(paths, held=held_codes())]
    outside = [*lines_of(NO_ANSWER), *_outside(paths)]
    for title, shape in (("as written", str), ("without marks", fold)):
        _report(title, [shape(text) for text in inside], [shape(text) for text in outside])


def _outside(paths: Sequence[Path]) -> list[str]:
    rows = [json.loads(line) for file in files_of(paths) for line in lines_of(file)]
    return [row["question"] for row in rows if {row.get("kind"), row.get("q_type")} & set(_OUTSIDE)]


def _report(title: str, inside: Sequence[str], outside: Sequence[str]) -> None:
    from benchmarks.search_parts import nearest_of

    with_answer, without = [[nearest_of(text) for text in some] for some in (inside, outside)]
    print(f"{title}: {len(inside)} questions with an answer, {len(outside)} without")
    print("  nearest from  answered, lost   unanswered, silent")
    for least in _THRESHOLDS:
        lost, silent = (mean([near < least for near in some]) for some in (with_answer, without))
        print(f"  {least:.2f}          {lost:6.1%}           {silent:6.1%}")


if __name__ == "__main__":
    sys.exit(main())
