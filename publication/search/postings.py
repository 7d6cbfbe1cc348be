"""The postings of the index: by term, the documents that hold it, and what it weighs in them.

They lie in bundles of one term and of one bucket of documents, packed as numpy reads them. So the
most common term is read in BUCKETS rows, however many documents hold it, and a changed document
writes one small bundle for each of its changed terms.
"""

import json
import sqlite3
import struct
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import numpy as np

SCHEMA = "CREATE TABLE posting (bundle INTEGER PRIMARY KEY, packed BLOB NOT NULL);"

BUCKETS = 64  # a term that all of 26,000 documents hold has bundles of 2.4 KB, less than a page
_POSTING = struct.Struct("<IH")  # the document's key, and the weight
_ROW = np.dtype([("doc", "<u4"), ("weight", "<u2")])  # the same, as numpy calls it

Postings = np.ndarray[Any, Any]
Docs = np.ndarray[Any, np.dtype[np.uint32]]
Scores = np.ndarray[Any, np.dtype[np.float64]]


def read(index: sqlite3.Connection, term: int) -> Postings:
    """Rows of `doc` and `weight` of the documents that hold a term, in no promised order."""
    rows = index.execute(
        "SELECT packed FROM posting WHERE bundle >= ? AND bundle < ?",
        (term * BUCKETS, (term + 1) * BUCKETS),
    )
    return np.frombuffer(b"".join([packed for (packed,) in rows]), _ROW)


def summed(index: sqlite3.Connection, asked: Sequence[tuple[int, float]]) -> tuple[Docs, Scores]:
    """The documents that hold any of the terms, ascending, and their weights by the rarities.

    `asked` are pairs of a term and its rarity, at least one.
    """
    held = [read(index, term) for term, _ in asked]
    parts = [one["weight"] * rarity for one, (_, rarity) in zip(held, asked, strict=True)]
    docs, place = np.unique(np.concatenate([one["doc"] for one in held]), return_inverse=True)
    scores = np.bincount(place, np.concatenate(parts), len(docs))
    return docs, scores.astype(np.float64, copy=False)


def write_all(index: sqlite3.Connection, rows: Iterable[tuple[int, int, int]]) -> None:
    """Write rows of (term, document, weight) into an empty table.

    They come by term, then by document modulo BUCKETS, then by document.
    """
    index.executemany(
        "INSERT INTO posting VALUES (?, ?)",
        (
            (bundle, _packed((doc, weight) for _, doc, weight in held))
            for bundle, held in groupby(rows, lambda row: _bundle(row[0], row[1]))
        ),
    )


def change(index: sqlite3.Connection, doc: int, weights: Mapping[int, int | None]) -> None:
    """Let terms weigh so much in a document; None for a term that it no longer holds."""
    by_bundle = {_bundle(term, doc): weight for term, weight in weights.items()}
    before = dict(
        index.execute(
            "SELECT bundle, packed FROM posting WHERE bundle IN (SELECT value FROM json_each(?))",
            (json.dumps(list(by_bundle)),),
        )
    )
    after = {
        bundle: _changed(before.get(bundle, b""), doc, weight)
        for bundle, weight in by_bundle.items()
    }
    kept = sorted((bundle, packed) for bundle, packed in after.items() if packed)
    index.executemany("INSERT OR REPLACE INTO posting VALUES (?, ?)", kept)
    empty = [(bundle,) for bundle, packed in after.items() if not packed]
    index.executemany("DELETE FROM posting WHERE bundle = ?", empty)


def contents(index: sqlite3.Connection) -> Iterator[tuple[str, int, int]]:
    """Every (term, document, weight), by term and in the order of bundles."""
    for term, number in index.execute("SELECT term, id FROM term ORDER BY term"):
        yield from ((term, doc, weight) for doc, weight in read(index, number).tolist())


def _bundle(term: int, doc: int) -> int:
    return term * BUCKETS + doc % BUCKETS


def _changed(packed: bytes, doc: int, weight: int | None) -> bytes:
    size = _POSTING.size
    places = range(len(packed) // size)

    def doc_at(place: int) -> int:
        found: int = _POSTING.unpack_from(packed, place * size)[0]
        return found

    first, after = (bisect_left(places, one, key=doc_at) for one in (doc, doc + 1))
    own = b"" if weight is None else _POSTING.pack(doc, weight)
    return packed[: first * size] + own + packed[after * size :]


def _packed(held: Iterable[tuple[int, int]]) -> bytes:
    return b"".join([_POSTING.pack(doc, weight) for doc, weight in held])
