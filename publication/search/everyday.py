"""Everyday words and what the announced texts call the same thing. Pure.

Staff keep the pairs as rows; the index carries a copy, so that questions need no database.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from publication.search.words import spelt_words

_FILE = Path(__file__).with_name("everyday_words.txt")
MAX_WORDS = 6  # in a phrase


@dataclass(frozen=True)
class Meant:
    """A phrase of a question and the official words it stands for, both spelt."""

    phrase: str
    meaning: str


def phrase_key(phrase: str) -> str:
    """What a phrase is looked up by: its words as spelt, with one placement of tones."""
    return " ".join(spelt_words(phrase))


def default_pairs() -> Iterator[Meant]:
    """The pairs that a new portal begins with."""
    for line in _FILE.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        phrases, meaning = line.split(" = ")
        for phrase in phrases.split(","):
            if phrase_key(phrase) != phrase_key(meaning):
                yield Meant(phrase.strip(), meaning.strip())


def meant_by(words: Sequence[str], table: Mapping[str, str]) -> tuple[Meant, ...]:
    """The phrases of the question that the table knows, longest first, none within another."""
    found, place = [], 0
    while place < len(words):
        for length in range(min(MAX_WORDS, len(words) - place), 0, -1):
            phrase = " ".join(words[place : place + length])
            if phrase in table:
                found.append(Meant(phrase, table[phrase]))
                place += length
                break
        else:
            place += 1
    return tuple(found)


def phrases_of(words: Sequence[str]) -> list[str]:
    """Every run of words that might be a phrase of the table."""
    return [
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(start + MAX_WORDS, len(words)) + 1)
    ]
