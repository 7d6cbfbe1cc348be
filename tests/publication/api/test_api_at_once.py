"""Several processes publish while a client follows: it ends with exactly what is public.

Processes are forked from the test's own, each with a connection of its own to one database: on
SQLite a file made of the migrated tables, on PostgreSQL the test's.
"""

import json
import os
import random
import signal
import time
import traceback
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils.timezone import now

from catalog.enums import AgencyKind
from catalog.models import Agency, Procedure
from publication.enums import DecisionStatus
from publication.events import verify_chain
from publication.models import AnnouncementDecision, PublicationEvent
from tests.factories import make_agency, make_procedure
from tests.publication.acts import announce
from tests.publication.api.following import Follower, whole_list

pytestmark = pytest.mark.django_db(transaction=True)
PUBLISHERS, CODES = 4, 3
# Two hundred decisions where several may write at once; SQLite lets one.
DECISIONS = 50 if connection.vendor == "postgresql" else 10


def test_a_follower_killed_at_random_ends_with_what_is_public_whoever_published_at_once(tmp_path):
    """What the follower keeps is one file, so a kill leaves the old or the new."""
    issuer = make_agency("Ủy ban nhân dân tỉnh", kind=AgencyKind.PROVINCE)
    announce(*[make_procedure(f"1.00000{number}") for number in range(CODES)], issuer=issuer)
    database = _shared_database(tmp_path)
    publishers = {
        _fork(database, partial(_publish, own), tmp_path / f"publisher-{own}")
        for own in range(PUBLISHERS)
    }
    kept, killed = tmp_path / "kept.json", 0
    follow, chance = partial(_fork, database, partial(_follow, kept)), random.Random(7)
    while publishers or killed < 4:
        follower = follow(tmp_path / "follower")
        time.sleep(chance.uniform(0, 0.8))
        os.kill(follower, signal.SIGKILL)
        assert _ended(follower) == -signal.SIGKILL, _said(tmp_path)
        killed += 1
        publishers -= {pid for pid in publishers if _is_over(pid, tmp_path)}
    last = _fork(database, partial(_follow_to_the_end, kept), tmp_path / "follower")
    assert _ended(last) == 0, _said(tmp_path)


def _is_over(pid: int, folder: Path) -> bool:
    ended, status = os.waitpid(pid, os.WNOHANG)
    assert status == 0, _said(folder)
    return ended == pid


def _publish(own: int) -> None:
    """Each process amends procedures that others amend too, in a row of decisions for one day."""
    issuer = Agency.objects.get(kind=AgencyKind.PROVINCE)
    chance = random.Random(own)
    for turn in range(DECISIONS):
        procedure = chance.choice(Procedure.objects.order_by("code"))
        procedure.name = f"Việc {procedure.code}, lần {own}-{turn}"
        _issue(procedure, issuer)


def _issue(procedure: Procedure, issuer: Agency) -> None:
    """SQLite lets one process write at a time, and one that waited too long tries again."""
    facts = {"issuer": issuer, "signed_on": date(2024, 10, 3), "now": now()}
    while True:
        try:
            procedure.save()
            announce(procedure, effect="amended", **facts)
            return
        except OperationalError:
            time.sleep(0.01)


def _follow(kept: Path) -> None:
    for turn in count():
        _follow_a_page(_follower_of(kept, page_size=[1, 3, 7, 50][turn % 4]), kept)
        time.sleep(0.03)


def _follow_a_page(follower: Follower, kept: Path) -> None:
    follower.follow(pages=1)
    fresh = kept.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps([follower.seen, follower.held]))
    fresh.replace(kept)


def _follower_of(kept: Path, *, page_size: int) -> Follower:
    follower = Follower(Client(), page_size=page_size)
    if kept.exists():
        follower.seen, follower.held = json.loads(kept.read_text())
    return follower


def _follow_to_the_end(kept: Path) -> None:
    follower = _follower_of(kept, page_size=7)
    follower.follow()
    written = PublicationEvent.objects.count()
    issued = AnnouncementDecision.objects.filter(status=DecisionStatus.ISSUED).count()
    assert issued > PUBLISHERS * DECISIONS
    assert follower.seen == list(range(1, written + 1))
    assert follower.bytes() == whole_list(Client())
    assert list(verify_chain()) == []


def _shared_database(folder: Path) -> str:
    """A name that forked processes connect to."""
    if connection.vendor != "sqlite":
        return str(connection.settings_dict["NAME"])
    import sqlite3

    path = str(folder / "shared.sqlite3")
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=wal")
    copy.close()
    return path


def _fork(database: str, work: Callable[[], None], said: Path) -> int:
    if pid := os.fork():
        return pid
    status = 1
    try:
        # The parent's connection is the parent's to close: kept here, so that nothing collects it.
        parents, connection.connection = connection.connection, None
        connection.settings_dict["NAME"] = database
        work()
        assert parents is not connection.connection
        status = 0
    except BaseException:
        said.write_text(traceback.format_exc())
    finally:
        os._exit(status)


def _ended(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _said(folder: Path) -> str:
    return "\n".join(path.read_text() for path in folder.glob("*") if path.suffix == "")
