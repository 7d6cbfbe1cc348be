"""Real workers and a real beat: signs of life, death, failure and repetition; runs side by side."""

import json
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import Popen

import pytest

from publication.heartbeats import STALE_AFTER, Program, is_stale
from tests.faults.portal import Portal
from tests.services import redis

pytestmark = [pytest.mark.processes, pytest.mark.embedded]

_PATIENCE = 90.0  # seconds
_ACTS = "tests.publication.jobs.runs"
_FILES = "filesystem://localhost/"


@dataclass(frozen=True)
class Jobs(Portal):
    """A portal with its broker; rows are read from the file, as the programs left them."""

    broker: str = _FILES

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {"CELERY_BROKER_URL": self.broker}

    def rows(self, query: str) -> list[tuple]:
        with sqlite3.connect(self.data / "portal.sqlite3", timeout=20) as database:
            return database.execute(query).fetchall()

    def sign(self, program: Program) -> datetime | None:
        found = self.rows(
            f"SELECT beaten_at FROM publication_heartbeat WHERE program = '{program}'"
        )
        return datetime.fromisoformat(found[0][0]).replace(tzinfo=UTC) if found else None


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Jobs:
    portal = Jobs(tmp_path_factory.mktemp("prepared"))
    portal.must_run(_ACTS, "begin")
    shutil.rmtree(portal.data / "broker")  # what the entries asked for: here it is asked for anew
    return portal


@pytest.fixture(params=["files", pytest.param("redis", marks=pytest.mark.redis)])
def portal(request, prepared, tmp_path) -> Iterator[Jobs]:
    shutil.copytree(prepared.data, tmp_path / "data", symlinks=True)
    with redis() if request.param == "redis" else nullcontext() as server:
        yield Jobs(tmp_path / "data", server.url if server else _FILES)


@contextmanager
def running(portal: Jobs, *command: str) -> Iterator["Popen[bytes]"]:
    """A program in the background, killed at the end whatever happens."""
    process = portal.start(*command)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def worker(portal: Jobs):
    """One task at a time on files, as embedded mode has it; a pool of processes on Redis."""
    pool = "solo" if portal.broker == _FILES else "prefork"
    return running(
        portal, "celery", "-A", "procedures_portal", "worker", "--concurrency", "1",
        "--pool", pool, "--without-gossip", "--without-mingle", "--loglevel", "CRITICAL",
    )  # fmt: skip


def wait_until(reached: Callable[[], object]) -> None:
    until = time.monotonic() + _PATIENCE
    while not reached():
        assert time.monotonic() < until, "did not come that far in time"
        time.sleep(0.1)


def test_signs_of_life_tell_a_dead_worker_from_a_dead_beat(portal):
    with worker(portal) as first:
        wait_until(lambda: portal.sign(Program.WORKER))
        assert portal.sign(Program.BEAT) is None  # nothing the worker does looks like beat
        portal.must_run(_ACTS, "heart")
        wait_until(lambda: portal.sign(Program.QUEUE))
        assert portal.sign(Program.BEAT) is None  # nor a heart that another hand has sent
        first.kill()
        first.wait()
    with running(portal, _ACTS, "beat") as second:
        wait_until(lambda: portal.sign(Program.BEAT))
        begun = portal.sign(Program.BEAT)
        wait_until(lambda: portal.sign(Program.BEAT) > begun)
        second.kill()
        second.wait()
    for program in (Program.WORKER, Program.BEAT):
        last = portal.sign(program)
        assert not is_stale(program, last, now=last + STALE_AFTER[program])
        assert is_stale(program, last, now=last + STALE_AFTER[program] + timedelta(seconds=1))
    assert portal.sign(Program.BEAT) > portal.sign(Program.WORKER)


def test_a_task_that_fails_in_a_worker_leaves_a_row_and_is_repeated(portal):
    portal.rows("ALTER TABLE publication_deadlinerule RENAME TO gone")
    failures = "SELECT count, repeated_at IS NOT NULL, error FROM publication_failedtask"
    with worker(portal):
        portal.must_run(_ACTS, "flag")
        wait_until(lambda: portal.rows(failures))
        ((count, repeated, error),) = portal.rows(failures)
        assert (count, repeated) == (1, 0)
        assert error.startswith("OperationalError: no such table: publication_deadlinerule")
        portal.rows("ALTER TABLE gone RENAME TO publication_deadlinerule")
        portal.must_run(_ACTS, "repeat")
        wait_until(lambda: portal.sign(Program.GAPS))
    assert [row[:2] for row in portal.rows(failures)] == [(1, 1)]
    assert portal.rows("SELECT count(*) FROM publication_announcementgap") == [(9,)]


def test_runs_side_by_side_publish_flag_and_mail_once(prepared, tmp_path: Path):
    shutil.copytree(prepared.data, tmp_path / "data", symlinks=True)
    portal = Jobs(tmp_path / "data")
    runs = [portal.start(_ACTS, "run") for _number in range(2)]
    assert [run.wait(_PATIENCE) for run in runs] == [0, 0]
    state = json.loads(portal.must_run(_ACTS, "check"))
    assert state == {"events": 5, "faults": [], "gaps": 9, "sent": 1, "mails": 1}
