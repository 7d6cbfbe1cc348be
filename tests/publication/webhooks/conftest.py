from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

import pytest

from catalog.enums import Role
from publication.search import index_file
from publication.webhooks import sending
from publication.webhooks.acts import enrol_subscriber
from tests.factories import make_agency, make_staff
from tests.publication.acts import NOON
from tests.publication.webhooks.receiving import Receiver


@pytest.fixture(scope="module")
def _machine() -> Iterator[Receiver]:
    machine = Receiver()
    yield machine
    machine.close()


@pytest.fixture
def receiver(_machine: Receiver, settings: Any, monkeypatch: Any, tmp_path: Any) -> Any:
    settings.PORTAL_SITE_DIR = tmp_path
    settings.PORTAL_WEBHOOK_HTTP = True
    settings.PORTAL_WEBHOOK_PORTS = []
    settings.PORTAL_WEBHOOK_NETWORKS = [ip_network("127.0.0.1/32")]
    monkeypatch.setattr(sending, "SECONDS", 0.4)
    _machine.begin()
    yield _machine
    _machine.let_go.set()
    index_file.forget_reader()


@pytest.fixture
def administrator(db: None) -> Any:
    return make_staff(Role.ADMINISTRATOR)


@pytest.fixture
def enrolled(receiver: Receiver, administrator: Any) -> Any:
    """A subscriber that has everything before it, and its secret."""
    facts: dict[str, Any] = {"label": "Trang của sở", "url": receiver.url, "after": 0, "now": NOON}
    return enrol_subscriber(agency=make_agency("Sở Y tế"), by=administrator, **facts)
