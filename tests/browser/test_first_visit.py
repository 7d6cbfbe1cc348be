"""What a telephone fetches on a first visit: little, and from nobody but the portal."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import Request

from publication.site.compressed import siblings
from publication.site.page import PageKind
from publication.site.render import render_page
from publication.site.render.static import assets
from tests.browser.chromium import chromium
from tests.browser.site import serving
from tests.publication.site.render.pages import edition, every_page, make_province

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.django_db]

KILOBYTE = 1024


def test_a_first_visit_is_light_and_asks_nobody_else():
    """At most 60 KB compressed without fonts and 100 KB with all that a page really fetches."""
    shown = edition()
    kinds = {page.kind: page for page in reversed(every_page(make_province()))}
    pages = {page.path: render_page(page, edition=shown) for page in kinds.values()}
    files = pages | {f"/{path}": content for path, content in assets().items()}
    with serving(files) as address, chromium() as browser:
        tab = browser.new_page(viewport={"width": 360, "height": 740})
        # Nothing is kept from one page to the next: each is the first that is seen.
        forgetting = tab.context.new_cdp_session(tab)
        forgetting.send("Network.setCacheDisabled", {"cacheDisabled": True})
        fetched = {path: _fetched(tab, address + path) for path in pages}
    assert set(kinds) == set(PageKind)
    for path, found in fetched.items():
        assert {urlsplit(url).netloc for url in found} == {urlsplit(address).netloc}, path
        weights = {url: _weight(files, urlsplit(url).path) for url in found}
        fonts = sum(weight for url, weight in weights.items() if url.endswith(".woff2"))
        assert fonts > 0, path
        assert sum(weights.values()) - fonts <= 60 * KILOBYTE, path
        assert sum(weights.values()) <= 100 * KILOBYTE, path


def _fetched(tab: Tab, address: str) -> set[str]:
    """Every address that is asked for a page."""
    asked: set[str] = set()

    def note(request: Request) -> None:
        asked.add(request.url)

    tab.on("request", note)
    tab.goto(address, wait_until="load")
    tab.evaluate("document.fonts.ready.then(() => true)")
    tab.remove_listener("request", note)
    return asked


def _weight(files: dict[str, bytes], path: str) -> int:
    """What an answer weighs as nginx sends it to a browser of today."""
    return len(min([files[path], *siblings(files[path]).values()], key=len))
