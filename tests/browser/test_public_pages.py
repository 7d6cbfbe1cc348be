"""Every kind of public page in a real browser: narrow, strict, labelled, and without complaints."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from publication.site.page import Page, PageKind
from publication.site.render import render_page
from publication.site.render.environment import environment
from publication.site.render.rows import Link, Pager
from publication.site.render.static import assets
from tests.browser.chromium import chromium
from tests.browser.site import rows_for_a_while, serving
from tests.publication.site.render.pages import edition, every_page, make_province

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.django_db]

_FAULTS = """() => {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) faults.push(`${root.scrollWidth - innerWidth} px too wide`);
  let level = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4")) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) faults.push(`h${level} is followed by h${next}: ${heading.textContent}`);
    level = next;
  }
  for (const image of document.querySelectorAll("img:not([alt])"))
    faults.push(`no alt: ${image.src}`);
  for (const drawing of document.querySelectorAll("svg"))
    if (!drawing.ariaHidden && !drawing.ariaLabel) faults.push("a drawing without a name");
  for (const field of document.querySelectorAll("input, select, textarea"))
    if (!field.labels.length && !field.ariaLabel) faults.push(`no label: ${field.name}`);
  for (const link of document.querySelectorAll("a, button, summary"))
    if (!link.textContent.trim() && !link.ariaLabel) faults.push(`no words: ${link.outerHTML}`);
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`twice: ${id}`);
  for (const part of document.querySelectorAll("[aria-labelledby]"))
    if (!document.getElementById(part.getAttribute("aria-labelledby")))
      faults.push("no such label");
  return faults;
}"""


@dataclass
class Site:
    address: str
    pages: list[Page]


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """Rendered once: the tests below look at the same pages."""
    with rows_for_a_while(django_db_blocker, tmp_path_factory.mktemp("site")):
        pages, shown = _one_of_each_kind(every_page(make_province())), edition()
        files = {page.path: render_page(page, edition=shown) for page in pages}
    files |= {f"/{path}": content for path, content in assets().items()}
    with serving(files) as address:
        yield Site(address, pages)


def _one_of_each_kind(pages: list[Page]) -> list[Page]:
    """One page of each kind in both languages, and every procedure page in Vietnamese."""
    first = {page.kind: page for page in reversed(pages)}.values()
    procedures = (page for page in pages if page.kind is PageKind.PROCEDURE)
    return list(dict.fromkeys([*first, *(it.in_language("en") for it in first), *procedures]))


@pytest.fixture(scope="module")
def browser(site: Site) -> Iterator[Browser]:
    with chromium() as started:
        yield started


def _open(tab: Tab, site: Site, page: Page) -> None:
    """Styles are in place by then: the deferred script waits for them."""
    tab.goto(site.address + page.path, wait_until="domcontentloaded")


def _listening(tab: Tab) -> list[str]:
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on(
        "response",
        lambda it: complaints.append(f"{it.status}: {it.url}") if it.status >= 400 else None,
    )
    return complaints


def test_pages_fit_a_narrow_phone_and_keep_their_structure(browser: Browser, site: Site):
    tab = browser.new_page(viewport={"width": 320, "height": 800})
    complaints = _listening(tab)
    found = {}
    for page in site.pages:
        _open(tab, site, page)
        if faults := tab.evaluate(_FAULTS):
            found[page.path] = faults
    tab.close()
    assert found == {}
    assert complaints == []


def test_pages_fit_a_narrow_phone_with_large_text_and_open_parts(browser: Browser, site: Site):
    tab = browser.new_page(viewport={"width": 320, "height": 800})
    for page in (page for page in site.pages if page.kind is PageKind.PROCEDURE):
        _open(tab, site, page)
        tab.check("#text-xl", force=True)
        tab.evaluate("document.querySelectorAll('details').forEach((it) => { it.open = true; })")
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.path
    tab.close()


def test_everything_is_there_without_javascript(browser: Browser, site: Site):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    procedure = next(page for page in site.pages if page.kind is PageKind.PROCEDURE)
    _open(tab, site, procedure)
    assert tab.get_by_role("heading", level=1).is_visible()
    assert tab.get_by_role("table").first.is_visible()
    assert tab.get_by_role("navigation", name="Danh mục chính").get_by_role("link").count() == 6
    assert tab.locator("[data-print]").is_hidden()  # a button that could do nothing
    context.close()


def test_only_the_ways_back_and_on_have_an_arrow(browser: Browser, site: Site):
    first_of_two = Pager(
        (Link("1", "?", True), Link("2", "?trang=2", False)), "", "?trang=2", 1, 50, 76
    )
    written = "{% from 'components/pager.html' import pages %}{{ pages(pager) }}"
    pager = environment("vi").from_string(written).render(pager=first_of_two)
    tab = browser.new_page()
    _open(tab, site, next(page for page in site.pages if page.kind is PageKind.HOME))
    tab.evaluate("(pager) => document.querySelector('main').innerHTML = pager", pager)
    arrows = tab.evaluate("""() => [...document.querySelectorAll(".ds-pagination a")].filter(
        (link) => getComputedStyle(link, "::before").content !== "none"
    ).map((link) => [link.textContent, getComputedStyle(link, "::before").rotate])""")
    tab.close()
    assert arrows == [["Trang sau", "0deg"]]


def test_small_targets_are_large_enough_to_touch(browser: Browser, site: Site):
    tab = browser.new_page(viewport={"width": 320, "height": 800})
    for page in (page for page in site.pages if page.kind in {PageKind.HOME, PageKind.INITIAL}):
        _open(tab, site, page)
        small = tab.evaluate(
            "() => [...document.querySelectorAll('.tile, .ds-chip, .letters a, .ds-pagination a, "
            "summary, .text-size label')].filter((it) => it.checkVisibility() && "
            "it.getBoundingClientRect().height < 24).map((it) => it.textContent)"
        )
        assert small == [], page.path
    tab.close()


def test_print_hides_what_paper_cannot_use_and_opens_every_case(browser: Browser, site: Site):
    tab = browser.new_page()
    tab.emulate_media(media="print")
    for page in (page for page in site.pages if page.kind is PageKind.PROCEDURE):
        _open(tab, site, page)
        assert not tab.locator(".menu").is_visible()
        assert not tab.locator(".footer").is_visible()
        assert tab.locator(".qr svg").is_visible()
        hidden = tab.evaluate(
            "() => [...document.querySelectorAll('.papers tbody td')]"
            ".filter((it) => it.textContent.trim() && !it.checkVisibility()).length"
        )
        assert hidden == 0, page.path
    tab.close()


def test_without_javascript_an_address_can_be_copied_and_a_day_asked_for(
    browser: Browser, site: Site
):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    procedure = next(page for page in site.pages if page.kind is PageKind.PROCEDURE)
    _open(tab, site, procedure)
    tab.locator(".share summary").click()
    assert tab.get_by_label("Địa chỉ của trang này").input_value().endswith(procedure.path)
    assert tab.get_by_role("button", name="Sao chép").count() == 0  # a button that could do nothing
    tab.get_by_label("Xem bản có giá trị vào ngày").fill("2024-09-20")
    with tab.expect_request(f"**{procedure.path}ngay/?ngay=2024-09-20"):
        tab.get_by_role("button", name="Xem bản của ngày này").click()
    context.close()


def test_the_address_is_copied_with_one_press(browser: Browser, site: Site):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    procedure = next(page for page in site.pages if page.kind is PageKind.PROCEDURE)
    _open(tab, site, procedure)
    tab.evaluate("navigator.share = undefined")
    tab.locator(".share summary").click()
    tab.get_by_role("button", name="Sao chép").click()
    tab.get_by_text("Đã sao chép.").wait_for()
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert copied == tab.get_by_label("Địa chỉ của trang này").input_value()
    context.close()


def test_the_chosen_text_size_is_remembered_from_page_to_page(browser: Browser, site: Site):
    context = browser.new_context()
    tab = context.new_page()
    first, second = (page for page in site.pages if page.kind in {PageKind.HOME, PageKind.ABOUT}
                     and page.language == "vi")  # fmt: skip
    _open(tab, site, first)
    tab.check("#text-xl", force=True)
    _open(tab, site, second)
    assert tab.is_checked("#text-xl")
    assert tab.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
    context.close()


def test_the_contents_list_marks_the_part_being_read_down_and_up(browser: Browser, site: Site):
    tab = browser.new_page(viewport={"width": 1280, "height": 700})
    procedure = next(page for page in site.pages if page.kind is PageKind.PROCEDURE)
    _open(tab, site, procedure)
    for anchor in ("giay-to", "cac-buoc", "giay-to"):
        tab.evaluate(f"document.getElementById('{anchor}').scrollIntoView()")
        tab.locator(f'.toc a[href="#{anchor}"][aria-current="true"]').wait_for(timeout=5000)
        assert tab.locator(".toc a[aria-current]").count() == 1
    tab.evaluate("scrollTo(0, 0)")
    expect(tab.locator(".toc a[aria-current]")).to_have_count(0)
    tab.close()


def test_parts_below_the_screen_wait_and_are_then_laid_out_of_themselves(
    browser: Browser, site: Site
):
    procedure = next(page for page in site.pages if page.kind is PageKind.PROCEDURE)
    home = next(page for page in site.pages if page.kind is PageKind.HOME)
    left = (
        "[...document.querySelectorAll('.part, .later')]"
        ".filter(it => getComputedStyle(it).contentVisibility === 'auto').length"
    )
    tab = browser.new_page(viewport={"width": 320, "height": 700})
    for page in (home, procedure):
        _open(tab, site, page)
        # Nobody scrolls.
        waiting = tab.locator(":is(.part, .later):not(.part--laid)")
        waiting.first.wait_for(state="detached", timeout=5000)
        assert tab.evaluate(left) == 0
    tab.goto(f"{site.address}{procedure.path}#lich-su", wait_until="domcontentloaded")
    tab.reload(wait_until="domcontentloaded")
    assert tab.evaluate(left) == 0  # nothing moves once the reader is there
    tab.close()
    quiet = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    plain = quiet.new_page()
    _open(plain, site, procedure)
    expect(plain.locator(".part").last).to_have_css("content-visibility", "auto")
    _open(plain, site, home)
    assert (
        plain.locator(".hero").evaluate("it => getComputedStyle(it).contentVisibility") == "visible"
    )
    assert plain.evaluate(left) == plain.locator("main .later").count() + 1 > 3  # and the footer
    quiet.close()
