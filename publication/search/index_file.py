"""The index's file: read without waiting, changed beside what is read, switched by one rename.

    procedures.sqlite3   what is read
    spare                the same state once more; the next change is made in it
    draft                an index being built or changed; worthless when its writer was killed
    retired              what was read until the switch, being changed like the draft was

So a change is written twice, and never costs a copy of everything: into the spare, which becomes
what is read, and then into the file it replaced, which becomes the spare. A reader holds a shared
lock on the file it reads, and the retired file is changed only once nobody reads it any more.
Without a spare that says what is read, the next change is made in a copy.
"""

import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
from pathlib import Path
from typing import IO
from urllib.parse import quote

from django.conf import settings

from publication.search.index import SCHEMA, SCHEMA_VERSION, level_with

Write = Callable[[sqlite3.Connection], None]
Stamp = tuple[str | int, ...]

_WRITING_CACHE_KB = 65_536  # terms come in no order; without room every one is a disk read
_WAIT_FOR_READERS = 2.0  # seconds; a question takes milliseconds
_local = threading.local()


class SearchUnavailable(Exception):
    """There is no index of this version yet; the search consumer will build it."""


def index_path() -> Path:
    """Beside the release, so that every web node that serves pages can also search."""
    return Path(settings.PORTAL_SITE_DIR) / "search" / "procedures.sqlite3"


# --- reading -------------------------------------------------------------------------------


@contextmanager
def reading() -> Iterator[sqlite3.Connection]:
    """A read-only connection of this thread to the index as it stands now.

    Nobody changes the file while the block runs. Raises SearchUnavailable.
    """
    path = index_path()
    while True:
        try:
            handle = path.open("rb")
        except FileNotFoundError as error:
            raise SearchUnavailable(str(path)) from error
        with handle:
            if not _lock_now(handle, LOCK_SH):
                continue  # retired since it was opened, and being changed
            connection = _connection(path, os.fstat(handle.fileno()))
            if _is_at(path, handle):
                yield connection
                return


def forget_reader() -> None:
    """Close this thread's connection, if it has one."""
    if connection := getattr(_local, "connection", None):
        connection.close()
    _local.connection = _local.stamp = None


def reading_stamp() -> Stamp:
    """What tells the index that this thread reads from every other; only inside `reading`."""
    stamp: Stamp = _local.stamp
    return stamp


def _connection(path: Path, found: os.stat_result) -> sqlite3.Connection:
    stamp = (str(path), found.st_ino, found.st_mtime_ns)
    if getattr(_local, "stamp", None) != stamp:
        forget_reader()
        _local.connection = _open_for_reading(path)
        _local.stamp = stamp
    connection: sqlite3.Connection = _local.connection
    return connection


def _open_for_reading(path: Path) -> sqlite3.Connection:
    # Immutable: SQLite needs no lock of its own, for nobody changes what is locked for reading.
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


# --- writing -------------------------------------------------------------------------------


@contextmanager
def sole_writer() -> Iterator[None]:
    """Wait until no other process writes the index; the kernel frees the lock of a dead one."""
    folder = index_path().parent
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as handle:
        flock(handle, LOCK_EX)
        for name in ("draft", "retired"):
            (folder / name).unlink(missing_ok=True)
        yield


def build(write: Write) -> None:
    """Put in place an index that `write` fills. Only inside `sole_writer`."""
    draft = _beside("draft")
    _beside("spare").unlink(missing_ok=True)
    with _written(draft) as connection:
        connection.executescript(SCHEMA)
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
        connection.execute("BEGIN")
        write(connection)
    _switch(draft)
    _copy(index_path(), _beside("spare"))


def change(write: Write) -> None:
    """Put in place an index that `write` changes; it is called once for each of two files.

    Only inside `sole_writer`.
    """
    draft = _beside("draft")
    if _spare_is_level():
        os.rename(_beside("spare"), draft)
    else:
        _copy(index_path(), draft)
    _change(draft, write)
    retired = _beside("retired")
    os.link(index_path(), retired)
    _switch(draft)
    with _unread(retired) as is_ours:
        if is_ours:
            _change(retired, write)
            os.rename(retired, _beside("spare"))


def _beside(name: str) -> Path:
    return index_path().with_name(name)


def _change(path: Path, write: Write) -> None:
    with _written(path) as connection:
        connection.execute("BEGIN")
        write(connection)


@contextmanager
def _written(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a file that only this process knows; all of it on the disk at the end."""
    # nolock: the caller is the only writer, and SQLite's own locks would meet the readers'.
    uri = f"file:{quote(str(path))}?nolock=1"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
        # A draft that dies half-way is thrown away, so it needs no journal.
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(f"PRAGMA cache_size=-{_WRITING_CACHE_KB}")
        yield connection
        connection.execute("COMMIT")
    _sync(path)


def _spare_is_level() -> bool:
    """Whether the spare says what is read; both follow from the listings alone."""
    try:
        with reading() as current, closing(_open_for_reading(_beside("spare"))) as spare:
            return level_with(spare) == level_with(current)
    except (SearchUnavailable, sqlite3.DatabaseError):
        return False


def _copy(source: Path, target: Path) -> None:
    fresh = _beside("draft")
    shutil.copyfile(source, fresh)
    _sync(fresh)
    os.rename(fresh, target)


def _switch(draft: Path) -> None:
    """Let readers find the draft instead of what they read until now."""
    path = index_path()
    last = int(path.stat().st_mtime) if path.exists() else 0
    # Two files take turns under one name: by the time a reader knows that the one it has open
    # was changed in between, however coarse the clock of the disk is.
    stamp = max(int(time.time()), last + 1)
    os.utime(draft, (stamp, stamp))
    os.rename(draft, path)
    _sync(path.parent)


@contextmanager
def _unread(path: Path) -> Iterator[bool]:
    """Keep readers out of a file that is no longer found; whether they left in time.

    A file they do not leave is let go: theirs until they close it, and of no use to us.
    """
    until = time.monotonic() + _WAIT_FOR_READERS
    with path.open("r+b") as handle:
        while not (is_ours := _lock_now(handle, LOCK_EX)) and time.monotonic() < until:
            time.sleep(0.01)
        yield is_ours
    path.unlink(missing_ok=True)


def _lock_now(handle: IO[bytes], kind: int) -> bool:
    try:
        flock(handle, kind | LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_at(path: Path, handle: IO[bytes]) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(path.stat(), os.fstat(handle.fileno()))
    return False


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
