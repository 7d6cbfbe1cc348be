"""axe over every public page in every state: light and dark, on a narrow phone and on a desk."""

from importlib.resources import files
from typing import Any, Literal

import pytest
from playwright.sync_api import Page as Tab

from publication.site.render.static import assets
from tests.browser.chromium import chromium
from tests.browser.site import serving
from tests.browser.states import all_states

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.django_db]

# WCAG 2.0, 2.1 and 2.2, levels A and AA (target-size among them), and what axe holds good besides.
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_EVERYTHING = {"runOnly": {"type": "tag", "values": _TAGS}, "resultTypes": ["violations"]}
_LOOKS = ["color-contrast", "link-in-text-block", "target-size"]
_APPEARANCE = {"runOnly": {"type": "rule", "values": _LOOKS}, "resultTypes": ["violations"]}
# The page is the same in both views; the second asks what width and darkness may have changed.
_VIEWS: list[tuple[int, Literal["light", "dark"], dict[str, Any]]] = [
    (320, "light", _EVERYTHING),
    (1280, "dark", _APPEARANCE),
]
_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
_OPEN = "document.querySelectorAll('details').forEach((it) => { it.open = true; })"
_RUN = """async (options) => (await axe.run(document, options)).violations.map((it) =>
  `${it.id}: ${it.nodes.slice(0, 3).map((one) => one.html.slice(0, 160)).join(" | ")}`)"""


@pytest.fixture
def states(settings, tmp_path) -> dict[str, bytes]:
    settings.PORTAL_SITE_DIR = tmp_path / "site"
    return all_states()


def _look(tab: Tab, address: str) -> dict[str, list[str]]:
    """What is wrong in each view of one page that is loaded once."""
    tab.goto(address, wait_until="load")
    tab.evaluate(_OPEN)
    tab.evaluate(_AXE)
    found = {}
    for width, scheme, options in _VIEWS:
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=scheme)
        if wrong := tab.evaluate(_RUN, options):
            found[f"{width} px, {scheme}"] = wrong
    return found


def test_no_public_page_in_any_state_breaks_a_rule_of_accessibility(states: dict[str, bytes]):
    found: dict[str, Any] = {}
    drawn = {f"/{path}": content for path, content in assets().items()}
    pages = {f"/{number}/": html for number, html in enumerate(states.values())}
    with serving(pages | drawn) as address, chromium() as browser:
        tab = browser.new_context(reduced_motion="reduce").new_page()
        for number, name in enumerate(states):
            if wrong := _look(tab, f"{address}/{number}/"):
                found[name] = wrong
    assert len(states) > 80
    assert found == {}
