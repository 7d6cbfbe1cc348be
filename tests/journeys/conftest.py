"""One portal for all journeys of a process: starting it takes longer than walking through it."""

from collections.abc import Iterator

import pytest

from tests.journeys.staff import Portal, running_portal


@pytest.fixture(scope="package")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with running_portal(tmp_path_factory.mktemp("portal")) as running:
        yield running
