"""The tables of the index that tell how words are spelt and which stand beside each other."""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from typing import Any

from catalog.vietnamese import fold

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
