"""Questions answered from the index alone; the database is not asked.

Ranking: procedures whose code is asked for, then those of the decision whose number is asked
for, then BM25F over all terms of the question. A procedure whose name holds all the words, or
holds them with the marks as typed, gains; an abolished one loses half.
"""

import json
import math
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from publication.search.document import document_key
from publication.search.index import level_with
from publication.search.index_file import SearchUnavailable, reading
from publication.search.passages import Piece, mark, passage
from publication.search.words import Question, read_question
from publication.summary import Summary

# The ranking ends where a procedure scores less than this share of the best one.
LEAST_SHARE = 0.25
# A term in more than this share of all procedures tells nothing; in a small index few do.
_COMMON_SHARE, _ALWAYS_RARE = 0.2, 50
_REORDERED = 100  # how many of the best are looked at by name
_WORDS_GAIN, _MARKS_GAIN = 0.2, 0.3
_ABOLISHED_LOSS = 0.5

Filters = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Hit:
    summary: Summary
    name: tuple[Piece, ...]
    passage: tuple[Piece, ...]


@dataclass(frozen=True)
class Found:
    """A page of answers, `total` counting all; `sequence` is the event the index goes to."""

    question: Question
    total: int
    sequence: int
    hits: tuple[Hit, ...]


def search(
    text: str,
    *,
    filters: Filters | None = None,
    without: Filters | None = None,
    offset: int = 0,
    limit: int = 20,
    passages: bool = True,
) -> Found:
    """Answers to a question, best first.

    `filters` and `without` name shelves (kind, field, level, agency, state, online_level,
    audience, life_event) and their keys: one key of each filter must fit, none of `without` may.
    Raises SearchUnavailable.
    """
    question = read_question(text)
    with _asking() as index:
        sequence, _ = level_with(index)
        ranked = [] if question.is_empty else _rank(index, question, filters or {}, without or {})
        docs = ranked[offset : offset + limit]
        hits = _read(index, docs, question, passages=passages)
    return Found(question, len(ranked), sequence, tuple(hits))


def search_level() -> int:
    """The event the index goes to. Raises SearchUnavailable."""
    with _asking() as index:
        return level_with(index)[0]


def choices(shelf: str) -> list[tuple[str, str]]:
    """(key, label) of every place on a shelf that holds a procedure. Raises SearchUnavailable."""
    sql = "SELECT key, max(label) FROM place WHERE shelf = ? GROUP BY key ORDER BY key"
    with _asking() as index:
        return list(index.execute(sql, (shelf,)))


@contextmanager
def _asking() -> Iterator[sqlite3.Connection]:
    """The index, whose damage is told like its absence."""
    try:
        with reading() as index:
            yield index
    except sqlite3.DatabaseError as error:
        raise SearchUnavailable(str(error)) from error


def _rank(
    index: sqlite3.Connection, question: Question, filters: Filters, without: Filters
) -> list[int]:
    """Keys of the answering documents, best first."""
    fits, values = _condition(filters, without)
    scores = _scores(index, question, fits, values)
    first = _asked_by_code(index, question, fits, values)
    second = _asked_by_decision(index, question, fits, values, scores)
    named = set(first) | set(second)
    rest = [doc for doc in _by_name(index, question, scores) if doc not in named]
    return [*first, *(doc for doc in second if doc not in set(first)), *rest]


def _condition(filters: Filters, without: Filters) -> tuple[str, list[str]]:
    """SQL that a document fits the filters, to follow a WHERE on `doc`."""
    sql, values = "1", []
    for group, word in ((filters, "IN"), (without, "NOT IN")):
        for shelf, keys in group.items():
            marks = ",".join("?" * len(keys))
            sql += f" AND doc {word} (SELECT doc FROM place WHERE shelf = ? AND key IN ({marks}))"  # noqa: S608  marks are ours
            values += [shelf, *keys]
    return sql, values


def _scores(
    index: sqlite3.Connection, question: Question, fits: str, values: list[str]
) -> dict[int, float]:
    """By document, its score; only those near enough to the best."""
    asked = _rarities(index, question.terms)
    if not asked:
        return {}
    rows = ",".join("(?, ?)" for _ in asked)
    found = index.execute(
        f"""
        WITH asked (term, rarity) AS (VALUES {rows}),
        summed AS MATERIALIZED (
            SELECT posting.doc AS doc, sum(posting.weight * asked.rarity) AS score
            FROM asked JOIN posting ON posting.term = asked.term
            WHERE {fits} GROUP BY posting.doc
        )
        SELECT doc, CASE abolished WHEN 1 THEN score * ? ELSE score END AS score
        FROM summed JOIN procedure USING (doc)
        WHERE score >= (SELECT max(score) FROM summed) * ?
        """,  # noqa: S608  every value is a parameter
        [*(part for pair in asked for part in pair), *values, _ABOLISHED_LOSS, LEAST_SHARE],
    )
    return dict(found)


def _rarities(index: sqlite3.Connection, terms: Sequence[str]) -> list[tuple[int, float]]:
    """(term id, inverse document frequency) of the terms that tell something.

    When all are common, the rarest still counts, so that no word of the texts finds nothing.
    """
    marks = ",".join("?" * len(terms))
    known = index.execute(
        f"SELECT id, documents FROM term WHERE term IN ({marks}) ORDER BY documents, id",  # noqa: S608  marks are ours
        terms,
    ).fetchall()
    (total,) = index.execute("SELECT count(*) FROM procedure").fetchone()
    limit = max(_ALWAYS_RARE, total * _COMMON_SHARE)
    telling = [row for row in known if row[1] <= limit] or known[:1]
    return [(term, math.log(1 + (total - n + 0.5) / (n + 0.5))) for term, n in telling]


def _asked_by_code(
    index: sqlite3.Connection, question: Question, fits: str, values: list[str]
) -> list[int]:
    sql = f"SELECT doc FROM procedure WHERE doc = ? AND {fits}"  # noqa: S608  see _condition
    rows = [index.execute(sql, [document_key(code), *values]) for code in question.codes]
    return [doc for found in rows for (doc,) in found]


def _asked_by_decision(
    index: sqlite3.Connection,
    question: Question,
    fits: str,
    values: list[str],
    scores: Mapping[int, float],
) -> list[int]:
    if not question.decision:
        return []
    sql = f"SELECT doc FROM procedure WHERE decision_key >= ? AND decision_key < ? AND {fits}"  # noqa: S608  see _condition
    found = index.execute(sql, [question.decision, question.decision + "\U0010ffff", *values])
    return sorted((doc for (doc,) in found), key=lambda doc: (-scores.get(doc, 0), doc))


def _by_name(
    index: sqlite3.Connection, question: Question, scores: Mapping[int, float]
) -> list[int]:
    """Documents by score, the best ones looked at again by how their names fit the words."""
    ranked = sorted(scores, key=lambda doc: (-scores[doc], doc))
    best = ranked[:_REORDERED]
    marks = ",".join("?" * len(best))
    sql = f"SELECT doc, folded_name, spelt_name FROM procedure WHERE doc IN ({marks})"  # noqa: S608  marks are ours
    gained = {
        doc: scores[doc] * _gain(set(folded.split()), set(spelt.split()), question)
        for doc, folded, spelt in index.execute(sql, best)
    }
    return [*sorted(best, key=lambda doc: (-gained[doc], doc)), *ranked[_REORDERED:]]


def _gain(folded: set[str], spelt: set[str], question: Question) -> float:
    has_all = folded.issuperset(question.syllables)
    share = len(question.marked & spelt) / len(question.marked) if question.marked else 0.0
    return 1 + _WORDS_GAIN * has_all + _MARKS_GAIN * share


def _read(
    index: sqlite3.Connection, docs: Sequence[int], question: Question, *, passages: bool
) -> list[Hit]:
    """The documents in the given order; `passages` are cut only for readers who see them."""
    words = question.to_mark
    hits = []
    for doc in docs:
        (data,) = index.execute("SELECT summary FROM procedure WHERE doc = ?", (doc,)).fetchone()
        facts: Summary = json.loads(data)
        if not passages:
            hits.append(Hit(facts, (), ()))
            continue
        (body,) = index.execute("SELECT body FROM procedure WHERE doc = ?", (doc,)).fetchone()
        hits.append(Hit(facts, mark(facts["name"], words), passage(body, words)))
    return hits
