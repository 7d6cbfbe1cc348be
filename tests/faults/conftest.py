"""A portal that shows one decision, as every fault test begins with it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.portal import Portal
from tests.made_once import made_once


@pytest.fixture(scope="session")
def begun_portal() -> Callable[[Path], Portal]:
    """Makes one in a folder."""
    source = made_once("begun", lambda data: Portal(data).must_run("tests.faults.acts", "begin"))

    def copy_to(data: Path) -> Portal:
        shutil.copytree(source, data, symlinks=True)
        return Portal(data)

    return copy_to
