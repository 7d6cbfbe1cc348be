"""The passage of a text that answers a question, with the matching words marked. Pure."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from catalog.vietnamese import fold
from publication.search.words import spelt_words

PASSAGE_CHARS = 220
_LOOKED_AT_CHARS = 4_000  # what a procedure is about stands at its beginning
_WEIGHED = 100  # matches; the cost of a page of answers, not its worth, grows with more


@dataclass(frozen=True)
class Piece:
    """A run of text; `marked` when it is a word of the question."""

    text: str
    marked: bool = False


def _table() -> np.ndarray[Any, np.dtype[np.uint16]]:
    """By UTF-16 unit what it is folded to, if that is one letter; the others stay as they are."""
    table = np.arange(0x1_0000, dtype="<u2")
    for code in (*range(0x250), *range(0x1E00, 0x1F00)):  # Unicode's blocks of Latin letters
        if len(folded := fold(chr(code))) == 1:
            table[code] = ord(folded)
    return table


_FOLDED = _table()


Spellings = Mapping[str, Set[str]]
_ANY: Spellings = {}


def mark(text: str, words: Sequence[str], spellings: Spellings = _ANY) -> tuple[Piece, ...]:
    """The whole text in pieces. `words` are folded words or phrases, phrases first.

    `spellings` are, by folded word, those that are meant; of a word that has none there, all are.
    """
    return _pieces(text, [match.span() for match in _matches(text, words, spellings)])


def passage(text: str, words: Sequence[str], spellings: Spellings = _ANY) -> tuple[Piece, ...]:
    """The stretch of about PASSAGE_CHARS with the most different words of the question.

    Nothing when no word of the question is in the first _LOOKED_AT_CHARS of the text. Words and
    spellings as in `mark`.
    """
    matches = _matches(text[:_LOOKED_AT_CHARS], words, spellings)
    if not matches:
        return ()
    # A phrase of the question says more than its words scattered over a text.
    phrases = [match for match in matches if " " in match[0]]
    start = _beginning(text, _densest((phrases or matches)[:_WEIGHED]))
    end = min(len(text), start + PASSAGE_CHARS)
    if end < len(text) and (space := text.rfind(" ", start, end)) > start:
        end = space
    shown = text[start:end].replace("\n", " ")
    spans = [match.span() for match in matches if match.start() >= start and match.end() <= end]
    pieces = _pieces(shown, [(first - start, last - start) for first, last in spans])
    before = [Piece("… ")] if start else []
    after = [Piece(" …")] if end < len(text) else []
    return (*before, *pieces, *after)


def _matches(text: str, words: Sequence[str], spellings: Spellings) -> list[re.Match[str]]:
    if not (text and words):
        return []
    found = list(_pattern(tuple(words)).finditer(_folded(text)))
    if not spellings:
        return found
    # A text says the same words again and again: each way of writing them is looked at once.
    written = [text[it.start() : it.end()] for it in found]
    folded = dict(zip(written, (it[0] for it in found), strict=True))
    meant = {one for one in folded if _is_meant(folded[one], one, spellings)}
    return [it for it, one in zip(found, written, strict=True) if one in meant]


def _is_meant(folded: str, written: str, spellings: Spellings) -> bool:
    """Not "lái" for who typed "lại"."""
    return all(
        form not in spellings or _spelt(word) in spellings[form]
        for form, word in zip(folded.split(), written.split(), strict=True)
    )


@lru_cache(maxsize=4096)
def _spelt(word: str) -> str:
    return "".join(spelt_words(word))


def _folded(text: str) -> str:
    """Folded letter by letter, so that a place in it is the same place in the text.

    In a table of numpy's: str.translate takes seven times as long, most of a page of answers.
    """
    units = np.frombuffer(text.encode("utf-16-le"), "<u2")
    folded: bytes = _FOLDED[units].tobytes()
    return folded.decode("utf-16-le")


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    either = "|".join(map(re.escape, words))
    return re.compile(rf"\b(?:{either})\b", re.ASCII)


def _densest(matches: Sequence[re.Match[str]]) -> int:
    """Where the stretch with the most different words begins; longer phrases count for more."""
    inside: Counter[str] = Counter()
    best, best_weight, weight, last = matches[0].start(), 0, 0, 0
    for match in matches:
        while last < len(matches) and matches[last].end() <= match.start() + PASSAGE_CHARS * 3 // 4:
            word = matches[last][0]
            weight += len(word) * (not inside[word])
            inside[word] += 1
            last += 1
        if weight > best_weight:
            best, best_weight = match.start(), weight
        inside[match[0]] -= 1
        weight -= len(match[0]) * (not inside[match[0]])
    return best


def _beginning(text: str, place: int) -> int:
    """The line's beginning when that is near, otherwise a word shortly before."""
    line = text.rfind("\n", 0, place) + 1
    if place - line <= PASSAGE_CHARS // 4:
        return line
    return text.rfind(" ", 0, place - PASSAGE_CHARS // 8) + 1


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    place = 0
    for start, end in spans:
        # Neighbouring words are marked as one run: "đăng ký", not "đăng" and "ký".
        if pieces and pieces[-1].marked and text[place:start] == " ":
            pieces[-1] = Piece(f"{pieces[-1].text} {text[start:end]}", marked=True)
        else:
            if start > place:
                pieces.append(Piece(text[place:start]))
            pieces.append(Piece(text[start:end], marked=True))
        place = end
    if place < len(text):
        pieces.append(Piece(text[place:]))
    return tuple(pieces)
