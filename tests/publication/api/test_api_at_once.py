"""Several processes publish while a client follows: it ends with exactly what is public.

Processes are forked from the test's own, each with a connection of its own to one database: on
SQLite a file made of the migrated tables, on PostgreSQL the test's.
"""

import os
import random
import time
import traceback
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.test import Client
from django.utils.timezone import now

from catalog.enums import AgencyKind
from catalog.models import Agency, Procedure
from publication.events import verify_chain
from publication.models import PublicationEvent
from tests.factories import make_agency, make_procedure
from tests.publication.acts import announce
from tests.publication.api.following import Follower, whole_list

pytestmark = pytest.mark.django_db(transaction=True)
PUBLISHERS, DECISIONS, CODES = 3, 5, 3


def test_a_follower_ends_with_what_is_public_whoever_published_at_once(tmp_path):
    issuer = make_agency("Ủy ban nhân dân tỉnh", kind=AgencyKind.PROVINCE)
    announce(*[make_procedure(f"1.00000{number}") for number in range(CODES)], issuer=issuer)
    database = _shared_database(tmp_path)
    publishers = [
        _fork(database, partial(_publish, own), tmp_path / f"publisher-{own}")
        for own in range(PUBLISHERS)
    ]
    follower = _fork(database, lambda: _follow(tmp_path), tmp_path / "follower")
    ended = [_ended(pid) for pid in publishers]
    (tmp_path / "over").touch()
    assert [*ended, _ended(follower)] == [0] * (PUBLISHERS + 1), _said(tmp_path)


def _publish(own: int) -> None:
    """Each process amends all procedures again and again, so that every one is fought over."""
    issuer = Agency.objects.get(kind=AgencyKind.PROVINCE)
    for turn in range(DECISIONS):
        procedures = list(Procedure.objects.order_by("code"))
        for procedure in procedures:
            procedure.name = f"Việc {procedure.code}, lần {own}-{turn}"
            procedure.save()
        while not _issued(procedures, issuer):
            pass


def _issued(procedures: list[Procedure], issuer: Agency) -> bool:
    """Of two decisions for one procedure and day in one moment PostgreSQL refuses the second."""
    facts = {"issuer": issuer, "signed_on": date(2024, 10, 3), "now": now()}
    try:
        announce(*procedures, effect="amended", **facts)
    except (IntegrityError, OperationalError):
        return False
    return True


def _follow(folder: Path) -> None:
    """Follow until the publishers are done; now and then forget all but what was kept by number."""
    follower, chance = Follower(Client(), page_size=7), random.Random(7)
    over = False
    while not over:
        over = (folder / "over").exists()
        follower.follow()
        if chance.random() < 0.2:  # killed, and begun anew from what it had kept
            kept = Follower(Client(), page_size=chance.choice([1, 3, 50]))
            kept.seen, kept.held = follower.seen, follower.held
            follower = kept
        time.sleep(0.01)
    count = PublicationEvent.objects.count()
    assert count >= PUBLISHERS * DECISIONS * CODES
    assert follower.seen == list(range(1, count + 1))
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
