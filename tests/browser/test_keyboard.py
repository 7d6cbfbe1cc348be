"""With a keyboard alone, enlarged, without motion, in forced colours: as people read."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from publication.search import index_file
from publication.search.build import catch_up
from publication.site.page import Page, PageKind
from publication.site.release import publish
from publication.site.render import render_page
from publication.site.render.static import assets
from tests.browser.chromium import chromium
from tests.browser.site import rows_for_a_while, serving
from tests.publication.site.render.pages import edition, make_province

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.django_db]

HOME, LONG, SEARCH, LETTER = "/", "/dai/", "/tim-kiem/", "/van/"
NAMES = ["Đăng ký kết hôn", "Đăng ký khai sinh"]


@pytest.fixture(scope="module")
def files(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    """A page of each build, and what the suggestions answer."""
    with rows_for_a_while(django_db_blocker, tmp_path_factory.mktemp("site")):
        province = make_province()
        publish(now=now())
        catch_up()
        asked = {"q": "đăng ký", "level": "province"}
        found = [{"name": name, "url": f"/{number}/"} for number, name in enumerate(NAMES)]
        pages = {
            HOME: _shown(PageKind.HOME),
            LONG: _shown(PageKind.PROCEDURE, province.long.code),
            LETTER: _shown(PageKind.INITIAL, "Đ"),
            SEARCH: Client().get(SEARCH, asked).content,
            f"{SEARCH}goi-y/": json.dumps(found).encode(),
        }
        index_file.forget_reader()
    return pages | {f"/{path}": content for path, content in assets().items()}


def _shown(kind: PageKind, key: str = "") -> bytes:
    return render_page(Page(kind, key), edition=edition())


@pytest.fixture(scope="module")
def site(files: dict[str, bytes]) -> Iterator[str]:
    with serving(files) as address:
        yield address


@pytest.fixture(scope="module")
def _started(site: str) -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def browser(_started: Browser) -> Iterator[Browser]:
    """Without the tabs of other tests: what is left open goes on drawing."""
    yield _started
    for context in _started.contexts:
        context.close()


# What has the focus: whether it is seen, whether the focus itself is, and where it stands.
_FOCUSED = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const shown = it.matches("[type=radio], [type=checkbox]") ? it.closest("label, .ds-field") : it;
  const box = shown.getBoundingClientRect(), style = getComputedStyle(shown);
  const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const faults = [];
  if (box.width < 1 || box.height < 1) faults.push("nothing to see");
  else if (box.bottom < 0 || box.top > innerHeight) faults.push("out of sight");
  else if (there && !shown.contains(there) && !there.contains(shown)) faults.push("covered");
  const line = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  // The skip link is seen only while it has the focus; a date's parts are marked by the browser.
  if (!line && !it.matches(".ds-skip-link, [type=date]") && style.boxShadow === "none")
    faults.push("focus is not seen");
  const all = [...document.querySelectorAll("*")];
  return {at: all.indexOf(it), faults, html: it.outerHTML.slice(0, 120)};
}"""


def _walk(tab: Tab) -> list[dict[str, Any]]:
    """Every stop from the top of the page until the focus leaves it."""
    stops: list[dict[str, Any]] = []
    for _press in range(400):
        tab.keyboard.press("Tab")
        stop = tab.evaluate(_FOCUSED)
        if stop is None or (stops and stop["at"] == stops[0]["at"]):
            return stops
        stops.append(stop)
    raise AssertionError(f"the keyboard is held fast at {stops[-1]}")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", [HOME, LONG, SEARCH, LETTER])
def test_the_tab_key_goes_through_a_page_in_order_and_shows_where_it_is(
    browser: Browser, site: str, path: str, width: int
):
    tab = browser.new_page(viewport={"width": width, "height": 800})
    tab.goto(site + path)
    stops = _walk(tab)
    assert [(stop["html"], stop["faults"]) for stop in stops if stop["faults"]] == []
    places = [stop["at"] for stop in stops]
    assert places == sorted(places)
    assert len(stops) > 15


def test_the_first_stop_skips_what_every_page_begins_with(browser: Browser, site: str):
    tab = browser.new_page()
    tab.goto(site + HOME)
    tab.keyboard.press("Tab")
    skip = tab.get_by_role("link", name="Đi tới nội dung chính")
    expect(skip).to_be_focused()
    assert tab.evaluate(_FOCUSED)["faults"] == []
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    expect(tab.locator("#q")).to_be_focused()


def test_suggestions_are_chosen_with_the_arrows_and_closed_with_escape(browser: Browser, site: str):
    tab = browser.new_page(viewport={"width": 320, "height": 800})
    tab.goto(site + HOME)
    box = tab.get_by_role("combobox")
    box.press_sequentially("dang ky")
    rows = tab.get_by_role("option")
    expect(rows).to_have_text(NAMES)
    expect(tab.get_by_role("status").filter(has_text="2")).to_have_text("Có 2 gợi ý.")
    box.press("ArrowDown")
    box.press("ArrowDown")
    expect(rows.nth(1)).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", rows.nth(1).get_attribute("id") or "")
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None  # back to what was typed
    box.press("ArrowUp")
    expect(rows.nth(1)).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(tab.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("dang ky")


def test_enter_opens_the_suggestion_that_is_chosen_and_asks_when_none_is(
    browser: Browser, site: str
):
    tab = browser.new_page()
    tab.goto(site + HOME)
    box = tab.get_by_role("combobox")
    box.press_sequentially("dang ky")
    expect(tab.get_by_role("option")).to_have_text(NAMES)
    with tab.expect_navigation(url="**/tim-kiem/?q=dang+ky"):
        box.press("Enter")
    tab.goto(site + HOME)
    box.press_sequentially("dang ky")
    expect(tab.get_by_role("option")).to_have_text(NAMES)
    tab.wait_for_load_state("networkidle")  # a later answer begins the list anew
    box.press("ArrowDown")
    with tab.expect_request("**/0/"):
        box.press("Enter")


def test_what_is_folded_opens_and_filters_are_set_with_the_keyboard(browser: Browser, site: str):
    tab = browser.new_page(viewport={"width": 320, "height": 800})
    tab.goto(site + LONG)
    case = tab.locator(".papers details").nth(1)
    case.locator("summary").focus()
    tab.keyboard.press("Space")
    expect(case.get_by_text("Giấy cũ")).to_be_visible()
    tab.goto(site + SEARCH)
    tab.get_by_label("Đã bãi bỏ").focus()
    tab.keyboard.press("Space")
    tab.get_by_role("button", name="Áp dụng").focus()
    with tab.expect_request(lambda it: "state=abolished" in it.url and "level=province" in it.url):
        tab.keyboard.press("Enter")


_BROKEN = """() => {
  const faults = [];
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) faults.push(`${wide} px too wide`);
  for (const it of document.querySelectorAll("main *, header *, footer *")) {
    if (!it.checkVisibility() || it.closest(".ds-sr-only, svg, thead")) continue;
    const style = getComputedStyle(it);
    if (style.overflowX === "visible" || style.clipPath !== "none") continue;
    if (it.scrollWidth > it.clientWidth + 1 && !it.matches("input, .hero"))
      faults.push(`cut off: ${it.outerHTML.slice(0, 100)}`);
  }
  return faults;
}"""
# WCAG 1.4.12: what a reader may set without losing anything.
_SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important } p { margin-block-end: 2em !important }"""


@pytest.mark.parametrize("path", [HOME, LONG, SEARCH, LETTER])
def test_nothing_is_lost_at_twice_the_size_nor_with_wider_spacing(
    browser: Browser, site: str, path: str
):
    context = browser.new_context(
        viewport={"width": 640, "height": 450}, device_scale_factor=2, bypass_csp=True
    )
    tab = context.new_page()
    tab.goto(site + path)
    assert tab.evaluate(_BROKEN) == []
    tab.add_style_tag(content=_SPACED)
    assert tab.evaluate(_BROKEN) == []


def test_nothing_moves_for_those_who_asked_for_rest(browser: Browser, site: str):
    tab = browser.new_context(reduced_motion="reduce").new_page()
    for path in (HOME, LONG, SEARCH):
        tab.goto(site + path)
        moving = tab.evaluate(
            "() => [...document.querySelectorAll('*')].filter((it) => {"
            " const style = getComputedStyle(it);"
            " return style.animationName !== 'none' || style.scrollBehavior === 'smooth' ||"
            " style.transitionDuration.split(',').some((time) => parseFloat(time) > 0); })"
            ".map((it) => it.outerHTML.slice(0, 90))"
        )
        assert moving == [], path


def test_in_forced_colours_a_line_tells_what_a_fill_told(browser: Browser, site: str):
    tab = browser.new_context(forced_colors="active", color_scheme="dark").new_page()
    for path, chosen in (
        (HOME, ".text-size label:has(:checked)"),
        (HOME, ".menu-list [aria-current]"),
        (LETTER, ".letters [aria-current]"),
    ):
        tab.goto(site + path)
        style = tab.locator(chosen).first.evaluate(
            "(it) => [getComputedStyle(it).outlineStyle, getComputedStyle(it).outlineWidth]"
        )
        assert style == ["solid", "2px"], chosen
    tab.goto(site + LONG)
    ground, drawn = tab.locator(".qr svg").evaluate(
        "(it) => [getComputedStyle(it).backgroundColor,"
        " getComputedStyle(it.firstElementChild).fill]"
    )
    assert (ground, drawn) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")
