"""The tables of the search index, a SQLite file (index_file.py): filled at once, or by procedure.

Everything in them follows from the listings alone, whatever way they were written.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from publication.search import postings, spelling_rows
from publication.search.document import SearchDocument, document_key, term_weights
from publication.search.everyday import Meant, phrase_key
from publication.search.spelling_rows import everyday_counts, spelling_counts
from publication.search.words import sounds, spelt_words

SCHEMA_VERSION = 3  # raise it with any change to the tables or to how terms are weighed

SCHEMA = """
CREATE TABLE level_with (sequence INTEGER NOT NULL, digest TEXT NOT NULL);
CREATE TABLE procedure (
    doc INTEGER PRIMARY KEY, abolished INTEGER NOT NULL, decision_key TEXT NOT NULL,
    folded_name TEXT NOT NULL, spelt_name TEXT NOT NULL,
    name TEXT NOT NULL, summary TEXT NOT NULL, about TEXT NOT NULL, body TEXT NOT NULL,
    filing TEXT NOT NULL
);
CREATE INDEX procedure_by_decision ON procedure (decision_key);
CREATE TABLE term (id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE, documents INTEGER NOT NULL);
CREATE INDEX term_held_by_none ON term (id) WHERE documents = 0;
CREATE TABLE place (
    shelf TEXT NOT NULL, key TEXT NOT NULL, doc INTEGER NOT NULL, label TEXT NOT NULL,
    PRIMARY KEY (shelf, key, doc)
) WITHOUT ROWID;
CREATE INDEX place_by_doc ON place (doc);
CREATE TABLE everyday (phrase TEXT PRIMARY KEY, meaning TEXT NOT NULL) WITHOUT ROWID;
"""
SCHEMA += postings.SCHEMA + spelling_rows.SCHEMA


def fill(connection: sqlite3.Connection, documents: Iterable[SearchDocument]) -> int:
    """Write documents into an empty index; how many. Gives what `put` gives one by one, faster.

    Postings wait in a table without an order and are sorted once, by the database, in its files.
    """
    numbers: dict[str, int] = {}
    holders: Counter[str] = Counter()
    written = 0
    spelt = spelling_rows.Tally()
    connection.execute("CREATE TEMP TABLE waiting (term INTEGER, doc INTEGER, weight INTEGER)")
    for document in documents:
        weights, doc = document.weights(), document.key
        holders.update(weights.keys())
        connection.executemany(
            "INSERT INTO waiting VALUES (?, ?, ?)",
            [
                (numbers.setdefault(term, len(numbers) + 1), doc, weight)
                for term, weight in weights.items()
            ],
        )
        spelt.add(*spelling_counts((document.summary["name"], document.about)))
        _put_facts(connection, document)
        written += 1
    connection.executemany(
        "INSERT INTO term VALUES (?, ?, ?)",
        ((number, term, holders[term]) for term, number in numbers.items()),
    )
    bundled = "SELECT term, doc, weight FROM waiting ORDER BY term, doc % ?, doc"
    postings.write_all(connection, connection.execute(bundled, (postings.BUCKETS,)))
    connection.execute("DROP TABLE waiting")
    spelling_rows.write(connection, spelt)
    return written


def put(connection: sqlite3.Connection, document: SearchDocument) -> None:
    """Write a document in the stead of the one of its code, if there is one."""
    spelt = spelling_rows.Tally()
    spelt.add(*spelling_counts((document.summary["name"], document.about)))
    _rewrite(connection, document.key, document.weights(), spelt)
    _put_facts(connection, document)


def remove(connection: sqlite3.Connection, code: str) -> None:
    """Take a procedure out of the index; nothing when it is not in it."""
    _rewrite(connection, document_key(code), {}, spelling_rows.Tally())


def put_everyday(connection: sqlite3.Connection, pairs: Iterable[Meant]) -> None:
    """Let the index know exactly these everyday phrases."""
    spelt = spelling_rows.Tally()
    before = everyday(connection)
    spelt.take(*everyday_counts(Meant(*pair) for pair in before.items()))
    after = {phrase_key(pair.phrase): pair.meaning for pair in pairs}
    spelt.add(*everyday_counts(Meant(*pair) for pair in after.items()))
    connection.execute("DELETE FROM everyday")
    connection.executemany("INSERT INTO everyday VALUES (?, ?)", sorted(after.items()))
    spelling_rows.write(connection, spelt)


def everyday(connection: sqlite3.Connection) -> dict[str, str]:
    """By phrase as spelt, what it means."""
    return dict(connection.execute("SELECT phrase, meaning FROM everyday"))


def _rewrite(
    connection: sqlite3.Connection,
    doc: int,
    weights: Mapping[str, int],
    spelt: spelling_rows.Tally,
) -> None:
    """Change the postings of a document to the given ones, touching only those that differ.

    Its facts are taken away: the terms and spellings it had until now follow from them.
    """
    before, told = _stored_weights(connection, doc)
    spelt.take(*told)
    spelling_rows.write(connection, spelt)
    connection.execute("DELETE FROM place WHERE doc = ?", (doc,))
    connection.execute("DELETE FROM procedure WHERE doc = ?", (doc,))
    come, gone = weights.keys() - before.keys(), before.keys() - weights.keys()
    _count_holders(connection, come=come, gone=gone)
    changed = [term for term, weight in weights.items() if before.get(term) != weight]
    numbers = _numbers(connection, {*changed, *gone})
    postings.change(
        connection,
        doc,
        {numbers[term]: weights[term] for term in changed} | {numbers[term]: None for term in gone},
    )
    connection.execute("DELETE FROM term WHERE documents = 0")


def _stored_weights(
    connection: sqlite3.Connection, doc: int
) -> tuple[Mapping[str, int], spelling_rows.Counted]:
    """The terms of a document and its spellings as the index has them."""
    stored = connection.execute(
        "SELECT name, about, body FROM procedure WHERE doc = ?", (doc,)
    ).fetchone()
    if not stored:
        return {}, spelling_counts(())
    return term_weights(*stored), spelling_counts(stored[:2])


def _count_holders(
    connection: sqlite3.Connection, *, come: Iterable[str], gone: Iterable[str]
) -> None:
    connection.executemany(
        "INSERT INTO term (term, documents) VALUES (?, 1)"
        " ON CONFLICT (term) DO UPDATE SET documents = documents + 1",
        [(term,) for term in come],
    )
    connection.executemany(
        "UPDATE term SET documents = documents - 1 WHERE term = ?", [(term,) for term in gone]
    )


def _numbers(connection: sqlite3.Connection, terms: Iterable[str]) -> dict[str, int]:
    """The numbers that the index has given to terms."""
    rows = connection.execute(
        "SELECT term.term, term.id FROM json_each(?) JOIN term ON term.term = json_each.value",
        (json.dumps(sorted(terms)),),
    )
    return dict(rows)


def _put_facts(connection: sqlite3.Connection, document: SearchDocument) -> None:
    name = document.summary["name"]
    connection.execute(
        "INSERT INTO procedure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document.key,
            document.summary["state"] == "abolished",
            document.decision_key,
            sounds(name),
            " ".join(spelt_words(name)),
            name,
            json.dumps(document.summary, ensure_ascii=False),
            document.about,
            document.body,
            document.filing,
        ),
    )
    connection.executemany(
        "INSERT INTO place (shelf, key, label, doc) VALUES (?, ?, ?, ?)",
        [(*place, document.key) for place in document.places],
    )


def level_with(connection: sqlite3.Connection) -> tuple[int, str]:
    """Up to which event the index goes, and that event's digest."""
    sequence, digest = connection.execute("SELECT sequence, digest FROM level_with").fetchone()
    return sequence, digest


def set_level(connection: sqlite3.Connection, *, sequence: int, digest: str) -> None:
    connection.execute("DELETE FROM level_with")
    connection.execute("INSERT INTO level_with VALUES (?, ?)", (sequence, digest))


def contents(connection: sqlite3.Connection) -> Iterable[tuple[Any, ...]]:
    """Every fact of the index in a fixed order: two builds of one state give the same rows."""
    yield from connection.execute("SELECT * FROM procedure ORDER BY doc")
    yield from connection.execute("SELECT * FROM place ORDER BY shelf, key, doc")
    yield from connection.execute("SELECT term, documents FROM term ORDER BY term")
    yield from postings.contents(connection)
    yield from connection.execute("SELECT * FROM everyday ORDER BY phrase")
    yield from spelling_rows.contents(connection)
