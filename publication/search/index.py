"""The search artefact: one SQLite file, never changed where it stands.

A writer copies it, changes the copy and renames it over the old one, so a reader sees the whole
of one state. Everything in it follows from the listings alone, whatever way it was built.
"""

import json
import os
import shutil
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings

from catalog.vietnamese import search_form
from publication.search.document import SearchDocument, document_key, term_weights
from publication.search.words import spelt_words

SCHEMA_VERSION = 1  # raise it with any change to the tables or to how terms are weighed

_SCHEMA = """
CREATE TABLE level_with (sequence INTEGER NOT NULL, digest TEXT NOT NULL);
CREATE TABLE procedure (
    doc INTEGER PRIMARY KEY, abolished INTEGER NOT NULL, decision_key TEXT NOT NULL,
    folded_name TEXT NOT NULL, spelt_name TEXT NOT NULL,
    name TEXT NOT NULL, summary TEXT NOT NULL, about TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX procedure_by_decision ON procedure (decision_key);
CREATE TABLE term (id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE, documents INTEGER NOT NULL);
CREATE INDEX term_held_by_none ON term (id) WHERE documents = 0;
CREATE TABLE posting (
    term INTEGER NOT NULL, doc INTEGER NOT NULL, weight INTEGER NOT NULL, PRIMARY KEY (term, doc)
) WITHOUT ROWID;
CREATE TABLE place (
    shelf TEXT NOT NULL, key TEXT NOT NULL, doc INTEGER NOT NULL, label TEXT NOT NULL,
    PRIMARY KEY (shelf, key, doc)
) WITHOUT ROWID;
CREATE INDEX place_by_doc ON place (doc);
"""

_WRITING_CACHE_KB = 65_536  # terms come in no order; without room every one is a disk read
_local = threading.local()


class SearchUnavailable(Exception):
    """There is no index of this version yet; the search consumer will build it."""


def index_path() -> Path:
    """Beside the release, so that every web node that serves pages can also search."""
    return Path(settings.PORTAL_SITE_DIR) / "search" / "procedures.sqlite3"


def reader() -> sqlite3.Connection:
    """A read-only connection of this thread to the index as it stands now.

    Raises SearchUnavailable.
    """
    path = index_path()
    try:
        found = path.stat()
    except FileNotFoundError as error:
        raise SearchUnavailable(str(path)) from error
    stamp = (str(path), found.st_ino, found.st_mtime_ns)
    if getattr(_local, "stamp", None) != stamp:
        forget_reader()
        _local.connection = _open_for_reading(path)
        _local.stamp = stamp
    connection: sqlite3.Connection = _local.connection
    return connection


def forget_reader() -> None:
    """Close this thread's connection, if it has one."""
    if connection := getattr(_local, "connection", None):
        connection.close()
    _local.connection = _local.stamp = None


@contextmanager
def sole_writer() -> Iterator[None]:
    """Wait until no other process writes the index; the kernel frees the lock of a dead one."""
    folder = index_path().parent
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as handle:
        flock(handle, LOCK_EX)
        yield


@contextmanager
def next_index(*, anew: bool) -> Iterator[sqlite3.Connection]:
    """A connection to a copy of the index, or to an empty one; in place when the block ends well.

    Only inside `sole_writer`.
    """
    path = index_path()
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    if not anew:
        shutil.copyfile(path, draft)
    with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
        # A draft that dies half-way is thrown away, so it needs no journal.
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(f"PRAGMA cache_size=-{_WRITING_CACHE_KB}")
        if anew:
            connection.executescript(_SCHEMA)
            connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
        connection.execute("BEGIN")
        yield connection
        connection.execute("COMMIT")
    _put_in_place(draft, path)


def fill(connection: sqlite3.Connection, documents: Iterable[SearchDocument]) -> int:
    """Write documents into an empty index; how many. Gives what `put` gives one by one, faster.

    Postings wait in a table without an order and are sorted once, by the database, in its files.
    """
    numbers: dict[str, int] = {}
    holders: Counter[str] = Counter()
    written = 0
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
        _put_facts(connection, document)
        written += 1
    connection.executemany(
        "INSERT INTO term VALUES (?, ?, ?)",
        ((number, term, holders[term]) for term, number in numbers.items()),
    )
    connection.execute("INSERT INTO posting SELECT * FROM waiting ORDER BY term, doc")
    connection.execute("DROP TABLE waiting")
    return written


def put(connection: sqlite3.Connection, document: SearchDocument) -> None:
    """Write a document in the stead of the one of its code, if there is one."""
    _rewrite(connection, document.key, document.weights())
    _put_facts(connection, document)


def remove(connection: sqlite3.Connection, code: str) -> None:
    """Take a procedure out of the index; nothing when it is not in it."""
    _rewrite(connection, document_key(code), {})


def _rewrite(connection: sqlite3.Connection, doc: int, weights: dict[str, int]) -> None:
    """Change the postings of a document to the given ones, touching only those that differ.

    Its facts are taken away: the terms it had until now follow from them.
    """
    before = _stored_weights(connection, doc)
    connection.execute("DELETE FROM place WHERE doc = ?", (doc,))
    connection.execute("DELETE FROM procedure WHERE doc = ?", (doc,))
    come, gone = weights.keys() - before.keys(), before.keys() - weights.keys()
    _count_holders(connection, come=come, gone=gone)
    changed = [term for term, weight in weights.items() if before.get(term) != weight]
    numbers = _numbers(connection, {*changed, *gone})
    connection.executemany(
        "DELETE FROM posting WHERE term = ? AND doc = ?", [(numbers[term], doc) for term in gone]
    )
    connection.executemany(
        "INSERT OR REPLACE INTO posting VALUES (?, ?, ?)",
        [(numbers[term], doc, weights[term]) for term in changed],
    )
    connection.execute("DELETE FROM term WHERE documents = 0")


def _stored_weights(connection: sqlite3.Connection, doc: int) -> dict[str, int]:
    stored = connection.execute(
        "SELECT name, about, body FROM procedure WHERE doc = ?", (doc,)
    ).fetchone()
    return term_weights(*stored) if stored else {}


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
        "INSERT INTO procedure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document.key,
            document.summary["state"] == "abolished",
            document.decision_key,
            search_form(name),
            " ".join(spelt_words(name)),
            name,
            json.dumps(document.summary, ensure_ascii=False),
            document.about,
            document.body,
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
    yield from connection.execute(
        "SELECT term.term, doc, weight FROM posting JOIN term ON term.id = posting.term"
        " ORDER BY term.term, doc"
    )


def _open_for_reading(path: Path) -> sqlite3.Connection:
    # Immutable: a file under this name is only ever replaced, so no lock is taken or needed.
    connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        connection.close()
        raise SearchUnavailable(f"{path} is damaged: {error}") from error
    if version != SCHEMA_VERSION:
        connection.close()
        raise SearchUnavailable(f"{path} has version {version}, not {SCHEMA_VERSION}")
    connection.execute("PRAGMA mmap_size=1073741824")
    return connection


def _put_in_place(draft: Path, path: Path) -> None:
    with draft.open("rb") as handle:
        os.fsync(handle.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
