"""The site on disk: immutable trees of finished files, shared between releases, one switch.

    current            -> trees/ab/cdef…, what is served; replaced by one rename
    trees/ab/cdef…     one folder of one release: files, and links to the folders below it
    static/…           assets under names that carry their content; only ever added to
    stage/             what a build has written so far
    unclean            stands while a build or a clean-up runs
    lock               held by the one builder; freed by the kernel when it dies

A tree's name is the digest of its place and its entries, so an unchanged folder is the same tree
in every release, and a new release writes only the folders on the way to what changed. A tree
never changes once it stands under its name.
"""

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from publication.site.compressed import SIBLINGS
from publication.site.tree import digest_in, file_digest, is_in, is_whole, keep_same, take_over

# Hexadecimal characters of a tree's name: 192 bits, and a link to it that is short enough for file
# systems to keep in its own entry. A longer one takes a block of the disk, and a folder of every
# procedure holds thousands, made again with each release.
_NAME_LENGTH = 48


class SiteBusy(Exception):
    """Another builder is at work on this site."""


class Store:
    """One site directory. Only the holder of `lock()` may write."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.stage = root / "stage"
        self.trees = root / "trees"
        self.current = root / "current"
        self._unclean = root / "unclean"
        self._lock = root / "lock"

    # --- who may write ---------------------------------------------------------------------

    @contextmanager
    def lock(self, *, wait: bool = True) -> Iterator[None]:
        """Be the only builder. Raises SiteBusy when `wait` is false and somebody else is."""
        self.root.mkdir(parents=True, exist_ok=True)
        with self._lock.open("a") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError as error:
                raise SiteBusy(f"another builder holds {self._lock}") from error
            yield

    def next_stamp(self, now: float) -> int:
        """A modification time that no earlier release has given.

        Servers make the ETag of time and size, so two texts of one address must differ in time
        even when they are published within one second.
        """
        stamp = max(int(now), int(self._lock.stat().st_mtime) + 1)
        os.utime(self._lock, (stamp, stamp))
        return stamp

    # --- reading ---------------------------------------------------------------------------

    def current_tree(self) -> str:
        """The digest of what is served; empty before the first release."""
        try:
            return digest_in(os.readlink(self.current))
        except FileNotFoundError:
            return ""

    def tree(self, digest: str) -> Path:
        return self.trees / digest[:2] / digest[2:]

    def holds(self, digest: str) -> bool:
        return bool(digest) and self.tree(digest).is_dir()

    # --- building --------------------------------------------------------------------------

    def begin(self) -> None:
        """Make room for a build; from here until `finish` the site counts as unclean."""
        self._unclean.touch()
        self.trees.mkdir(exist_ok=True)
        shutil.rmtree(self.stage, ignore_errors=True)
        self.stage.mkdir()

    def arrange(self, base: str, removed: Collection[str] = (), *, whole: bool = False) -> str:
        """Turn base + stage - removed into trees; the new root's digest.

        `base` is a root's digest or empty; `removed` holds file paths below the root. With
        `whole` the stage is the release, and base only lends files that are the same.
        """
        for path in removed:
            (self.stage / path).parent.mkdir(parents=True, exist_ok=True)
        gone = {path + suffix for path in removed for suffix in ("", *SIBLINGS)}
        start = self.tree(base) if base else None
        digest = self._arrange(self.stage, start, "", gone, whole)
        if digest is None:
            raise ValueError("a release without files")
        return digest

    def _arrange(
        self, folder: Path, base: Path | None, place: str, gone: set[str], whole: bool
    ) -> str | None:
        staged = set(os.listdir(folder))
        entries: dict[str, str] = {}
        for name in sorted(staged):
            if (folder / name).is_dir():
                entries |= self._arrange_below(folder, base, f"{place}{name}", gone, whole)
        if base is not None and not whole:
            lost = {p[len(place) :] for p in gone if is_in(p, place)}
            entries |= take_over(folder, base, staged, lost)
        return self._keep(folder, base, place, entries)

    def _arrange_below(
        self, folder: Path, base: Path | None, path: str, gone: set[str], whole: bool
    ) -> dict[str, str]:
        """Arrange one folder of the stage and put the link to its tree in its stead."""
        name = path.rpartition("/")[2]
        below = base / name if base is not None and (base / name).is_dir() else None
        within = {lost for lost in gone if lost.startswith(f"{path}/")}
        digest = self._arrange(folder / name, below, f"{path}/", within, whole)
        if digest is None:
            return {}
        os.symlink(f"../../{digest[:2]}/{digest[2:]}", folder / name)
        return {name: digest}

    def _keep(
        self, folder: Path, base: Path | None, place: str, entries: dict[str, str]
    ) -> str | None:
        """Name a finished folder by its content and move it among the trees."""
        lines = [
            f"tree {entries.get(entry.name) or digest_in(os.readlink(entry.path))} {entry.name}"
            if entry.is_symlink()
            else f"file {file_digest(entry.path)} {entry.name}"
            for entry in sorted(os.scandir(folder), key=lambda entry: entry.name)
        ]
        if not lines:
            folder.rmdir()
            return None
        digest = hashlib.sha256("\n".join([place, *lines]).encode()).hexdigest()[:_NAME_LENGTH]
        self._move_in(folder, base, self.tree(digest))
        return digest

    def _move_in(self, folder: Path, base: Path | None, tree: Path) -> None:
        tree.parent.mkdir(exist_ok=True)
        if tree.is_dir() and is_whole(tree, folder):
            shutil.rmtree(folder)
            return
        if tree.is_dir():
            # Damaged by a crash of the machine before its files reached the disk.
            shutil.rmtree(tree)
        if base is not None:
            keep_same(folder, base)
        os.rename(folder, tree)

    def add_assets(self, assets: dict[str, bytes]) -> None:
        """Put assets in place, {path below the root: bytes}; names that exist stay as they are."""
        for path, data in assets.items():
            target = self.root / path
            if target.is_file() and target.stat().st_size == len(data):
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            _write_and_rename(target, data)

    def sync(self) -> None:
        """Bring all that was written to the disk before anything points at it."""
        os.sync()

    def switch(self, digest: str) -> None:
        """Serve another tree, from one request to the next."""
        fresh = self.root / "current.new"
        fresh.unlink(missing_ok=True)
        os.symlink(f"trees/{digest[:2]}/{digest[2:]}", fresh)
        os.rename(fresh, self.current)
        _sync_folder(self.root)

    def finish(self) -> None:
        shutil.rmtree(self.stage, ignore_errors=True)
        self._unclean.unlink(missing_ok=True)

    # --- clearing up -----------------------------------------------------------------------

    @property
    def is_unclean(self) -> bool:
        """Whether a build or a clean-up was cut short."""
        return self._unclean.exists()

    def forget(self, dropped: str, *, kept: Collection[str]) -> int:
        """Delete the trees that only `dropped` uses; how many. Costs what differs, not what is."""
        if not self.holds(dropped):
            return 0
        return self._forget(
            self.tree(dropped), [self.tree(tree) for tree in kept if self.holds(tree)]
        )

    def _forget(self, tree: Path, kept: list[Path]) -> int:
        # A tree's name holds its place: whoever shares it has it at the same place.
        if not tree.is_dir() or any(tree == other for other in kept):
            return 0
        count = 1
        for entry in list(os.scandir(tree)):
            if entry.is_symlink():
                others = [self._below(other, entry.name) for other in kept]
                below = self.tree(digest_in(os.readlink(entry.path)))
                count += self._forget(below, [other for other in others if other])
        shutil.rmtree(tree)
        return count

    def _below(self, tree: Path, name: str) -> Path | None:
        try:
            return self.tree(digest_in(os.readlink(tree / name)))
        except OSError as error:
            if error.errno in {errno.ENOENT, errno.EINVAL}:
                return None
            raise

    def sweep(self, *, kept: Collection[str]) -> int:
        """Delete every tree that no kept release uses; how many. Reads the whole site."""
        shutil.rmtree(self.stage, ignore_errors=True)
        (self.root / "current.new").unlink(missing_ok=True)
        used: set[str] = set()
        for digest in {*kept, self.current_tree()}:
            self._walk(digest, used)
        count = 0
        for folder in list(self.trees.glob("??/*")):
            if folder.parent.name + folder.name not in used:
                shutil.rmtree(folder)
                count += 1
        return count

    def _walk(self, digest: str, used: set[str]) -> None:
        if digest in used or not self.holds(digest):
            return
        used.add(digest)
        for entry in os.scandir(self.tree(digest)):
            if entry.is_symlink():
                self._walk(digest_in(os.readlink(entry.path)), used)


def _write_and_rename(target: Path, data: bytes) -> None:
    fresh = target.with_name(target.name + ".new")
    fresh.write_bytes(data)
    os.rename(fresh, target)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
