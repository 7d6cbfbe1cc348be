"""The portal's own search, asked with parts of it left out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from publication.search.answers import answers, fitting, weighed
from publication.search.index_file import reading
from publication.search.lexicon import IndexKnowledge
from publication.search.meanings import Meanings, read_meanings
from publication.search.question import Question, read_question
from publication.search.ranking import SHIPPED, Signals, Weights

Forgets = Callable[[str], bool]


@dataclass(frozen=True)
class Parts:
    """`forgets` says of an everyday phrase that it is left out."""

    reads: bool = True
    by_meaning: bool = True
    forgets: Forgets = lambda _phrase: False
    weights: Weights = SHIPPED


class _Forgetful(IndexKnowledge):
    def __init__(self, index, forgets: Forgets) -> None:
        super().__init__(index)
        self._forgets = forgets

    def meanings(self, phrases: Sequence[str]) -> Mapping[str, str]:
        known = super().meanings(phrases)
        return {phrase: means for phrase, means in known.items() if not self._forgets(phrase)}


def held_codes() -> set[str]:
    with reading() as index:
        return {code_of(doc) for (doc,) in index.execute("SELECT doc FROM procedure")}


def find_codes(parts: Parts, text: str) -> list[str]:
    """Codes of the answers, best first."""
    with reading() as index:
        question = _read(index, text, parts)
        found = answers(fitting(index), question, _meanings(index, parts), weights=parts.weights)
        return [code_of(doc) for doc in found[:10]]


def asking(parts: Parts) -> Callable[[str], list[str]]:
    return partial(find_codes, parts)


def find_signals(parts: Parts, text: str) -> list[tuple[str, Signals]]:
    """What speaks for each answer, by its code."""
    with reading() as index:
        found = weighed(fitting(index), _read(index, text, parts), _meanings(index, parts))
        return [(code_of(one.doc), one) for one in found.weighed]


def _read(index, text: str, parts: Parts) -> Question:
    return read_question(text, _Forgetful(index, parts.forgets), as_typed=not parts.reads)


def _meanings(index, parts: Parts) -> Meanings | None:
    """Without the phrases that are left out."""
    whole = read_meanings(index) if parts.by_meaning else None
    if not whole:
        return None
    kept = [at for at, one in enumerate(whole.everyday) if not parts.forgets(one.phrase)]
    return replace(whole, everyday=[whole.everyday[at] for at in kept], phrases=whole.phrases[kept])


def code_of(doc: int) -> str:
    """ "1.004222" of the document 1004222."""
    return f"{doc // 1_000_000}.{doc % 1_000_000:06d}"


def nearest_of(text: str) -> float:
    """How near in meaning the nearest name is to a question."""
    with reading() as index:
        meanings = read_meanings(index)
        assert meanings, "no names were learnt"
        return float(meanings.nearness(_read(index, text, Parts()).officially).cosines.max())
