"""The tables of the index that tell how words are spelt and which stand beside each other."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from catalog.vietnamese import fold
from publication.search.everyday import Meant
from publication.search.words import spelt_words

_EVERYDAY_COUNT = 10  # a pair of the table is no announced text; it counts like so many lines

SCHEMA = """
CREATE TABLE spelling (
    folded TEXT NOT NULL, word TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (folded, word)
) WITHOUT ROWID;
CREATE TABLE neighbours (
    first TEXT NOT NULL, second TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (first, second)
) WITHOUT ROWID;
"""

Counted = tuple[Counter[str], Counter[tuple[str, str]]]


class Tally:
    """What is to be added to the counts of the index, and what is to be taken from them."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.beside: Counter[tuple[str, str]] = Counter()

    def add(self, words: Counter[str], beside: Counter[tuple[str, str]]) -> None:
        self.words.update(words)
        self.beside.update(beside)

    def take(self, words: Counter[str], beside: Counter[tuple[str, str]]) -> None:
        self.words.subtract(words)
        self.beside.subtract(beside)


def write(connection: sqlite3.Connection, tally: Tally) -> None:
    """Change the counts, touching only those that differ."""
    words = [(fold(word), word, count) for word, count in sorted(tally.words.items()) if count]
    beside = [(*pair, count) for pair, count in sorted(tally.beside.items()) if count]
    connection.executemany(
        "INSERT INTO spelling VALUES (?, ?, ?)"
        " ON CONFLICT (folded, word) DO UPDATE SET count = count + excluded.count",
        words,
    )
    connection.executemany(
        "INSERT INTO neighbours VALUES (?, ?, ?)"
        " ON CONFLICT (first, second) DO UPDATE SET count = count + excluded.count",
        beside,
    )
    connection.executemany(
        "DELETE FROM spelling WHERE folded = ? AND word = ? AND count = 0",
        [row[:2] for row in words if row[2] < 0],
    )
    connection.executemany(
        "DELETE FROM neighbours WHERE first = ? AND second = ? AND count = 0",
        [row[:2] for row in beside if row[2] < 0],
    )


def contents(connection: sqlite3.Connection) -> Iterable[tuple[Any, ...]]:
    yield from connection.execute("SELECT * FROM spelling ORDER BY folded, word")
    yield from connection.execute("SELECT * FROM neighbours ORDER BY first, second")


def spelling_counts(texts: Iterable[str], *, times: int = 1) -> Counted:
    """How often words, and pairs of neighbours, stand in the lines of texts."""
    words: Counter[str] = Counter()
    beside: Counter[tuple[str, str]] = Counter()
    for line in _lines(texts):
        spelt = spelt_words(line)
        for word in spelt:
            words[word] += times
        for pair in pairwise(spelt):
            beside[pair] += times
    return words, beside


def everyday_counts(meant: Iterable[Meant]) -> Counted:
    return spelling_counts(
        (text for one in meant for text in (one.phrase, one.meaning)), times=_EVERYDAY_COUNT
    )


def _lines(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from text.split("\n")
