"""What the portal's search is compared with, and the portal asked as other systems ask it."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from urllib.parse import quote
from urllib.request import urlopen

from benchmarks.search_parts import code_of
from catalog.vietnamese import fold
from publication.search import language_model
from publication.search.index_file import reading
from publication.search.meanings import Nearness, read_meanings

_MOST = 10


def codes_by_meaning_alone(text: str) -> list[str]:
    """Codes whose names the language model holds nearest to the very words."""
    with reading() as index:
        meanings = read_meanings(index)
        assert meanings, "no names were learnt"
        # The whole question: the portal reads the beginning only, because of what reading costs.
        cosines = meanings.vectors @ language_model._question_vector(text)
        return [code_of(doc) for doc, _ in Nearness(meanings.docs, cosines).nearest(_MOST)]


def asking_fts5() -> Callable[[str], list[str]]:
    """Codes by SQLite's own full text search: folded, any of the words, the name ten times."""
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE held USING fts5 (code UNINDEXED, name, rest)")
    table.executemany("INSERT INTO held VALUES (?, ?, ?)", _folded_texts())
    return lambda text: _codes_by_fts5(table, text)


def _folded_texts() -> Iterator[tuple[str, str, str]]:
    with reading() as index:
        for doc, name, about, body in index.execute("SELECT doc, name, about, body FROM procedure"):
            yield code_of(doc), fold(name), fold(f"{about}\n{body}")


def _codes_by_fts5(table: sqlite3.Connection, text: str) -> list[str]:
    words = re.findall(r"\w+", fold(text))
    rows = table.execute(
        "SELECT code FROM held WHERE held MATCH ? ORDER BY bm25(held, 0, 10, 1) LIMIT ?",
        (" OR ".join(f'"{word}"' for word in words), _MOST),
    )
    return [code for (code,) in rows] if words else []


def asking_over_http(address: str) -> Callable[[str], list[str]]:
    """Codes that the list of procedures of a running portal answers with."""

    def ask(text: str) -> list[str]:
        url = f"{address}/api/v1/procedures/?page_size={_MOST}&fields=code&q={quote(text)}"
        with urlopen(url, timeout=60) as answer:
            return [row["code"] for row in json.load(answer)["results"]]

    return ask
