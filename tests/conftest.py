"""What every test begins with."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import translation
from xdist.scheduler import LoadFileScheduling

from catalog.enums import Role

_JOURNEYS = "tests/journeys/"
_WAITING = ("processes", "browser")
# Made of rows that other tests read from every database: pages, exports, the index (a file);
# and walks that open again what the tests of each page open.
_OF_NO_DATABASE = (
    "tests/publication/site/render",
    "tests/publication/site/asked",
    "tests/publication/exports",
    "tests/publication/search",
    "tests/publication/annex",
    "tests/catalog/importers/scraped",
    "tests/publication/admin/test_who_sees_what.py",
)
_WITH_DATABASE = {
    "db",
    "transactional_db",
    "django_db",
    "django_db_blocker",
    "redis",
    "postgresql",
    *_WAITING,
}
_SAME_EVERYWHERE = pytest.mark.skip("the same on every database; the embedded one shows it")


class _FileByFile(LoadFileScheduling):
    """The tests of one file go to one process; so do all journeys, for they share a portal."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return _JOURNEYS if file.startswith(_JOURNEYS) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> _FileByFile:
    return _FileByFile(config, log)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What is the same on every database is not even read on another than the embedded one."""
    if connection.vendor == "sqlite":
        return None
    return collection_path.relative_to(config.rootpath).as_posix() in _OF_NO_DATABASE or None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files whose tests wait for real programs come first: what waits long must not begin last."""
    slow = {item.path for item in items if any(map(item.get_closest_marker, _WAITING))}
    if connection.vendor != "sqlite":
        for item in items:
            if _is_same_everywhere(item):
                item.add_marker(_SAME_EVERYWHERE)
    items.sort(key=lambda item: item.path not in slow)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: whoever looks for garbage need not look at it each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _is_same_everywhere(item: pytest.Item) -> bool:
    """Whether a test says so, or reaches no database by any of pytest-django's ways."""
    if item.get_closest_marker("embedded"):
        return True
    fixtures = {*getattr(item, "fixturenames", ()), *map(str, item.keywords)}
    return isinstance(item, pytest.Function) and not fixtures & _WITH_DATABASE and not item.cls


@pytest.fixture(autouse=True)
def _begins_in_vietnamese() -> Iterator[None]:
    """A request in English leaves its language to the thread, and so to the next test."""
    with translation.override("vi"):
        yield


@pytest.fixture
def officer(client: Any, db: None) -> Any:
    """An officer of some department, signed in to `client`."""
    return _signed_in(client, Role.OFFICER, "Sở Thử nghiệm")


@pytest.fixture
def controller(client: Any, db: None) -> Any:
    """A controller of the Provincial Office, signed in to `client`."""
    return _signed_in(client, Role.CONTROLLER)


def _signed_in(client: Any, role: Role, *agencies: str) -> Any:
    from tests.factories import make_agency, make_staff  # models: only where a test asks for them

    user = make_staff(role, *(make_agency(name) for name in agencies))
    client.force_login(user)
    return user
