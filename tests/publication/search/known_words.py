"""A lexicon written out by hand: what the portal's texts would have taught it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from catalog.vietnamese import fold
from publication.search.everyday import phrase_key
from publication.search.words import spelt_words


class KnownWords:
    """The words of some lines, each `times` times, and everyday phrases with their meanings."""

    def __init__(
        self, *lines: str, times: int = 20, everyday: Mapping[str, str] | None = None
    ) -> None:
        self.words: Counter[str] = Counter()
        self.beside: Counter[tuple[str, str]] = Counter()
        self.everyday = {phrase_key(phrase): text for phrase, text in (everyday or {}).items()}
        for line in [*lines, *self.everyday, *self.everyday.values()]:
            words = spelt_words(line)
            self.words.update(dict.fromkeys(words, times))
            self.beside.update(dict.fromkeys(pairwise(words), times))

    def spellings(self, folded: Iterable[str]) -> Mapping[str, Mapping[str, int]]:
        wanted = set(folded)
        found: dict[str, dict[str, int]] = {}
        for word, count in self.words.items():
            if fold(word) in wanted:
                found.setdefault(fold(word), {})[word] = count
        return found

    def following(self, word: str) -> Mapping[str, int]:
        return {second: n for (first, second), n in self.beside.items() if first == word}

    def in_texts(self, folded: Iterable[str]) -> set[str]:
        return set(folded) & {fold(word) for word in self.words}

    def meanings(self, phrases: Sequence[str]) -> Mapping[str, str]:
        return {phrase: self.everyday[phrase] for phrase in phrases if phrase in self.everyday}
