"""What every test begins with."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _begins_in_vietnamese() -> Iterator[None]:
    """A request in English leaves its language to the thread, and so to the next test."""
    with translation.override("vi"):
        yield
