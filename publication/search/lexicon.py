"""How words are spelt, read from the index, and from what people ask with."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from catalog.vietnamese import fold
from publication.search.asking import asking_sentences
from publication.search.everyday import Meant
from publication.search.words import sounds, spelt_words, syllables

# What people ask with stands in no announced text; each counts like so many of its lines.
_ASKED_COUNT, _EVERYDAY_COUNT = 40, 10

_GOING_ON = 12  # terms that a word being typed may become

Pair = tuple[str, str]


class IndexKnowledge:
    """What the index of one reading connection knows of words; see question.Knowledge."""

    def __init__(self, index: sqlite3.Connection) -> None:
        self._index = index

    def spellings(self, folded: Iterable[str]) -> Mapping[str, Mapping[str, int]]:
        """By folded word, how it is spelt and how often."""
        found: dict[str, Counter[str]] = {}
        wanted = sorted(folded)
        for form, word, count in self._index.execute(
            "SELECT folded, word, count FROM spelling WHERE folded IN"
            " (SELECT value FROM json_each(?))",
            (json.dumps(wanted),),
        ):
            found.setdefault(form, Counter())[word] += count
        for form in wanted:
            for word, count in _asked_words().get(form, {}).items():
                found.setdefault(form, Counter())[word] += count
        return found

    def neighbours(self, pairs: Iterable[Pair]) -> Mapping[Pair, int]:
        """How often the second word follows the first."""
        wanted = list(pairs)
        rows = self._index.execute(
            "SELECT pair.value ->> 0, pair.value ->> 1, count FROM json_each(?) AS pair"
            " JOIN neighbours ON first = pair.value ->> 0 AND second = pair.value ->> 1",
            (json.dumps(wanted, ensure_ascii=False),),
        )
        found = Counter({(first, second): count for first, second, count in rows})
        asked = _asked_pairs()
        found.update({pair: asked[pair] for pair in wanted if pair in asked})
        return found

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


def spelling_counts(texts: Iterable[str], *, times: int = 1) -> tuple[Counter[str], Counter[Pair]]:
    """How often words, and pairs of neighbours, stand in the lines of texts."""
    words: Counter[str] = Counter()
    beside: Counter[Pair] = Counter()
    for line in _lines(texts):
        spelt = spelt_words(line)
        for word in spelt:
            words[word] += times
        for pair in pairwise(spelt):
            beside[pair] += times
    return words, beside


def everyday_counts(meant: Iterable[Meant]) -> tuple[Counter[str], Counter[Pair]]:
    return spelling_counts(
        (text for one in meant for text in (one.phrase, one.meaning)), times=_EVERYDAY_COUNT
    )


def _lines(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from text.split("\n")


@lru_cache(maxsize=1)
def _asked_words() -> dict[str, Counter[str]]:
    by_form: dict[str, Counter[str]] = {}
    for sentence in asking_sentences():
        for word in sentence:
            by_form.setdefault(fold(word), Counter())[word] += _ASKED_COUNT
    return by_form


@lru_cache(maxsize=1)
def _asked_pairs() -> Counter[Pair]:
    pairs: Counter[Pair] = Counter()
    for sentence in asking_sentences():
        for pair in pairwise(sentence):
            pairs[pair] += _ASKED_COUNT
    return pairs
