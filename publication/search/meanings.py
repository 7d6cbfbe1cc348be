"""The vectors of procedure names and everyday phrases, kept beside the index by their text.

A vector follows from its text alone, so it is made once for a text, however often procedures
change, and a file that is lost or damaged is made anew. Learning one takes up to a tenth of a
second, so procedures are found by their words at once, and by their meaning a moment later.
"""

import hashlib
import logging
import os
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from publication.search import language_model
from publication.search.everyday import Meant
from publication.search.index import everyday
from publication.search.index_file import index_path, reading, reading_stamp

logger = logging.getLogger(__name__)

_BATCH = 16
_ROW = np.dtype([("key", "S32"), ("vector", "<f2", (language_model.DIMENSIONS,))])
_NO_ROWS = np.empty(0, _ROW)

Rows = np.ndarray[Any, Any]
Stood = TypeVar("Stood")  # what a text stands for: a document, or a pair of everyday words


@dataclass(frozen=True)
class Nearness:
    """How near names are to a question: `cosines[n]` is that of the document `docs[n]`.

    Documents are in ascending order.
    """

    docs: np.ndarray[Any, np.dtype[np.int64]]
    cosines: language_model.Vectors

    def nearest(self, most: int) -> list[tuple[int, float]]:
        """(document, cosine), nearest first."""
        at = np.arange(len(self.docs))
        if len(at) > most:
            at = np.sort(np.argpartition(self.cosines, -most)[-most:])
        at = at[np.argsort(-self.cosines[at], kind="stable")]
        return list(zip(self.docs[at].tolist(), self.cosines[at].tolist(), strict=True))

    def of(self, docs: Collection[int]) -> dict[int, float]:
        """By document its cosine, of those documents whose name was learnt."""
        wanted = np.fromiter(docs, np.int64, len(docs))
        at = np.minimum(np.searchsorted(self.docs, wanted), len(self.docs) - 1)
        known = self.docs[at] == wanted
        return dict(zip(wanted[known].tolist(), self.cosines[at[known]].tolist(), strict=True))

    def among(self, docs: Collection[int]) -> "Nearness | None":
        """That of some documents; None when none of them was learnt."""
        kept = np.isin(self.docs, np.fromiter(docs, np.int64, len(docs)))
        return Nearness(self.docs[kept], self.cosines[kept]) if kept.any() else None


@dataclass(frozen=True)
class Meanings:
    """What was learnt of an index.

    `docs[n]` is the document whose name has the vector `vectors[n]`; at least one is known.
    `everyday[n]` is the pair whose phrase has the vector `phrases[n]`.
    """

    docs: np.ndarray[Any, np.dtype[np.int64]]
    vectors: language_model.Vectors
    everyday: Sequence[Meant]
    phrases: language_model.Vectors

    def nearness(self, text: str) -> Nearness:
        return Nearness(self.docs, _cosines(self.vectors, text))

    def hint(self, text: str, *, least: float) -> str:
        """What the everyday phrase means that is nearest to a question; "" when none is near.

        `least` is the smallest cosine that counts as near.
        """
        if not self.everyday:
            return ""
        cosines = _cosines(self.phrases, text)
        nearest = int(cosines.argmax())
        return self.everyday[nearest].meaning if cosines[nearest] >= least else ""


def _cosines(vectors: language_model.Vectors, question: str) -> language_model.Vectors:
    # Not `@`: the threads of numpy's BLAS go on spinning after so small a product, and a
    # question would take a whole second core for as long as the model runs.
    cosines: language_model.Vectors = np.einsum(
        "ij,j->i", vectors, language_model.question_vector(question)
    )
    return cosines


def meanings_path() -> Path:
    return index_path().with_name("meanings.npy")


# --- reading -------------------------------------------------------------------------------


class _Held:
    """What this process has read, and what it was read from."""

    lock = threading.Lock()
    source: tuple[Any, ...] = ()
    meanings: Meanings | None = None


def read_meanings(index: sqlite3.Connection) -> Meanings | None:
    """The vectors of the index's procedures; None when none is known or there is no model."""
    if not language_model.is_available():
        return None
    source = (*reading_stamp(), *_stamp())
    with _Held.lock:
        if _Held.source != source:
            _Held.meanings, _Held.source = _read(index), source
        return _Held.meanings


def _stamp() -> tuple[int, ...]:
    try:
        found = meanings_path().stat()
    except FileNotFoundError:
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_size


def _read(index: sqlite3.Connection) -> Meanings | None:
    stored = _stored()
    names = index.execute("SELECT name, doc FROM procedure ORDER BY doc")
    docs, vectors = _known(stored, names)
    pairs = [Meant(*pair) for pair in everyday(index).items()]
    known, phrases = _known(stored, [(one.phrase, one) for one in pairs])
    return Meanings(np.array(docs), vectors, known, phrases) if docs else None


def _known(
    stored: Rows, texts: Iterable[tuple[str, Stood]]
) -> tuple[list[Stood], language_model.Vectors]:
    """Of pairs of a text and what it stands for, the latter, and the vectors of those learnt."""
    place = {key: at for at, key in enumerate(stored["key"].tolist())}
    known = [(what, place[key]) for text, what in texts if (key := text_key(text)) in place]
    rows = [row for _, row in known]
    return [what for what, _ in known], stored["vector"][rows].astype(np.float32)


def _stored() -> Rows:
    """All that was learnt; nothing when the file is missing, damaged or of another form."""
    try:
        rows = np.load(meanings_path(), allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        logger.info("no meanings are known yet: %s", error)
        return _NO_ROWS
    return rows if rows.dtype == _ROW else _NO_ROWS


def text_key(text: str) -> bytes:
    """What a text's vector is kept under: it follows from the model and the text alone."""
    return hashlib.sha256(f"{language_model.NAME}\n{text}".encode()).hexdigest()[:32].encode()


# --- learning ------------------------------------------------------------------------------


def learn_meanings(*, most: int) -> int:
    """Make the vectors of at most so many texts that have none; how many are still to be made.

    Names come first, then everyday phrases. What was learnt stands in the file at the end of the
    call; what the index no longer holds is forgotten. Nothing, and 0, when another process is at
    it. Raises SearchUnavailable.
    """
    if not language_model.is_available():
        return 0
    with _sole_learner() as is_alone:
        return _learn(most) if is_alone else 0


def _learn(most: int) -> int:
    texts, stored = {text_key(text): text for text in texts_in_index()}, _stored()
    kept = stored[np.isin(stored["key"], np.array(sorted(texts), "S32"))]
    known = set(kept["key"].tolist())
    missing = [(key, text) for key, text in texts.items() if key not in known]
    learnt = _learnt(missing[:most])
    if len(learnt) or len(kept) < len(stored):
        _write(np.concatenate([kept, learnt]))
    return len(missing) - len(learnt)


@contextmanager
def _sole_learner() -> Iterator[bool]:
    """Whether no other process learns; the kernel frees the lock of a dead one."""
    meanings_path().parent.mkdir(parents=True, exist_ok=True)
    with meanings_path().with_name("meanings-lock").open("a") as handle:
        try:
            flock(handle, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def texts_in_index() -> list[str]:
    """Names, then everyday phrases. Raises SearchUnavailable."""
    with reading() as index:
        names = [name for (name,) in index.execute("SELECT DISTINCT name FROM procedure")]
        return [*names, *everyday(index)]


def _learnt(wanted: Sequence[tuple[bytes, str]]) -> Rows:
    rows = np.empty(len(wanted), _ROW)
    for start in range(0, len(wanted), _BATCH):
        batch = wanted[start : start + _BATCH]
        rows["key"][start : start + _BATCH] = [key for key, _ in batch]
        rows["vector"][start : start + _BATCH] = language_model.text_vectors(
            [text for _, text in batch]
        )
    return rows


def _write(rows: Rows) -> None:
    path = meanings_path()
    draft = path.with_name("meanings-draft.npy")
    with draft.open("wb") as handle:
        np.save(handle, np.sort(rows, order="key"))
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(draft, path)
