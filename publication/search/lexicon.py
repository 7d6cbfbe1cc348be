"""How words are spelt, read from the index, and from what people ask with."""

import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from catalog.vietnamese import fold
from publication.search.asking import asking_sentences
from publication.search.index_file import Stamp, reading_stamp
from publication.search.words import sounds, syllables

# What people ask with stands in no announced text; it counts like so many of its lines.
_ASKED_COUNT = 40

_GOING_ON = 12  # terms that a word being typed may become


@dataclass(frozen=True)
class Spelt:
    """How words are spelt, by folded form, and which follow which, and how often."""

    words: Mapping[str, Mapping[str, int]]
    following: Mapping[str, Mapping[str, int]]


class _Held:
    """What this process has read of words, and of which index."""

    lock = threading.Lock()
    stamp: Stamp = ()
    spelt = Spelt({}, {})


class IndexKnowledge:
    """What the index of one reading connection knows of words; see question.Knowledge.

    Names say few different words, however many names there are, and every question asks for
    hundreds of spellings: they are held in memory.
    """

    def __init__(self, index: sqlite3.Connection) -> None:
        self._index = index
        with _Held.lock:
            if _Held.stamp != (stamp := reading_stamp()):
                _Held.spelt, _Held.stamp = _read_spelt(index), stamp
            self._spelt = _Held.spelt

    def spellings(self, folded: Iterable[str]) -> Mapping[str, Mapping[str, int]]:
        """By folded word, how it is spelt and how often."""
        words = self._spelt.words
        return {form: words[form] for form in folded if form in words}

    def following(self, word: str) -> Mapping[str, int]:
        """The words that follow a word, and how often."""
        return self._spelt.following.get(word, {})

    def meanings(self, phrases: Sequence[str]) -> Mapping[str, str]:
        """Of the phrases those that are everyday words, and what they mean."""
        rows = self._index.execute(
            "SELECT phrase, meaning FROM everyday WHERE phrase IN (SELECT value FROM json_each(?))",
            (json.dumps(list(phrases), ensure_ascii=False),),
        )
        return dict(rows)

    def going_on(self, text: str) -> list[str]:
        """Terms of names that begin like the last word of a text, alone and after the one before.

        None when the text ends with a space: then its last word is finished.
        """
        words = syllables(text)
        if not words or text[-1:].isspace():
            return []
        begun = [words[-1], *("".join(words[-2:]) for _ in words[-2:-1])]
        rows = self._index.execute(
            "SELECT DISTINCT term.term FROM json_each(?) AS begun JOIN term"
            " ON term.term >= begun.value AND term.term < begun.value || '{'"
            " ORDER BY term.documents DESC LIMIT ?",
            (json.dumps(begun), _GOING_ON),
        )
        return [term for (term,) in rows]

    def in_texts(self, folded: Iterable[str]) -> set[str]:
        """Those of the folded words that are in any text, not only in a name."""
        terms = {form: sounds(form) for form in folded}
        rows = self._index.execute(
            "SELECT term FROM term WHERE term IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(terms.values())),),
        )
        held = {term for (term,) in rows}
        return {form for form, term in terms.items() if term in held}


def _read_spelt(index: sqlite3.Connection) -> Spelt:
    words: dict[str, Counter[str]] = {}
    following: dict[str, Counter[str]] = {}
    for form, word, count in index.execute("SELECT folded, word, count FROM spelling"):
        words.setdefault(form, Counter())[word] = count
    for first, second, count in index.execute("SELECT first, second, count FROM neighbours"):
        following.setdefault(first, Counter())[second] = count
    for sentence in asking_sentences():
        for word in sentence:
            words.setdefault(fold(word), Counter())[word] += _ASKED_COUNT
        for first, second in pairwise(sentence):
            following.setdefault(first, Counter())[second] += _ASKED_COUNT
    return Spelt(words, following)
