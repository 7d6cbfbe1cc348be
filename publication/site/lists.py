"""The public lists: which there are, what is on them, in which order, on which page.

Lists of procedures are ordered by (sort_key, code); ended procedures and decisions come newest
first. A page holds PORTAL_PAGE_SIZE rows.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from publication.enums import ListingState
from publication.models import AnnouncementDecision, Listing, ListingShelf
from publication.site.look import Look
from publication.site.page import Page, PageKind

SHELF_OF = {
    PageKind.FIELD: "field",
    PageKind.AGENCY: "agency",
    PageKind.LEVEL: "level",
    PageKind.KIND: "kind",
    PageKind.LIFE_EVENT: "life_event",
    PageKind.AUDIENCE: "audience",
    PageKind.INITIAL: "initial",
}
KIND_OF = {shelf: kind for kind, shelf in SHELF_OF.items()}

# List kinds whose names are rows; a list without its row has no page.
ROW_OF = {
    PageKind.FIELD: "field",
    PageKind.AGENCY: "agency",
    PageKind.LIFE_EVENT: "life_event",
}


@dataclass(frozen=True, order=True)
class PublicList:
    """One list by its kind and, for a shelf, the key."""

    kind: PageKind
    key: str = ""

    def page(self, number: int, language: str) -> Page:
        return Page(self.kind, self.key, number, language)


ALL = PublicList(PageKind.ALL_PROCEDURES)
ABOLISHED = PublicList(PageKind.ABOLISHED)
DECISIONS = PublicList(PageKind.DECISIONS)


def rows(wanted: PublicList) -> QuerySet[Any]:
    """The rows of a list, unordered: Listing, ListingShelf for a shelf, or decisions."""
    if wanted == DECISIONS:
        return AnnouncementDecision.objects.public()
    if wanted == ALL:
        return Listing.objects.current().offered()
    if wanted == ABOLISHED:
        return Listing.objects.current().filter(state=ListingState.ABOLISHED)
    return ListingShelf.objects.filter(shelf=SHELF_OF[wanted.kind], key=wanted.key, is_current=True)


def has_page(wanted: PublicList, look: Look) -> bool:
    sort = ROW_OF.get(wanted.kind)
    return sort is None or wanted.key in getattr(look, sort)


def last_page(count: int) -> int:
    """How many pages a list of `count` rows has; an empty list still has one."""
    return max(1, -(-count // settings.PORTAL_PAGE_SIZE))


def page_of(wanted: PublicList, position: tuple[str, str]) -> int:
    """The page of a list of procedures on which a row of this (sort_key, code) stands."""
    name, code = position
    before = rows(wanted).order_by().filter(Q(sort_key__lt=name) | Q(sort_key=name, code__lt=code))
    return before.count() // settings.PORTAL_PAGE_SIZE + 1


def shelf_counts(only: PublicList | None = None) -> dict[PublicList, int]:
    """Every shelf that ever had a public row, with what stands on it now (0 keeps its page)."""
    ever = ListingShelf.objects.filter(listing__in_force_at__isnull=False)
    if only:
        ever = ever.filter(shelf=SHELF_OF[only.kind], key=only.key)
    counts = (
        ever.order_by()
        .values_list("shelf", "key")
        .annotate(now=Count("pk", filter=Q(is_current=True)))
    )
    return {PublicList(KIND_OF[shelf], key): now for shelf, key, now in counts}
