"""A builder killed at any step leaves one whole release served, and the next run completes it."""

import shutil

import pytest

from publication.site.release import STEPS
from tests.faults.acts import CODES, NEW, OLD
from tests.faults.portal import Builders, Portal

pytestmark = [pytest.mark.processes, pytest.mark.embedded]

# Where pages are rendered the kill also comes in the middle and near the end.
KILLS = [*((step, 1) for step in STEPS), ("render", 12), ("render", 30)]
AFTER_SWITCH = {"record", "clear"}


@pytest.fixture(scope="module")
def amended(begun_portal, tmp_path_factory):
    """A portal that shows one decision while a second waits to be shown."""
    portal = begun_portal(tmp_path_factory.mktemp("amended") / "data")
    portal.must_run("tests.faults.acts", "amend")
    return portal


@pytest.fixture(scope="module")
def builders(tmp_path_factory):
    """Builders of the portal in one folder, which `portal` fills for each test."""
    with Builders(Portal(tmp_path_factory.mktemp("portal") / "data")) as builders:
        yield builders


@pytest.fixture
def portal(amended, builders):
    shutil.rmtree(builders.portal.data, ignore_errors=True)
    shutil.copytree(amended.data, builders.portal.data, symlinks=True)
    return builders.portal


@pytest.mark.parametrize(("step", "reports"), KILLS)
def test_a_kill_shows_the_old_release_or_the_new_one_and_the_next_run_completes(
    portal, builders, step, reports
):
    before = portal.served()

    code, said = builders.run(step, reports)

    assert code == -9, said[-2000:]
    _assert_whole(portal, NEW if step in AFTER_SWITCH else OLD)
    if step not in AFTER_SWITCH:
        assert portal.served() == before
    state = builders.complete()
    _assert_whole(portal, NEW)
    _assert_settled(portal, state)


def test_a_builder_killed_twice_in_a_row_is_completed_by_the_third(portal, builders):
    for step in ("arrange", "switch"):
        assert builders.run(step, 1)[0] == -9
    state = builders.complete()
    _assert_whole(portal, NEW)
    _assert_settled(portal, state)


def _assert_whole(portal, name):
    """Every page of the decision says the same, and so do the lists and the feed."""
    other = OLD if name == NEW else NEW
    for code in CODES:
        assert f"{name} {code}" in portal.page(f"/thu-tuc/{code}/")
    for address in ("/thu-tuc/", "/atom.xml"):
        assert name in portal.page(address)
    assert other not in portal.page("/thu-tuc/")


def _assert_settled(portal, state):
    store = portal.store
    assert state["faults"] == []
    assert state["cursor"] == state["head"]
    assert state["public"] == store.current_tree()
    assert "building" not in state["states"]
    assert not store.is_unclean
    assert not store.stage.exists()
    assert _trees(store) == _reachable(store)


def _trees(store):
    return {folder.parent.name + folder.name for folder in store.trees.glob("??/*")}


def _reachable(store):
    """What the two releases use: the one served and the one before, told from the disk."""
    used: set[str] = set()
    roots = [tree for tree in store.trees.glob("??/*") if (tree / ".release.json").exists()]
    assert len(roots) == 2
    for root in roots:
        _walk(store, root.parent.name + root.name, used)
    return used


def _walk(store, digest, used):
    used.add(digest)
    for entry in store.tree(digest).iterdir():
        if entry.is_symlink():
            _walk(store, "".join(entry.readlink().parts[-2:]), used)
