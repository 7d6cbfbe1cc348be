"""One folder of a release on disk: what it holds, what it takes over, whether it is the same."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from publication.site.compressed import SIBLINGS


def take_over(folder: Path, base: Path, staged: set[str], gone: set[str]) -> dict[str, str]:
    """Bring what a folder of the last release keeps into the staged one; its trees by name.

    A release takes over a link for every procedure: names relative to an open folder save the
    kernel the way to it each time.
    """
    trees: dict[str, str] = {}
    with _opened(base) as old, _opened(folder) as new:
        for entry in os.scandir(base):
            name = entry.name
            if name in staged:
                continue
            if entry.is_symlink():
                target = os.readlink(name, dir_fd=old)
                os.symlink(target, name, dir_fd=new)
                trees[name] = digest_in(target)
            elif name not in gone and not _is_stale_sibling(name, staged):
                os.link(name, name, src_dir_fd=old, dst_dir_fd=new)
    return trees


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield handle
    finally:
        os.close(handle)


def keep_same(folder: Path, base: Path) -> None:
    """A file that was written again with the same bytes stays the old file: its ETag holds."""
    for entry in list(os.scandir(folder)):
        old = base / entry.name
        if entry.is_symlink() or not old.is_file():
            continue
        staged = Path(entry.path)
        if not os.path.samefile(staged, old) and _same_bytes(staged, old):
            staged.unlink()
            os.link(old, staged)


def _is_stale_sibling(name: str, staged: set[str]) -> bool:
    return name.endswith(SIBLINGS) and name.rpartition(".")[0] in staged


def is_in(path: str, place: str) -> bool:
    """Whether a path lies directly in a place, which ends with "/" or is the root, ""."""
    return path.startswith(place) and "/" not in path[len(place) :]


def digest_in(link: str) -> str:
    """The name of the tree that a link leads to."""
    return "".join(link.split("/")[-2:])


def file_digest(path: str) -> str:
    with open(path, "rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _same_bytes(one: Path, other: Path) -> bool:
    if os.path.samefile(one, other):
        return True
    return one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()


def is_whole(tree: Path, folder: Path) -> bool:
    """Whether a tree that stands holds what the folder just built holds."""
    names = sorted(os.listdir(folder))
    return names == sorted(os.listdir(tree)) and all(
        (tree / name).is_symlink() or _same_bytes(folder / name, tree / name) for name in names
    )
