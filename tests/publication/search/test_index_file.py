"""The index's two files take turns; a reader never meets one that is being changed."""

import os
import threading
from contextlib import closing

import pytest

from publication.search import index_file
from publication.search.index import level_with, set_level
from publication.search.index_file import index_path, reading, sole_writer


@pytest.fixture(autouse=True)
def _own_index(settings, tmp_path):
    settings.PORTAL_SITE_DIR = tmp_path
    build(1)
    yield
    index_file.forget_reader()


def to(sequence):
    return lambda connection: set_level(connection, sequence=sequence, digest="d" * 64)


def build(sequence):
    with sole_writer():
        index_file.build(to(sequence))


def change(sequence):
    with sole_writer():
        index_file.change(to(sequence))


def seen():
    with reading() as connection:
        return level_with(connection)[0]


def spare():
    return index_path().with_name("spare")


def in_spare():
    with closing(index_file._open_for_reading(spare())) as connection:
        return level_with(connection)[0]


def names():
    return sorted(path.name for path in index_path().parent.iterdir())


def test_every_change_is_read_at_once_and_kept_in_the_spare():
    for sequence in range(2, 7):
        change(sequence)
        assert (seen(), in_spare()) == (sequence, sequence)
    assert names() == ["lock", "procedures.sqlite3", "spare"]


def test_a_change_copies_nothing_but_lets_the_two_files_take_turns():
    read, beside = index_path().stat().st_ino, spare().stat().st_ino
    change(2)
    assert (index_path().stat().st_ino, spare().stat().st_ino) == (beside, read)
    change(3)
    assert (index_path().stat().st_ino, spare().stat().st_ino) == (read, beside)


def test_two_changes_within_one_second_have_different_times():
    times = []
    for sequence in range(2, 5):
        change(sequence)
        times.append(int(index_path().stat().st_mtime))
    assert times == sorted(set(times))


@pytest.mark.parametrize("state", ["missing", "garbage", "behind", "ahead"])
def test_a_spare_that_does_not_say_what_is_read_is_not_used(state):
    change(2)
    if state == "missing":
        spare().unlink()
    elif state == "garbage":
        spare().write_bytes(b"not a database" * 100)
    else:
        with index_file._written(spare()) as connection:
            connection.execute("BEGIN")
            to(1 if state == "behind" else 9)(connection)
            connection.execute("CREATE TABLE foreign_row (id)")
    change(3)
    with reading() as connection:
        assert level_with(connection)[0] == 3
        assert connection.execute("PRAGMA table_info(foreign_row)").fetchall() == []
    assert in_spare() == 3


@pytest.mark.parametrize("step", ["draft taken", "draft written", "linked", "switched"])
def test_what_a_killed_writer_left_behind_is_thrown_away(step):
    """The files as they stand after each step of `change`, in its order."""
    folder = index_path().parent
    if step == "draft taken":
        os.rename(spare(), folder / "draft")
    elif step == "draft written":
        spare().unlink()
        (folder / "draft").write_bytes(b"half a page")
    elif step == "linked":
        os.rename(spare(), folder / "draft")
        os.link(index_path(), folder / "retired")
    else:
        os.rename(spare(), folder / "retired")
    change(2)
    assert (seen(), in_spare()) == (2, 2)
    assert not spare().samefile(index_path())
    assert names() == ["lock", "procedures.sqlite3", "spare"]


def test_a_reader_in_the_middle_of_a_question_keeps_its_file_as_it_was(monkeypatch):
    monkeypatch.setattr(index_file, "_WAIT_FOR_READERS", 0.05)
    with reading() as connection:
        writer = threading.Thread(target=change, args=[2])
        writer.start()
        writer.join()
        assert level_with(connection)[0] == 1
    assert seen() == 2
    assert not spare().exists()  # the reader had it
    change(3)
    assert (seen(), in_spare()) == (3, 3)


def test_a_writer_waits_for_a_question_that_ends_in_time():
    with reading() as connection:
        writer = threading.Thread(target=change, args=[2])
        writer.start()
        while seen_by_another() != 2:
            pass
        assert level_with(connection)[0] == 1
    writer.join()
    assert (seen(), in_spare()) == (2, 2)


def seen_by_another():
    found = []

    def look():
        found.append(seen())
        index_file.forget_reader()

    reader = threading.Thread(target=look)
    reader.start()
    reader.join()
    return found[0]


def test_readers_beside_a_busy_writer_see_only_whole_states():
    """Two rows that every change moves together are never seen apart."""
    done = threading.Event()
    torn = []

    def read():
        while not done.is_set():
            with reading() as connection:
                level, digest = level_with(connection)
                if digest != f"{level:064d}":
                    torn.append((level, digest))
        index_file.forget_reader()

    build_even(0)
    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for sequence in range(1, 60):
        with sole_writer():
            index_file.change(even(sequence))
    done.set()
    for reader in readers:
        reader.join()
    assert torn == []
    assert seen() == 59


def even(sequence):
    return lambda connection: set_level(connection, sequence=sequence, digest=f"{sequence:064d}")


def build_even(sequence):
    with sole_writer():
        index_file.build(even(sequence))
