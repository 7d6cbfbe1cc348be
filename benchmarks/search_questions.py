"""Questions whose answers are known, and how well a list of answers does.

A file has one JSON object a line: `question`, and the codes that answer it under `gold`,
`_gold_in_corpus` or `_codes_by_exact_title`. Codes that the index does not hold are dropped, and
questions that keep none with them.
"""

import json
import math
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from catalog.vietnamese import fold

OURS = Path(__file__).with_name("citizen_questions.jsonl")
NO_ANSWER = Path(__file__).with_name("questions_without_answer.txt")
_WORDED_BY_CITIZENS = frozenset(
    {"ctcv_handwritten", "se365_handwritten", "intake_cases", "can_tho", OURS.stem}
)
_GOLD = ("gold", "_gold_in_corpus", "_codes_by_exact_title")
_SEEN = 10  # answers of a first page


@dataclass(frozen=True)
class Asked:
    source: str
    question: str
    gold: frozenset[str]

    @property
    def is_citizens(self) -> bool:
        return self.source in _WORDED_BY_CITIZENS

    def without_marks(self) -> "Asked":
        return replace(self, question=fold(self.question))


def read_questions(paths: Iterable[Path], *, held: Set[str]) -> list[Asked]:
    """The questions of files, and of the .jsonl files of folders, that `held` codes answer."""
    every = [_asked(file.stem, line) for file in files_of(paths) for line in lines_of(file)]
    kept = [replace(one, gold=one.gold & held) for one in every]
    return [one for one in kept if one.gold]


def files_of(paths: Iterable[Path]) -> list[Path]:
    return [
        file
        for path in paths
        for file in (sorted(path.glob("*.jsonl")) if path.is_dir() else [path])
    ]


def lines_of(file: Path) -> list[str]:
    return [line for line in file.read_text("utf-8").splitlines() if line.strip()]


def _asked(source: str, line: str) -> Asked:
    row = json.loads(line)
    gold: str | list[str] = next((row[key] for key in _GOLD if row.get(key)), [])
    return Asked(source, row["question"], frozenset([gold] if isinstance(gold, str) else gold))


def ndcg(codes: Sequence[str], gold: Set[str]) -> float:
    """nDCG@10 with one right answer as the ideal: any level of a procedure is as good."""
    found = (1 / math.log2(at + 2) for at, code in enumerate(codes[:_SEEN]) if code in gold)
    return min(1.0, sum(found))


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def by_wording(asked: Sequence[Asked], values: Sequence[float]) -> tuple[float, float]:
    """The mean over all questions, and over those that citizens worded."""
    citizens = [value for one, value in zip(asked, values, strict=True) if one.is_citizens]
    return mean(values), mean(citizens)


def folds(asked: Sequence[Asked], count: int) -> list[int]:
    """By question its fold: questions that share a right answer are never in two."""
    root: dict[str, str] = {}

    def find(code: str) -> str:
        while root.setdefault(code, code) != code:
            code = root[code]
        return code

    for one in asked:
        first, *others = sorted(one.gold)
        for other in others:
            root[max(find(first), find(other))] = min(find(first), find(other))
    return [_hash(find(min(one.gold))) % count for one in asked]


def _hash(code: str) -> int:
    return int(sha256(code.encode()).hexdigest(), 16)


Search = Callable[[str], Sequence[str]]


def judge(search: Search, asked: Sequence[Asked]) -> list[float]:
    """nDCG@10 of each question."""
    return [ndcg(search(one.question), one.gold) for one in asked]
