"""Listings as rows of a list, without reading their whole texts; and the pager below them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from publication.enums import ListingState
from publication.models import Listing
from publication.site.page import Page, PageKind
from publication.site.render.frame import Link, to
from publication.site.render.kinds import Tag, tags
from publication.site.render.language import gettext

_COLUMNS = (
    "code",
    "name",
    "kind",
    "online_level",
    "state",
    "valid_from",
    "successors",
    "decision__number",
    "decision__slug",
    "pk",
    "digest",
)


@dataclass(frozen=True)
class ListingRow:
    code: str
    name: str
    path: str
    tags: tuple[Tag, ...]
    field: str
    decision: str
    decision_path: str
    valid_from: date
    ended: bool
    successors: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Pager:
    """Links to the pages around; None marks a gap."""

    links: tuple[Link | None, ...]
    previous: str
    following: str
    first: int
    last: int
    total: int


def listing_rows(listings: QuerySet[Any], *, prefix: str = "") -> list[ListingRow]:
    """Rows of a queryset of listings, or of rows that reach a listing through `prefix`.

    The page's keys come first, from the index alone: a database that sorts whole rows would
    read the text of every listing on the list for each of its pages.
    """
    keys = list(listings.values_list(f"{prefix}pk", flat=True))
    found = list(Listing.objects.filter(pk__in=keys).values(*_COLUMNS))
    texts = _text_facts({facts["digest"]: facts["pk"] for facts in found})
    rows = {facts["pk"]: _row(facts, *texts[facts["digest"]]) for facts in found}
    return [rows[key] for key in keys]


# Levels and field's name by the digest of the text that says them: they can never differ. A
# procedure stands on ten lists in two languages, and reading its text is the dear part of a row.
_known_texts: dict[str, tuple[list[str], str]] = {}
_MOST_KNOWN = 100_000


def _text_facts(listings: dict[str, int]) -> dict[str, tuple[list[str], str]]:
    """What rows show of the texts, by digest, given one listing that holds each."""
    unknown = [pk for digest, pk in listings.items() if digest not in _known_texts]
    if len(_known_texts) > _MOST_KNOWN:
        _known_texts.clear()
        unknown = list(listings.values())
    for digest, levels, field in Listing.objects.filter(pk__in=unknown).values_list(
        "digest", "text__levels", "text__field__name"
    ):
        _known_texts[digest] = (levels or [], field or "")
    return _known_texts


def _row(facts: dict[str, Any], levels: list[str], field: str) -> ListingRow:
    return ListingRow(
        code=facts["code"],
        name=facts["name"],
        path=to(PageKind.PROCEDURE, facts["code"]),
        tags=tags(facts["kind"], facts["online_level"], levels),
        field=field,
        decision=facts["decision__number"],
        decision_path=to(PageKind.DECISION, facts["decision__slug"] or ""),
        valid_from=facts["valid_from"],
        ended=facts["state"] == ListingState.ABOLISHED,
        successors=tuple(Link(code, to(PageKind.PROCEDURE, code)) for code in facts["successors"]),
    )


def span(page: Page) -> slice:
    """The rows that a numbered page holds."""
    size = settings.PORTAL_PAGE_SIZE
    return slice((page.number - 1) * size, page.number * size)


def make_pager(page: Page, total: int) -> Pager:
    size = settings.PORTAL_PAGE_SIZE
    count = max(1, -(-total // size))
    shown = sorted({1, count, *range(page.number - 2, page.number + 3)} & set(range(1, count + 1)))
    links: list[Link | None] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number > before + 1:
            links.append(None)
        links.append(Link(str(number), _numbered(page, number), current=number == page.number))
    return Pager(
        links=tuple(links) if count > 1 else (),
        previous=_numbered(page, page.number - 1) if page.number > 1 else "",
        following=_numbered(page, page.number + 1) if page.number < count else "",
        first=min((page.number - 1) * size + 1, total),
        last=min(page.number * size, total),
        total=total,
    )


def page_title(title: str, page: Page) -> str:
    """The title of a numbered page; the first has no number."""
    if page.number == 1:
        return title
    return gettext("%(title)s, trang %(number)s") % {"title": title, "number": page.number}


def _numbered(page: Page, number: int) -> str:
    return Page(page.kind, page.key, number, page.language).path
