"""Debian's Chromium, without what it would do on its own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from playwright.sync_api import Browser, sync_playwright

_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@contextmanager
def chromium() -> Iterator[Browser]:
    """While it runs, a loop stands in this thread, and Django would refuse to open a transaction.

    The loop turns only while the browser is asked something, so the two never meet.
    """
    unsafe = patch.dict(os.environ, DJANGO_ALLOW_ASYNC_UNSAFE="true")
    with unsafe, sync_playwright() as play:
        started = play.chromium.launch(executable_path="/usr/bin/chromium", args=_ARGUMENTS)
        yield started
        started.close()
