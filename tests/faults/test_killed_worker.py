"""A Celery worker killed in the middle of a publish: nothing half shown, nothing lost."""

import json
import signal
import time
from contextlib import contextmanager

import pytest

from tests.faults.acts import CODES, NEW, OLD
from tests.publication.webhooks.certificates import make_certificate
from tests.publication.webhooks.receiving import Receiver

pytestmark = [pytest.mark.processes, pytest.mark.embedded]

_PATIENCE = 60  # seconds


@pytest.fixture
def portal(begun_portal, tmp_path):
    return begun_portal(tmp_path / "data")


@pytest.fixture
def receiver(portal, tmp_path):
    """Of another machine, as far as the portal can tell: asked by TLS, in a network named."""
    certificate = make_certificate(tmp_path / "localhost.pem", "localhost")
    machine = Receiver(certificate)
    portal.settings.update(
        PORTAL_WEBHOOK_CA_FILE=str(certificate),
        PORTAL_WEBHOOK_PORTS=str(machine.port),
        PORTAL_WEBHOOK_NETWORKS="127.0.0.0/8,::1/128",
    )
    yield machine
    machine.close()


@contextmanager
def worker(portal):
    """A real worker on the file broker, without beat; killed at the end whatever happens."""
    process = portal.start(
        "celery", "-A", "procedures_portal", "worker", "--concurrency", "1", "--pool", "solo",
        "--without-gossip", "--without-mingle", "--loglevel", "CRITICAL",
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_a_worker_killed_while_it_builds_leaves_the_old_site_and_another_completes(portal):
    with worker(portal) as first:
        # The act wakes the consumers through the broker, as an officer's does.
        portal.must_run("tests.faults.acts", "amend")
        _wait_until(lambda: portal.store.is_unclean or _shows(portal, NEW))
        first.send_signal(signal.SIGKILL)
        first.wait()
    shown = NEW if _shows(portal, NEW) else OLD
    assert all(shown in portal.page(f"/thu-tuc/{code}/") for code in CODES)

    with worker(portal):
        # What beat does every minute: the message of the killed worker may be lost.
        portal.must_run("tests.faults.acts", "wake")
        _wait_until(lambda: _shows(portal, NEW) and not portal.store.is_unclean)

    state = json.loads(portal.must_run("tests.faults.acts", "check"))
    assert state["faults"] == []
    assert state["cursor"] == state["head"]
    assert "building" not in state["states"]


def test_a_decision_issued_without_any_worker_is_shown_and_sent_when_one_comes(portal, receiver):
    secret = portal.must_run("tests.faults.acts", "enrol", receiver.url)
    portal.must_run("tests.faults.acts", "amend")
    assert _shows(portal, OLD)
    with worker(portal):
        _wait_until(lambda: _shows(portal, NEW))
        _wait_until(lambda: receiver.got)
    headers, body = receiver.got[0]
    assert receiver.script["is_signed"](headers, body, secret, time.time())
    told = json.loads(body)["data"]["results"]
    assert [line["sequence"] for line in told] == list(range(1, 3 * len(CODES) + 1))


def _shows(portal, name):
    return name in portal.page(f"/thu-tuc/{CODES[0]}/")


def _wait_until(reached):
    until = time.monotonic() + _PATIENCE
    while not reached():
        assert time.monotonic() < until, "the worker did not come that far in time"
        time.sleep(0.002)
