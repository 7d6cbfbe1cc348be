"""Which addresses a release has, and what stands at each: a function of the database alone.

changes.py gives the part of this plan that a few events touch. Both must agree: a release built
from changes equals a full one byte for byte.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings

from publication.models import Listing
from publication.site import archive, lists
from publication.site.form_files import shown_forms
from publication.site.lists import PublicList
from publication.site.look import Look
from publication.site.page import Page, PageKind
from publication.site.sitemaps import INDEX, shard_addresses

TWIN = "index.json"
FEED = "atom.xml"
INDEX_OF = {
    PageKind.FIELD: PageKind.FIELDS,
    PageKind.AGENCY: PageKind.AGENCIES,
    PageKind.LEVEL: PageKind.LEVELS,
    PageKind.KIND: PageKind.KINDS,
    PageKind.AUDIENCE: PageKind.KINDS,
    PageKind.LIFE_EVENT: PageKind.LIFE_EVENTS,
}
WITH_FEED = {PageKind.FIELD, PageKind.AGENCY}
# What shows the day: rendered with every change, and every day.
OF_THE_DAY = (PageKind.HOME, PageKind.WEEK)
_SINGLE = (
    *OF_THE_DAY,
    PageKind.ABOUT,
    PageKind.NOT_FOUND,
    PageKind.UNAVAILABLE,
    *sorted(set(INDEX_OF.values())),
)


@dataclass
class Plan:
    """Pages to render and files to make, each at one or more addresses, and addresses to end.

    `forms` are addresses of files that are there already and only have to be put in place.
    """

    pages: dict[Page, tuple[str, ...]] = field(default_factory=dict)
    files: dict[str, tuple[str, ...]] = field(default_factory=dict)
    forms: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    is_whole: bool = False  # everything is in it, so nothing is taken over from the last release

    def __bool__(self) -> bool:
        return bool(self.pages or self.files or self.forms or self.gone)

    def __len__(self) -> int:
        return len(self.pages) + len(self.files)

    def add(self, kind: PageKind, key: str = "", number: int = 1) -> None:
        for language in settings.PORTAL_LANGUAGES:
            page = Page(kind, key, number, language)
            self.pages.setdefault(page, (page.path,))

    def add_file(self, address: str, *also: str) -> None:
        self.files[address] = (address, *also)

    def end(self, page: Page) -> None:
        self.gone |= {page.in_language(language).path for language in settings.PORTAL_LANGUAGES}

    def add_procedure(
        self, code: str, days: Sequence[tuple[date, bool]], *, with_differences: bool = True
    ) -> None:
        """A procedure's page and one for each of its days; the current text is both.

        A difference tells of two texts and of nothing around them: it is left out where only a
        neighbour changed.
        """
        self.add(PageKind.PROCEDURE, code)
        self.add_file(f"/thu-tuc/{code}/{TWIN}")
        for day, is_current in days:
            key = f"{code}/{day.isoformat()}"
            if is_current:
                self._add_as_current(code, key)
            else:
                self.add(PageKind.VERSION, key)
                self.add_file(f"/thu-tuc/{key}/{TWIN}")
        if with_differences:
            for day, _is_current in days[1:]:
                self.add(PageKind.DIFFERENCE, f"{code}/{day.isoformat()}")

    def _add_as_current(self, code: str, key: str) -> None:
        for language in settings.PORTAL_LANGUAGES:
            page = Page(PageKind.PROCEDURE, code, language=language)
            self.pages[page] = (page.path, Page(PageKind.VERSION, key, language=language).path)
        self.add_file(f"/thu-tuc/{code}/{TWIN}", f"/thu-tuc/{key}/{TWIN}")


def full_plan(look: Look) -> Plan:
    """Every page and file of a release."""
    plan = Plan(is_whole=True)
    for kind in _SINGLE:
        plan.add(kind)
    for code, days in versions().items():
        plan.add_procedure(code, days)
    _add_lists(plan, look)
    for slug in look.decision:
        plan.add(PageKind.DECISION, slug)
    for address in ("/robots.txt", f"/{FEED}", f"/quyet-dinh/{FEED}", INDEX, *shard_addresses()):
        plan.add_file(address)
    plan.forms = shown_forms()
    return plan


def versions(codes: Iterable[str] | None = None) -> dict[str, list[tuple[date, bool]]]:
    """The public days of each code, oldest first: (first day, whether it is shown now)."""
    listings = Listing.objects.standing().filter(in_force_at__isnull=False)
    if codes is not None:
        listings = listings.filter(procedure__code__in=list(codes))
    found: dict[str, list[tuple[date, bool]]] = defaultdict(list)
    for code, day, is_current in listings.order_by("code", "valid_from").values_list(
        "code", "valid_from", "is_current"
    ):
        found[code].append((day, is_current))
    return found


def feed_of(wanted: PublicList) -> str:
    return Page(wanted.kind, wanted.key).path + FEED


def _add_lists(plan: Plan, look: Look) -> None:
    counts = lists.shelf_counts()
    for wanted in (lists.ALL, lists.ABOLISHED, lists.DECISIONS):
        counts[wanted] = lists.rows(wanted).count()
    for wanted, count in counts.items():
        if not lists.has_page(wanted, look):
            continue
        last = archive.last_page if wanted == lists.DECISIONS else lists.last_page
        for number in range(1, last(count) + 1):
            plan.add(wanted.kind, wanted.key, number)
        if wanted.kind in WITH_FEED:
            plan.add_file(feed_of(wanted))
