"""What every public page owes its readers, whatever it shows."""

import gzip
import re

import pytest
from django.conf import settings

from publication.site.page import Page, PageKind
from publication.site.render import render_page
from publication.site.render.static import asset_url, assets
from tests.publication.site.render.pages import edition, every_page, make_province

pytestmark = pytest.mark.django_db


_rendered: list[tuple[Page, str]] = []


@pytest.fixture
def pages() -> list[tuple[Page, str]]:
    """Rendered once: the tests below read the same texts, none changes them."""
    if not _rendered:
        province, shown = make_province(), edition()
        _rendered.extend(
            (page, render_page(page, edition=shown).decode())
            for language in ("vi", "en")
            for page in every_page(province, language)
        )
    return _rendered


def test_every_kind_of_page_is_tried(pages):
    assert {page.kind for page, _html in pages} == set(PageKind)


def test_every_page_has_its_landmarks_title_and_address(pages):
    for page, html in pages:
        assert html.startswith("<!doctype html>")
        assert f'<html lang="{page.language}"' in html
        assert html.count("<h1") == html.count("<main") == html.count("<title>") == 1
        assert 'class="ds-skip-link" href="#noi-dung"' in html
        assert '<link rel="canonical" href="' in html
        assert 'type="application/atom+xml"' in html
        assert settings.PORTAL_OFFICE in html


def test_every_page_but_the_lost_one_links_to_itself_in_the_other_language(pages):
    for page, html in pages:
        other = page.in_language("en" if page.language == "vi" else "vi")
        linked = f'hreflang="{other.language}" href="{settings.PORTAL_URL}{other.path}"' in html
        assert linked is (page.kind not in {PageKind.NOT_FOUND, PageKind.UNAVAILABLE}), page


def test_no_page_has_inline_style_or_script(pages):
    for page, html in pages:
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html), page
        scripts = set(re.findall(r"<script[^>]*>", html)) - {'<script type="application/ld+json">'}
        assert all("src=" in tag for tag in scripts), page


def test_every_page_asks_only_for_assets_that_exist(pages):
    there = {f"/{path}" for path in assets()}
    for page, html in pages:
        asked = set(re.findall(r'"(/static/[^"#]+)', html))
        assert asked, page
        assert asked <= there, page


def test_links_inside_a_page_lead_to_a_place_on_it(pages):
    for page, html in pages:
        anchors = set(re.findall(r'href="#([^"]+)"', html))
        assert anchors <= set(re.findall(r'\sid="([^"]+)"', html)), page


def test_a_page_asks_for_two_faces_one_sheet_of_styles_and_one_script(pages):
    """Over HTTP/1.1 a browser fetches six files at once; the seventh waits for a round trip."""
    wanted = {
        asset_url(name)
        for name in (
            "vendor/fonts/be-vietnam-pro-400.woff2",
            "vendor/fonts/be-vietnam-pro-600.woff2",
            "portal.css",
            "portal.js",
        )
    }
    for page, html in pages:
        tags = re.findall(r'<(?:link rel="(?:preload|stylesheet)"|script src=)[^>]*>', html)
        assert sorted(re.findall(r'"(/static/[^"]+)"', "".join(tags))) == sorted(wanted), page


def test_the_script_is_what_every_page_does_and_then_the_suggestions():
    source = settings.BASE_DIR / "static" / "portal"
    parts = [(source / name).read_bytes() for name in ("portal.js", "suggest.js")]
    assert assets()[asset_url("portal.js").removeprefix("/")] == b"\n".join(parts)


def test_a_first_visit_loads_little():
    """At most 60 KB compressed without fonts: the page, styles, script and every drawing."""
    drawn = [content for path, content in assets().items() if not path.endswith(".woff2")]
    home = render_page(Page(PageKind.HOME), edition=edition())
    assert sum(len(gzip.compress(content, 6)) for content in [*drawn, home]) < 60 * 1024


def test_an_asset_has_its_content_in_its_name_and_styles_name_only_assets():
    css = assets()[asset_url("portal.css").removeprefix("/")].decode()
    asked = set(re.findall(r"url\((/[^)]+)\)", css))
    assert len(asked) == 4  # two fonts, two drawings
    assert asked <= {f"/{path}" for path in assets()}
    assert all(re.search(r"\.[0-9a-f]{12}\.\w+$", path) for path in assets())
