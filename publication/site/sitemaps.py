"""Sitemaps (sitemaps.org 0.9): an index, and shards that stay small and seldom change.

A shard of procedures holds one hundred codes (1.0042xx), so that a decision over 25 procedures
rewrites at most 25 short files, however many procedures there are. Codes are never taken away,
so shards are only ever added. Decisions are sharded by the year they were signed in.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models.functions import Substr
from django.utils.timezone import localdate

from publication.models import AnnouncementDecision, Listing
from publication.site import lists
from publication.site.look import Look
from publication.site.page import Page, PageKind

INDEX = "/sitemap.xml"
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_FOLDER = "/sitemap/"
_PREFIX = len("1.0042")
_LISTS = {
    PageKind.FIELD: "linh-vuc",
    PageKind.AGENCY: "co-quan",
    PageKind.LEVEL: "danh-muc",
    PageKind.KIND: "danh-muc",
    PageKind.LIFE_EVENT: "danh-muc",
    PageKind.AUDIENCE: "danh-muc",
    PageKind.INITIAL: "danh-muc",
}
_STANDING = (
    PageKind.HOME,
    PageKind.ALL_PROCEDURES,
    PageKind.FIELDS,
    PageKind.AGENCIES,
    PageKind.LEVELS,
    PageKind.KINDS,
    PageKind.LIFE_EVENTS,
    PageKind.DECISIONS,
    PageKind.ABOLISHED,
    PageKind.WEEK,
    PageKind.ABOUT,
)

_Entry = tuple[Page, date | None]


def procedure_shard(code: str) -> str:
    return f"{_FOLDER}thu-tuc-{code[:_PREFIX]}.xml"


def decision_shard(year: int) -> str:
    return f"{_FOLDER}quyet-dinh-{year}.xml"


def list_shard(kind: PageKind) -> str:
    return f"{_FOLDER}{_LISTS[kind]}.xml"


def shard_addresses() -> list[str]:
    """Every shard that holds an address, in order."""
    prefixes = (
        Listing.objects.current()
        .order_by()
        .values_list(Substr("code", 1, _PREFIX), flat=True)
        .distinct()
    )
    years = AnnouncementDecision.objects.public().order_by().values_list("signed_year", flat=True)
    return sorted(
        {
            *(procedure_shard(prefix) for prefix in prefixes),
            *(decision_shard(year) for year in years.distinct()),
            *(list_shard(kind) for kind in _LISTS),
        }
    )


def sitemap(address: str, look: Look) -> bytes:
    """The index or one shard. Raises ValueError for an address that is neither."""
    if address == INDEX:
        return _index(shard_addresses())
    sort, _, key = address.removeprefix(_FOLDER).removesuffix(".xml").rpartition("-")
    if sort == "thu-tuc":
        return _urlset(_procedures(key))
    if sort == "quyet-dinh":
        return _urlset(_decisions(int(key)))
    return _urlset(_lists(address, look))


def _procedures(prefix: str) -> Iterator[_Entry]:
    # Ends of one length, so that every collation puts all codes of the shard between them.
    within = (f"{prefix}00", f"{prefix}99")
    listings = Listing.objects.current().filter(procedure__code__range=within)
    for code, moment in listings.order_by("code").values_list("code", "in_force_at"):
        yield Page(PageKind.PROCEDURE, code), localdate(moment)


def _decisions(year: int) -> Iterator[_Entry]:
    decisions = AnnouncementDecision.objects.public().filter(signed_year=year)
    for slug, moment in decisions.order_by("slug").values_list("slug", "issued_at"):
        yield Page(PageKind.DECISION, slug or ""), localdate(moment) if moment else None


def _lists(address: str, look: Look) -> Iterator[_Entry]:
    if list_shard(PageKind.LEVEL) == address:
        yield from ((Page(kind), None) for kind in _STANDING)
    for wanted in sorted(lists.shelf_counts()):
        if list_shard(wanted.kind) == address and lists.has_page(wanted, look):
            yield Page(wanted.kind, wanted.key), None


def _index(addresses: Iterable[str]) -> bytes:
    parts = [f"<sitemap><loc>{_address(it)}</loc></sitemap>" for it in addresses]
    return _document("sitemapindex", parts)


def _urlset(entries: Iterable[_Entry]) -> bytes:
    parts = [
        f"<url><loc>{_address(page.in_language(language).path)}</loc>"
        + (f"<lastmod>{day.isoformat()}</lastmod>" if day else "")
        + "</url>"
        for page, day in entries
        for language in settings.PORTAL_LANGUAGES
    ]
    return _document("urlset", parts)


def _document(name: str, parts: list[str]) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return "\n".join([head, f'<{name} xmlns="{SITEMAPS}">', *parts, f"</{name}>", ""]).encode()


def _address(path: str) -> str:
    return escape(settings.PORTAL_URL + path)
