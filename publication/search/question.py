"""A question as the index is asked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Protocol

from catalog.codes import CodeError, procedure_code
from catalog.vietnamese import fold, search_form
from publication.search.asking import WEAK, Asked, set_apart
from publication.search.everyday import Meant, meant_by, phrases_of
from publication.search.spelling import Lexicon, read_words
from publication.search.words import fold_word, pairs, spelt_words, syllables, syllables_of, visible

MAX_QUESTION_CHARS = 500
MAX_TERMS = 64
_MEANING_WEIGHT = 0.5  # of a term that the question only means, beside one it says
_HINT_WEIGHT = 0.3  # of a term that only the everyday phrase nearest to the question means

_CODE = re.compile(r"(?<![\d.])\d\.?\d{6}(?:\.[\w.]+)?(?![\d.]*\d)", re.ASCII)
_NUMBER = re.compile(r"(\d{1,5}[a-z]?)\s*/\s*(qd[a-z0-9&-]*)")
_NUMBER_ALONE = re.compile(
    r"(?:thu tuc )?(?:theo )?(?:quyet dinh|qd)?\s*(?:so)?\s*(\d{1,5}[a-z]?)(?: nam \d{4})?"
)


class Knowledge(Lexicon, Protocol):
    """What the index knows of words."""

    def meanings(self, phrases: Sequence[str]) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Question:
    """`terms` by weight; `words` are the folded syllables that a name is compared with, `hinted`
    those that it is compared with at less weight.

    `read` is the whole of it as it was read; `subject` what it asks about; `officially` the same
    with what everyday phrases mean in their stead, for the language model; `part` the anchor of
    the part of a page that it asks for, or ""; `meant` the everyday phrases in it; `mended` pairs
    of a word as typed and as read; `codes` are procedure codes in their usual form; `decision` is
    how the folded number of a decision begins, "" when none is asked for; `marked` are the words
    typed with their marks; `to_mark` the folded words and pairs of words that are shown marked in
    an answer, `spellings` by folded word those that are meant, where all were typed with marks.
    """

    text: str
    words: frozenset[str] = frozenset()
    hinted: frozenset[str] = frozenset()
    terms: tuple[tuple[str, float], ...] = ()
    read: str = ""
    subject: str = ""
    officially: str = ""
    part: str = ""
    meant: tuple[Meant, ...] = ()
    mended: tuple[tuple[str, str], ...] = ()
    to_mark: tuple[str, ...] = ()
    spellings: Mapping[str, frozenset[str]] = field(default_factory=dict)
    marked: frozenset[str] = frozenset()
    codes: tuple[str, ...] = ()
    decision: str = ""

    def with_hint(self, official: str) -> "Question":
        """The same question, asked a little for other official words too."""
        run = syllables(official)
        hinted = dict.fromkeys(_telling(run), _HINT_WEIGHT)
        terms = tuple((hinted | dict(self.terms)).items())
        return replace(self, terms=terms, hinted=frozenset(run) - self.words)

    @property
    def is_empty(self) -> bool:
        return not (self.terms or self.codes or self.decision)


def read_question(text: str, knowledge: Knowledge, *, as_typed: bool = False) -> Question:
    """A question in any spelling; at most MAX_QUESTION_CHARS of it are read.

    `as_typed` searches the very words, without mending them or asking what they mean.
    """
    text = visible(text)[:MAX_QUESTION_CHARS]
    typed = spelt_words(text)
    read = tuple(typed) if as_typed else read_words(typed, knowledge)
    asked = Asked((read,), part="") if as_typed else set_apart(read)
    meant = () if as_typed else _meant(asked.subject, knowledge)
    terms = _terms(asked.subject, meant)
    subject = " ".join(word for run in asked.subject for word in run)
    return Question(
        text=text,
        words=frozenset(term for run in _runs(asked.subject, meant) for term in run),
        terms=terms,
        read=" ".join(read),
        subject=subject,
        officially=_officially(subject, meant),
        part=asked.part,
        meant=meant,
        mended=_mended(typed, read),
        to_mark=_to_mark(asked.subject, meant),
        spellings=_spellings(typed, read, meant),
        marked=frozenset(filter(_has_marks, typed)),
        codes=tuple(dict.fromkeys(_codes(text))),
        decision=_decision(text),
    )


def _meant(runs: Sequence[Sequence[str]], knowledge: Knowledge) -> tuple[Meant, ...]:
    table = knowledge.meanings([phrase for run in runs for phrase in phrases_of(run)])
    return tuple(meant for run in runs for meant in meant_by(run, table))


def _officially(subject: str, meant: Sequence[Meant]) -> str:
    text = f" {subject} "
    for one in meant:
        text = text.replace(f" {one.phrase} ", f" {one.meaning} ", 1)
    return text.strip()


def _runs(runs: Sequence[Sequence[str]], meant: Sequence[Meant]) -> Iterator[list[str]]:
    """The folded syllables of what is asked about, run by run, and of what it means."""
    for run in runs:
        yield [syllable for word in run for syllable in syllables_of(word)]
    for one in meant:
        yield syllables(one.meaning)


def _terms(runs: Sequence[Sequence[str]], meant: Sequence[Meant]) -> tuple[tuple[str, float], ...]:
    weights: dict[str, float] = {}
    for run in _runs(runs, ()):
        weights.update(dict.fromkeys(_telling(run), 1.0))
    for run in _runs((), meant):
        for term in _telling(run):
            weights.setdefault(term, _MEANING_WEIGHT)
    if not weights:
        weights = {term: 1.0 for run in _runs(runs, ()) for term in run}
    return tuple(weights.items())[:MAX_TERMS]


def _telling(run: list[str]) -> list[str]:
    """Syllables that say something, and neighbours of which at least one does."""
    beside = [
        both for both, first, second in zip(pairs(run), run, run[1:], strict=False)
        if not {first, second} <= WEAK
    ]  # fmt: skip
    return [*(word for word in run if word not in WEAK), *beside]


def _to_mark(runs: Sequence[Sequence[str]], meant: Sequence[Meant]) -> tuple[str, ...]:
    """Phrases first, for the first that fits is marked."""
    phrases, alone = [], []
    for text in (*(" ".join(run) for run in runs), *(one.meaning for one in meant)):
        words = search_form(text).split()
        telling = [word for word in words if word not in WEAK]
        alone += telling
        phrases += [
            f"{first} {second}" for first, second in pairwise(words) if not {first, second} <= WEAK
        ]
    return tuple(dict.fromkeys((*phrases, *alone)))


def _spellings(
    typed: Sequence[str], read: Sequence[str], meant: Sequence[Meant]
) -> dict[str, frozenset[str]]:
    bare = {
        fold_word(after) for word, after in zip(typed, read, strict=True) if not _has_marks(word)
    }
    said = [*read, *(word for one in meant for word in spelt_words(one.meaning))]
    return {
        form: frozenset(word for word in said if fold_word(word) == form)
        for form in {fold_word(word) for word in said} - bare
    }


def _has_marks(word: str) -> bool:
    return word != fold_word(word)


def _mended(typed: Sequence[str], read: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """What was read otherwise than typed; marks put back on a word without any are no change."""
    return tuple(
        (before, after)
        for before, after in zip(typed, read, strict=True)
        if before not in (after, fold_word(after))
    )


def _codes(text: str) -> Iterator[str]:
    for found in _CODE.finditer(text):
        try:
            yield procedure_code(found[0])
        except CodeError:
            # A number that only begins like a code, such as a telephone number.
            continue


def _decision(text: str) -> str:
    folded = fold(text)
    if found := _NUMBER.search(folded):
        return f"{found[1]}/{found[2]}"
    alone = _NUMBER_ALONE.fullmatch(search_form(text))
    return f"{alone[1]}/" if alone else ""
