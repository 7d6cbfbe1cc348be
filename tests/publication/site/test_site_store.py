"""The store: a release is whole, shares what did not change, and leaves nothing behind."""

import os
from pathlib import Path

import pytest

from publication.site.store import SiteBusy, Store


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "site")


def _build(store, files, *, base="", removed=(), whole=False):
    """Build and serve a release of {path: text} over a base; its digest."""
    with store.lock():
        store.begin()
        for path, text in files.items():
            target = store.stage / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        digest = store.arrange(base, removed, whole=whole)
        store.switch(digest)
        store.finish()
    return digest


def _read(store, digest):
    root = store.tree(digest)
    return {
        os.path.relpath(os.path.join(folder, name), root): Path(folder, name).read_text()
        for folder, _below, names in os.walk(root, followlinks=True)
        for name in names
    }


def _trees(store):
    return {folder.parent.name + folder.name for folder in store.trees.glob("??/*")}


def test_a_release_is_the_last_one_with_what_was_staged_put_in_and_what_ended_taken_out(store):
    first = _build(store, {"a/x": "1", "a/y": "2", "b/z": "3", "top": "4"})
    second = _build(store, {"a/x": "5", "c/d/w": "6"}, base=first, removed={"b/z"})
    assert _read(store, second) == {"a/x": "5", "a/y": "2", "c/d/w": "6", "top": "4"}
    assert _read(store, first) == {"a/x": "1", "a/y": "2", "b/z": "3", "top": "4"}
    assert store.current_tree() == second


def test_the_same_files_make_the_same_release_however_they_came_about(store):
    first = _build(store, {"a/x": "1", "b/y": "2"})
    second = _build(store, {"a/x": "9"}, base=first)
    assert second == _build(store, {"a/x": "9", "b/y": "2"}, whole=True)
    assert first == _build(store, {"a/x": "1"}, base=second)


def test_a_folder_that_did_not_change_is_the_same_folder_on_disk(store):
    first = _build(store, {"a/x": "1", "b/y": "2"})
    second = _build(store, {"a/x": "9"}, base=first)
    assert os.path.samefile(store.tree(first) / "b", store.tree(second) / "b")
    assert not os.path.samefile(store.tree(first) / "a", store.tree(second) / "a")


def test_a_file_written_again_with_the_same_bytes_keeps_its_time(store):
    first = _build(store, {"a/x": "1", "a/y": "2"})
    old = (store.tree(first) / "a/x").stat().st_mtime_ns
    second = _build(store, {"a/x": "1", "a/y": "3"}, base=first)
    assert (store.tree(second) / "a/x").stat().st_mtime_ns == old


def test_a_page_that_is_no_longer_worth_compressing_loses_its_old_siblings(store):
    first = _build(store, {"a/x": "long", "a/x.gz": "l", "a/x.br": "l"})
    second = _build(store, {"a/x": "s"}, base=first)
    assert _read(store, second) == {"a/x": "s"}


def test_an_ended_page_ends_with_its_siblings_and_its_empty_folder(store):
    first = _build(store, {"a/b/x": "1", "a/b/x.gz": "2", "top": "3"})
    second = _build(store, {}, base=first, removed={"a/b/x"})
    assert _read(store, second) == {"top": "3"}
    assert not (store.tree(second) / "a").exists()


def test_forgetting_a_release_deletes_only_what_no_kept_release_shows(store):
    first = _build(store, {"a/x": "1", "b/y": "2"})
    second = _build(store, {"a/x": "9"}, base=first)
    before = _trees(store)
    assert store.forget(first, kept=[second]) == 2  # its root and its folder a
    assert _read(store, second) == {"a/x": "9", "b/y": "2"}
    assert len(before) - len(_trees(store)) == 2


def test_a_release_that_came_back_is_kept_though_an_old_one_had_the_same_files(store):
    first = _build(store, {"a/x": "1", "b/y": "2"})
    second = _build(store, {"a/x": "9"}, base=first)
    third = _build(store, {"a/x": "1", "top": "3"}, base=second)
    store.forget(first, kept=[second, third])
    assert _read(store, third) == {"a/x": "1", "b/y": "2", "top": "3"}


def test_a_sweep_clears_what_a_killed_build_left(store):
    first = _build(store, {"a/x": "1"})
    with store.lock():
        store.begin()
        (store.stage / "b").mkdir()
        (store.stage / "b" / "y").write_text("2")
        store.arrange(first)
        assert store.is_unclean
        assert store.sweep(kept=[first]) == 2
    assert _trees(store) == _trees_of(store, first)


def _trees_of(store, digest):
    below = [entry for entry in store.tree(digest).iterdir() if entry.is_symlink()]
    return {digest, *("".join(entry.readlink().parts[-2:]) for entry in below)}


def test_a_tree_damaged_by_a_power_cut_is_written_again(store):
    first = _build(store, {"a/x": "1"})
    (store.tree(first) / "a" / "x").write_text("")
    assert _build(store, {"a/x": "1"}, whole=True) == first
    assert _read(store, first) == {"a/x": "1"}


def test_no_two_releases_give_one_modification_time(store):
    with store.lock():
        stamps = [store.next_stamp(1_700_000_000.0) for _ in range(3)]
    assert stamps == sorted(set(stamps))


def test_there_is_one_builder_at_a_time(store):
    with store.lock(), pytest.raises(SiteBusy), store.lock(wait=False):
        pass
