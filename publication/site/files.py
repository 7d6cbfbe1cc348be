"""The files of a release that machines read: twins, feeds, sitemaps, robots.txt."""

from collections.abc import Iterable, Iterator

from django.conf import settings

from publication.site import feeds, sitemaps
from publication.site.lists import PublicList
from publication.site.look import Look
from publication.site.page import PageKind
from publication.site.plan import FEED
from publication.site.render.frame import search_path
from publication.site.twins import is_twin, make_twins

# Below the search page; the page itself is a door like any other.
_ASKED = ("?", "goi-y/")
_LIST_FEEDS = {"linh-vuc": PageKind.FIELD, "co-quan": PageKind.AGENCY}


def make_files(addresses: Iterable[str], *, look: Look) -> Iterator[tuple[str, bytes]]:
    """Each file with its bytes. Raises KeyError for an address that is none of them."""
    wanted = list(addresses)
    yield from make_twins(address for address in wanted if is_twin(address))
    for address in wanted:
        if not is_twin(address):
            yield address, _make(address, look)


def _make(address: str, look: Look) -> bytes:
    if address == "/robots.txt":
        return robots()
    if address.startswith("/sitemap"):
        return sitemaps.sitemap(address, look)
    folder, _, key = address.removesuffix(f"/{FEED}").strip("/").partition("/")
    if not folder:
        return feeds.changes_feed(address)
    if folder == "quyet-dinh":
        return feeds.decisions_feed(address)
    return feeds.list_feed(address, PublicList(_LIST_FEEDS[folder], key))


def robots() -> bytes:
    """Everything public may be indexed; answers to questions and staff pages are no content."""
    questions = [f"{search_path(code)}{of}" for code in settings.PORTAL_LANGUAGES for of in _ASKED]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ("/admin/", "/api/", *questions)),
        "",
        f"Sitemap: {settings.PORTAL_URL}{sitemaps.INDEX}",
        "",
    ]
    return "\n".join(lines).encode()
