"""Questions answered from the index alone; the database is not asked.

First procedures whose code is asked for, then those of the decision whose number is asked for,
then the rest by words (BM25F over all terms of the question), by name and by meaning (ranking.py).
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from publication.search.answers import Filters, answers, fitting
from publication.search.facets import Chosen, counted, narrowed, read_places
from publication.search.index import level_with
from publication.search.index_file import SearchUnavailable, reading
from publication.search.lexicon import IndexKnowledge
from publication.search.meanings import Meanings, read_meanings
from publication.search.passages import Piece, mark, passage
from publication.search.question import Question, read_question
from publication.summary import Summary

_BEGUN = 0.7  # weight of a term that only begins like the word being typed
_NOT_SUGGESTED = {"kind": ["internal"], "state": ["abolished"]}


@dataclass(frozen=True)
class Hit:
    summary: Summary
    name: tuple[Piece, ...] = ()
    passage: tuple[Piece, ...] = ()
    filing: Sequence[Any] = ()  # the filing methods of its content, as JSON


@dataclass(frozen=True)
class Found:
    """A page of answers; `docs` are all, best first; `sequence` is the event the index goes to."""

    question: Question
    docs: tuple[int, ...]
    sequence: int
    hits: tuple[Hit, ...]

    @property
    def total(self) -> int:
        return len(self.docs)


def search(
    text: str,
    *,
    filters: Filters | None = None,
    without: Filters | None = None,
    offset: int = 0,
    limit: int = 20,
    passages: bool = True,
    as_typed: bool = False,
) -> Found:
    """Answers to a question, best first.

    `filters` and `without` name shelves (kind, field, level, agency, state, online_level,
    audience, life_event) and their keys: one key of each filter must fit, none of `without` may.
    `as_typed` takes the words as they are, without mending them or asking for their meaning.
    Raises SearchUnavailable.
    """
    with _asking() as index:
        question = read_question(text, IndexKnowledge(index), as_typed=as_typed)
        fit = fitting(index, filters, without)
        docs = answers(fit, question, _meanings(index, as_typed=as_typed))
        hits = _read(index, docs[offset : offset + limit], question, passages=passages)
        return Found(question, tuple(docs), level_with(index)[0], tuple(hits))


@dataclass(frozen=True)
class Narrowed:
    """Answers with what they can be narrowed by.

    `counts` by shelf and key; `labels` of keys that have a name of their own. An answer beyond
    the last page is the last page.
    """

    found: Found
    offset: int
    counts: Mapping[str, Mapping[str, int]]
    labels: Mapping[tuple[str, str], str]


def search_narrowed(
    text: str,
    *,
    chosen: Chosen,
    hidden: Chosen,
    shelves: Sequence[str],
    offset: int,
    limit: int,
    as_typed: bool = False,
) -> Narrowed:
    """Answers to a question that stand under the chosen keys; see facets.narrowed.

    Raises SearchUnavailable.
    """
    with _asking() as index:
        question = read_question(text, IndexKnowledge(index), as_typed=as_typed)
        every = answers(fitting(index), question, _meanings(index, as_typed=as_typed))
        places = read_places(index, every, shelves)
        docs = narrowed(every, places, chosen, hidden)
        offset = min(offset, max(0, (len(docs) - 1) // limit * limit))
        hits = _read(index, docs[offset : offset + limit], question, passages=True)
        found = Found(question, tuple(docs), level_with(index)[0], tuple(hits))
    counts = {shelf: counted(every, places, chosen, hidden, shelf) for shelf in shelves}
    return Narrowed(found, offset, counts, places.labels)


def search_level() -> int:
    """The event the index goes to. Raises SearchUnavailable."""
    with _asking() as index:
        return level_with(index)[0]


def choices(shelf: str) -> list[tuple[str, str]]:
    """(key, label) of every place on a shelf that holds a procedure. Raises SearchUnavailable."""
    sql = "SELECT key, max(label) FROM place WHERE shelf = ? GROUP BY key ORDER BY key"
    with _asking() as index:
        return list(index.execute(sql, (shelf,)))


def find_names(text: str, *, most: int) -> list[tuple[str, str]]:
    """(code, name) of what a question that is still being typed may ask for, best first.

    Of what is announced now, and not only between state bodies. Raises SearchUnavailable.
    """
    with _asking() as index:
        knowledge = IndexKnowledge(index)
        question = read_question(text, knowledge)
        begun = (*question.terms, *((term, _BEGUN) for term in knowledge.going_on(text)))
        fit = fitting(index, without=_NOT_SUGGESTED)
        docs = answers(fit, replace(question, terms=begun), None)[:most]
        hits = _read(index, docs, question, passages=False)
        return [(hit.summary["code"], hit.summary["name"]) for hit in hits]


@contextmanager
def _asking() -> Iterator[sqlite3.Connection]:
    """The index, whose damage is told like its absence."""
    try:
        with reading() as index:
            yield index
    except sqlite3.DatabaseError as error:
        raise SearchUnavailable(str(error)) from error


def _meanings(index: sqlite3.Connection, *, as_typed: bool) -> Meanings | None:
    return None if as_typed else read_meanings(index)


def _read(
    index: sqlite3.Connection, docs: Sequence[int], question: Question, *, passages: bool
) -> list[Hit]:
    """The documents in the given order; `passages` are cut only for readers who see them."""
    hits = []
    for doc in docs:
        (data,) = index.execute("SELECT summary FROM procedure WHERE doc = ?", (doc,)).fetchone()
        facts: Summary = json.loads(data)
        hits.append(_shown(index, doc, facts, question) if passages else Hit(facts))
    return hits


def _shown(index: sqlite3.Connection, doc: int, facts: Summary, question: Question) -> Hit:
    body, filing = index.execute(
        "SELECT body, filing FROM procedure WHERE doc = ?", (doc,)
    ).fetchone()
    words, spellings = question.to_mark, question.spellings
    return Hit(
        facts,
        mark(facts["name"], words, spellings),
        passage(body, words, spellings),
        json.loads(filing),
    )
