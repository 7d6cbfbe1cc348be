"""The weights of ranking, fitted on questions that are held back in turn.

    uv run python -m benchmarks.search_weights [FILE_OR_FOLDER ...] [--folds 5]

Asks the index of the portal that PORTAL_DATA_DIR and DATABASE_URL name; without a file, the
questions beside this one. Questions are split by the procedure that answers them, so none of a
procedure is judged with weights that saw another of it; a question as written and without its
marks are in one fold.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.apart import set_up
from benchmarks.search_questions import OURS, Asked, by_wording, folds, read_questions
from publication.search.ranking import SHIPPED, Signals, Weights

_NAME = (0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.4, 2.8)
_MEANING = (2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 16.0, 20.0)
_MARKS = (0.0, 0.1, 0.2, 0.4)
_SIGNALS = ("words", "name", "marks", "meaning", "abolished")
_AS_GOOD = 0.002  # what the simplest of the best weights may lose

Figures = np.ndarray[Any, np.dtype[np.float64]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", type=Path, nargs="*")
    parser.add_argument("--folds", type=int, default=5)
    options = parser.parse_args()
    set_up()
    from benchmarks.search_parts import held_codes

    asked = read_questions(options.paths or [OURS], held=held_codes())
    print(f"{len(asked)} questions; nDCG@10, all / citizens, as written and without marks")
    with_model = [
        Weights(name=n, meaning=m, marks=k) for n, m, k in product(_NAME, _MEANING, _MARKS)
    ]
    alone = [Weights(name=n, marks=k) for n, k in product(_NAME, _MARKS)]
    for title, by_meaning, grid in (("with the model", True, with_model), ("alone", False, alone)):
        print(title)
        _report(asked, grid, by_meaning=by_meaning, count=options.folds)


def _report(
    asked: Sequence[Asked], grid: Sequence[Weights], *, by_meaning: bool, count: int
) -> None:
    every = [*asked, *(one.without_marks() for one in asked)]
    table = np.array([_scores(one, [SHIPPED, *grid], by_meaning=by_meaning) for one in every])
    shipped, table = table[:, 0], table[:, 1:]
    fold_of = np.array(folds(every, count))
    held_back = np.zeros(len(every))
    for fold in range(count):
        best = int(table[fold_of != fold].mean(axis=0).argmax())
        held_back[fold_of == fold] = table[fold_of == fold, best]
        print(f"  fold of {(fold_of == fold).sum() // 2}: {_shown(grid[best], by_meaning)}")
    means = table.mean(axis=0)
    best = int(means.argmax())
    _tell("shipped", asked, shipped)
    _tell("fitted, each held back", asked, held_back)
    _tell(f"best of all: {_shown(grid[best], by_meaning)}", asked, table[:, best])
    as_good = [one for one, m in zip(grid, means, strict=True) if m >= means[best] - _AS_GOOD]
    print(f"  within {_AS_GOOD} of it:", *(f"({_shown(one, by_meaning)})" for one in as_good))


def _scores(one: Asked, grid: Sequence[Weights], *, by_meaning: bool) -> Figures:
    """nDCG@10 with each of the weights; places are those that ranking.rank gives."""
    from benchmarks.search_parts import Parts, find_signals

    found = find_signals(Parts(by_meaning=by_meaning), one.question)
    gained = np.zeros(len(grid))
    if not found:
        return gained
    factors = np.array([_factors(weights, by_meaning=by_meaning) for weights in grid])
    worth = np.array([_row(each) for _, each in found]) @ factors.T
    docs = np.array([each.doc for _, each in found])
    for at in (at for at, (code, _) in enumerate(found) if code in one.gold):
        before = (worth > worth[at]) | ((worth == worth[at]) & (docs < docs[at])[:, None])
        place = before.sum(axis=0)
        gained += np.where(place < 10, 1 / np.log2(place + 2), 0)
    return np.minimum(gained, 1)


def _row(one: Signals) -> list[float]:
    return [float(getattr(one, name) or 0) for name in _SIGNALS]


def _factors(weights: Weights, *, by_meaning: bool) -> list[float]:
    """What one whole of each signal adds, by ranking's own formula."""
    none = Signals(0, 0, 0, 0, meaning=0.0 if by_meaning else None, abolished=False)
    return [replace(none, **{name: 1}).worth(weights) for name in _SIGNALS]


def _tell(title: str, asked: Sequence[Asked], values: Figures) -> None:
    halves = (values[: len(asked)], values[len(asked) :])
    figures = " ".join("{:.3f} / {:.3f}".format(*by_wording(asked, list(half))) for half in halves)
    print(f"  {title}: {figures}")


def _shown(weights: Weights, by_meaning: bool) -> str:
    if by_meaning:
        return f"name {weights.name}, meaning {weights.meaning}, marks {weights.marks}"
    return f"name {weights.name}, marks {weights.marks}"


if __name__ == "__main__":
    sys.exit(main())
