"""The documents that answer a question, best first, from the index's own tables."""

import json
import math
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from publication.search.document import document_key
from publication.search.meanings import Meanings, Nearness
from publication.search.postings import summed
from publication.search.question import Question
from publication.search.ranking import (
    LEAST_SHARE,
    MEANS_NOTHING,
    NEAR,
    SHIPPED,
    Candidate,
    Signals,
    Weights,
    rank,
    signals,
)

# A term in more than this share of all procedures tells nothing; in a small index few do.
_COMMON_SHARE, _ALWAYS_RARE = 0.2, 50
_WEIGHED = 200  # of the best by words are ranked by name and meaning too
# Postings that a question reads at most, those of its rarest terms first: so a question costs about
# the same in a register ten times as large.
_MOST_POSTINGS = 20_000
_NEAR_MOST = 40  # procedures may answer by their meaning alone

Filters = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Fit:
    """The index, and SQL that a document fits the filters, to follow a WHERE on `doc`."""

    index: sqlite3.Connection
    sql: str
    values: list[str]

    def of(self, docs: Sequence[int]) -> list[int]:
        """Those of the documents that fit, in the given order."""
        rows = self.index.execute(
            f"SELECT doc FROM procedure WHERE {self.sql}"  # noqa: S608  see fitting
            " AND doc IN (SELECT value FROM json_each(?))",
            [*self.values, json.dumps(docs)],
        )
        held = {doc for (doc,) in rows}
        return [doc for doc in docs if doc in held]

    def all(self) -> set[int]:
        rows = self.index.execute(
            f"SELECT doc FROM procedure WHERE {self.sql}",  # noqa: S608  see fitting
            self.values,
        )
        return {doc for (doc,) in rows}


def fitting(
    index: sqlite3.Connection, filters: Filters | None = None, without: Filters | None = None
) -> Fit:
    """One key of each filter must fit, none of `without` may."""
    sql, values = "1", []
    for group, word in ((filters or {}, "IN"), (without or {}, "NOT IN")):
        for shelf, keys in group.items():
            marks = ",".join("?" * len(keys))
            sql += f" AND doc {word} (SELECT doc FROM place WHERE shelf = ? AND key IN ({marks}))"  # noqa: S608  marks are ours
            values += [shelf, *keys]
    return Fit(index, sql, values)


def answers(
    fit: Fit, question: Question, meanings: Meanings | None, *, weights: Weights = SHIPPED
) -> list[int]:
    """Keys of the answering documents, best first; without meanings, by words alone."""
    if question.is_empty:
        return []
    found = weighed(fit, question, meanings)
    first = fit.of([document_key(code) for code in question.codes])
    second = _asked_by_decision(fit, question, found.scores)
    return list(dict.fromkeys((*first, *second, *rank(found.weighed, weights), *found.rest)))


@dataclass(frozen=True)
class Weighed:
    """By document its score by words; what speaks for the best of them; the others, in order."""

    scores: Mapping[int, float]
    weighed: Sequence[Signals]
    rest: Sequence[int]


def weighed(fit: Fit, question: Question, meanings: Meanings | None) -> Weighed:
    """The documents that share words with the question or are near to it in meaning."""
    scores = _scores(fit, question)
    nearness = _nearness(fit, question, meanings)
    near = _near(nearness, has_words=bool(scores))
    if meanings and nearness and (scores or near):
        question = _hinted(question, meanings, nearness)
        scores = _scores(fit, question)
    by_words = sorted(scores, key=lambda doc: (-scores[doc], doc))
    docs = dict.fromkeys((*by_words[:_WEIGHED], *near))
    found = signals(
        _candidates(fit.index, docs),
        words=question.words,
        hinted=question.hinted,
        marked=question.marked,
        scores=scores,
        nearness=nearness.of(docs) if nearness else {},
    )
    rest = [doc for doc in by_words[_WEIGHED:] if doc not in docs]
    return Weighed(scores, list(found), rest)


def _hinted(question: Question, meanings: Meanings, nearness: Nearness) -> Question:
    """Asked for what the nearest everyday phrase means too, where no name is nearer than it.

    Else the question is about what the table of everyday words does not have.
    """
    least = max(MEANS_NOTHING, float(nearness.cosines.max()))
    official = meanings.hint(question.officially, least=least)
    return question.with_hint(official) if official else question


def _nearness(fit: Fit, question: Question, meanings: Meanings | None) -> Nearness | None:
    """How near the names that fit are in meaning; None when nothing is known."""
    if not question.terms or not meanings:
        return None
    near = meanings.nearness(question.officially)
    return near.among(fit.all()) if fit.values else near


def _near(nearness: Nearness | None, *, has_words: bool) -> list[int]:
    """The documents nearest in meaning, if they mean the same at all."""
    nearest = nearness.nearest(_NEAR_MOST) if nearness else []
    if not nearest or (not has_words and nearest[0][1] < MEANS_NOTHING):
        return []
    return [doc for doc, cosine in nearest if cosine >= nearest[0][1] - NEAR]


def _candidates(index: sqlite3.Connection, docs: Iterable[int]) -> list[Candidate]:
    rows = index.execute(
        "SELECT doc, folded_name, spelt_name, abolished FROM procedure"
        " WHERE doc IN (SELECT value FROM json_each(?))",
        (json.dumps(list(docs)),),
    )
    return [
        Candidate(doc, frozenset(folded.split()), frozenset(spelt.split()), bool(abolished))
        for doc, folded, spelt, abolished in rows
    ]


def _scores(fit: Fit, question: Question) -> dict[int, float]:
    """By document, its score by words; only those near enough to the best."""
    asked = _rarities(fit.index, question.terms)
    if not asked:
        return {}
    docs, scores = summed(fit.index, asked)
    if fit.values:
        fits = np.isin(docs, list(fit.all()))
        docs, scores = docs[fits], scores[fits]
    near = scores >= scores.max(initial=0) * LEAST_SHARE
    return dict(zip(docs[near].tolist(), scores[near].tolist(), strict=True))


def _rarities(
    index: sqlite3.Connection, terms: Sequence[tuple[str, float]]
) -> list[tuple[int, float]]:
    """(term id, inverse document frequency by the term's weight) of terms that tell something.

    When all are common, the rarest still counts, so that no word of the texts finds nothing.
    """
    weights = dict(terms)
    marks = ",".join("?" * len(weights))
    known = index.execute(
        f"SELECT id, documents, term FROM term WHERE term IN ({marks}) ORDER BY documents, id",  # noqa: S608  marks are ours
        list(weights),
    ).fetchall()
    (total,) = index.execute("SELECT count(*) FROM procedure").fetchone()
    limit = max(_ALWAYS_RARE, total * _COMMON_SHARE)
    telling = [row for row in known if row[1] <= limit] or known[:1]
    read = list(accumulate(row[1] for row in telling))
    telling = telling[: max(1, bisect_right(read, _MOST_POSTINGS))]
    return [
        (number, weights[term] * math.log(1 + (total - n + 0.5) / (n + 0.5)))
        for number, n, term in telling
    ]


def _asked_by_decision(fit: Fit, question: Question, scores: Mapping[int, float]) -> list[int]:
    if not question.decision:
        return []
    found = fit.index.execute(
        f"SELECT doc FROM procedure WHERE decision_key >= ? AND decision_key < ? AND {fit.sql}",  # noqa: S608  see fitting
        [question.decision, question.decision + "\U0010ffff", *fit.values],
    )
    return sorted((doc for (doc,) in found), key=lambda doc: (-scores.get(doc, 0), doc))
