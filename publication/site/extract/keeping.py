"""PDFs that were asked for, kept by digest beside the release: made once, within bounds.

extracts/ab/cdef….pdf   what was made; the oldest of a folder make room
extracts/slot-0 …       one for each maker that may run at a time, over all processes
"""

import fcntl
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)

MAKERS = 2  # at a time; a sheet takes a tenth of a second of one core
PER_FOLDER = 32  # of 256 folders: at most 8,192 sheets of about 80 KB
_WAIT = 4.0  # seconds for a free maker
_PAUSE = 0.05


class MakersBusy(Exception):
    """Too many sheets are asked for at once; soon there will be room."""


def kept_or_made(digest: str, make: Callable[[], bytes]) -> bytes:
    """The PDF of a digest. Raises MakersBusy, and what `make` raises."""
    path = _folder() / digest[:2] / f"{digest[2:]}.pdf"
    if (kept := _kept(path)) is not None:
        return kept
    with _slot():
        if (kept := _kept(path)) is not None:
            return kept  # another request made it while this one waited
        made = make()
        _keep(path, made)
        return made


def _folder() -> Path:
    return Path(settings.PORTAL_SITE_DIR) / "extracts"


def _kept(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _keep(path: Path, made: bytes) -> None:
    """Put it in place by one rename; a full disk costs the next reader a tenth of a second."""
    try:
        path.parent.mkdir(exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}.new")
        fresh.write_bytes(made)
        os.rename(fresh, path)
        _make_room(path.parent)
    except OSError as error:
        logger.warning("an extract could not be kept: %s", error)


def _make_room(folder: Path) -> None:
    entries = sorted(os.scandir(folder), key=lambda entry: entry.stat().st_mtime)
    for entry in entries[:-PER_FOLDER]:
        os.unlink(entry.path)


@contextmanager
def _slot() -> Iterator[None]:
    """Be one of the makers; the kernel frees the place of one that dies."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + _WAIT
    while True:
        for number in range(MAKERS):
            handle = os.open(folder / f"slot-{number}", os.O_CREAT | os.O_RDWR, 0o644)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(handle)
                continue
            try:
                yield
            finally:
                os.close(handle)
            return
        if time.monotonic() > end:
            raise MakersBusy
        time.sleep(_PAUSE)
