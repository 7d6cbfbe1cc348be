"""What people ask with, set apart from what they ask about. Pure.

"Làm lại căn cước mất bao nhiêu tiền" asks about "làm lại căn cước"; the rest is in every question
and says which part of the page they want to read first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from publication.search.words import spelt_words, syllables_of

_FILE = Path(__file__).with_name("asking_words.txt")
_SENTENCES = Path(__file__).with_name("common_sentences.txt")

# Folded syllables that a question is asked with, and that say little of what is asked for.
_WEAK = """
a ai anh ba bac bao bi cac can cau chau chi cho chu co con cua da dang dau de do duoc em gi giup
hay hoac hoi khi khong la lam ma minh moi mot nao nay neu nha nhe nhi nhieu nhu nhung o oi phai
roi se tai the thi toi tren trong tu va vay ve vi voi xin ieu yeu thu tuc
"""
WEAK = frozenset(_WEAK.split())


@dataclass(frozen=True)
class Asked:
    """`subject` are the runs of words that are left; `part` the anchor of the page asked for."""

    subject: tuple[tuple[str, ...], ...]
    part: str


def set_apart(words: Sequence[str]) -> Asked:
    """Cut what a question is asked with out of its words (spelt, small letters).

    A question of nothing else is left whole: somebody may look for "trình tự" itself.
    """
    runs: list[list[str]] = [[]]
    part, place = "", 0
    while place < len(words):
        if found := _phrase_at(words, place):
            length, of_part = found
            part = part or of_part
            place += length
            runs.append([])
        else:
            runs[-1].append(words[place])
            place += 1
    subject = tuple(tuple(run) for run in runs if run)
    return Asked(subject if _says_something(subject) else (tuple(words),), part)


def asking_sentences() -> Iterator[list[str]]:
    """How people ask, as words, for whoever learns how they are spelt."""
    yield from map(list, _phrases())
    for line in _SENTENCES.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield from map(spelt_words, line.split(","))


def _says_something(runs: Sequence[Sequence[str]]) -> bool:
    return any(word not in WEAK for run in runs for text in run for word in syllables_of(text))


def _phrase_at(words: Sequence[str], place: int) -> tuple[int, str] | None:
    known = _phrases()
    for length in range(min(_longest(), len(words) - place), 0, -1):
        part = known.get(tuple(words[place : place + length]))
        if part is not None:
            return length, part
    return None


@lru_cache(maxsize=1)
def _phrases() -> dict[tuple[str, ...], str]:
    """By phrase, the anchor of the part that answers it."""
    known: dict[tuple[str, ...], str] = {}
    part = ""
    for line in _FILE.read_text("utf-8").splitlines():
        if line.startswith("["):
            part = line.strip("[]")
        elif line and not line.startswith("#"):
            known.update((tuple(spelt_words(phrase)), part) for phrase in line.split(","))
    return known


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _phrases()))
