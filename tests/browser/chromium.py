"""Debian's Chromium, without what it would do on its own."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@contextmanager
def chromium() -> Iterator[Browser]:
    """Started after rows are read: while it runs, Django refuses database work beside it."""
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path="/usr/bin/chromium", args=_ARGUMENTS)
        yield started
        started.close()
