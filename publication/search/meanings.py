"""The vectors of procedure names, kept beside the index by what they were made from.

A vector follows from its text alone, so it is made once for a name, however often procedures
change, and a file that is lost or damaged is made anew. Learning a name takes up to a tenth of a
second, so procedures are found by their words at once, and by their meaning a moment later.
"""

import hashlib
import logging
import os
import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import Any

import numpy as np

from publication.search import language_model
from publication.search.index import level_with
from publication.search.index_file import index_path, reading

logger = logging.getLogger(__name__)

_BATCH = 16
_ROW = np.dtype([("key", "S32"), ("vector", "<f2", (language_model.DIMENSIONS,))])
_NO_ROWS = np.empty(0, _ROW)

Rows = np.ndarray[Any, Any]


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
    """`docs[n]` is the document whose name has the vector `vectors[n]`; at least one is known."""

    docs: np.ndarray[Any, np.dtype[np.int64]]
    vectors: language_model.Vectors

    def nearness(self, text: str) -> Nearness:
        # Not `@`: the threads of numpy's BLAS go on spinning after so small a product, and a
        # question would take a whole second core for as long as the model runs.
        cosines = np.einsum("ij,j->i", self.vectors, language_model.question_vector(text))
        return Nearness(self.docs, cosines)


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
    source = (*level_with(index), *_stamp())
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
    place = {key: at for at, key in enumerate(stored["key"].tolist())}
    known = [
        (doc, place[key])
        for doc, name in index.execute("SELECT doc, name FROM procedure ORDER BY doc")
        if (key := name_key(name)) in place
    ]
    if not known:
        return None
    docs, rows = zip(*known, strict=True)
    return Meanings(np.array(docs), stored["vector"][list(rows)].astype(np.float32))


def _stored() -> Rows:
    """All that was learnt; nothing when the file is missing, damaged or of another form."""
    try:
        rows = np.load(meanings_path(), allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        logger.info("no meanings are known yet: %s", error)
        return _NO_ROWS
    return rows if rows.dtype == _ROW else _NO_ROWS


def name_key(name: str) -> bytes:
    """What a name's vector is kept under: it follows from the model and the name alone."""
    return hashlib.sha256(f"{language_model.NAME}\n{name}".encode()).hexdigest()[:32].encode()


# --- learning ------------------------------------------------------------------------------


def learn_meanings(*, most: int) -> int:
    """Make the vectors of at most so many names that have none; how many are still to be made.

    What was learnt stands in the file at the end of the call; names that the index no longer
    holds are forgotten. Nothing, and 0, when another process is at it. Raises SearchUnavailable.
    """
    if not language_model.is_available():
        return 0
    with _sole_learner() as is_alone:
        return _learn(most) if is_alone else 0


def _learn(most: int) -> int:
    names, stored = {name_key(name): name for name in names_in_index()}, _stored()
    kept = stored[np.isin(stored["key"], np.array(sorted(names), "S32"))]
    missing = sorted(names.keys() - set(kept["key"].tolist()))
    learnt = _learnt([(key, names[key]) for key in missing[:most]])
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


def names_in_index() -> list[str]:
    """Raises SearchUnavailable."""
    with reading() as index:
        return [name for (name,) in index.execute("SELECT DISTINCT name FROM procedure")]


def _learnt(wanted: Sequence[tuple[bytes, str]]) -> Rows:
    rows = np.empty(len(wanted), _ROW)
    for start in range(0, len(wanted), _BATCH):
        batch = wanted[start : start + _BATCH]
        rows["key"][start : start + _BATCH] = [key for key, _ in batch]
        rows["vector"][start : start + _BATCH] = language_model.text_vectors(
            [name for _, name in batch]
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
