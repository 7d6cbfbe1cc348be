"""Pages that lead to lists: fields, agencies, levels, kinds, life events; and the letters."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count

from catalog.enums import AgencyKind, Audience, GovernmentLevel, LifeEventGroup
from catalog.models import Agency, Field, LifeEvent
from catalog.vietnamese import initial, sort_key
from publication.models import ListingShelf
from publication.site.page import Edition, Page, PageKind
from publication.site.render.frame import Link, make_frame, to
from publication.site.render.kinds import KIND_ORDER, kind_note
from publication.site.render.language import gettext, label


@dataclass(frozen=True)
class Entry:
    """A list by name; without a path it holds nothing now."""

    label: str
    path: str
    count: int
    note: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Group:
    title: str
    entries: tuple[Entry, ...]
    anchor: str = ""
    announced: bool = True


def groups_context(page: Page, **_edition: Edition) -> dict[str, object]:
    """A page of named lists with how much each holds."""
    title, intro, groups = _PAGES[page.kind]()
    return {
        "frame": make_frame(page, title=title, description=intro, crumbs=[Link(title, page.path)]),
        "title": title,
        "intro": intro,
        "groups": groups,
    }


def shelf_counts(shelf: str) -> dict[str, int]:
    """How many procedures are offered on each list of one sort."""
    rows = ListingShelf.objects.filter(shelf=shelf, is_current=True).order_by()
    return dict(rows.values_list("key").annotate(Count("pk")))


def read_letters() -> tuple[str, ...]:
    """The letters under which procedures stand, in the order of the alphabet."""
    found = shelf_counts("initial")
    return tuple(sorted(found, key=lambda letter: (letter == "#", sort_key(letter))))


def letter_links(letters: Iterable[str], current: str = "") -> list[Link]:
    return [Link(letter, to(PageKind.INITIAL, letter), letter == current) for letter in letters]


def entry(kind: PageKind, key: str, label: str, counts: dict[str, int], note: str = "") -> Entry:
    count = counts.get(key, 0)
    return Entry(label, to(kind, key) if count else "", count, note)


def life_event_groups(icons: dict[str, str] | None = None) -> list[Group]:
    """Life events of citizens, then of businesses, in their own order."""
    counts = shelf_counts("life_event")
    events = list(LifeEvent.objects.order_by("group", "position", "pk"))
    return [
        Group(
            label(group),
            tuple(
                Entry(
                    event.name,
                    to(PageKind.LIFE_EVENT, event.slug) if counts.get(event.slug) else "",
                    counts.get(event.slug, 0),
                    icon=(icons or {}).get(event.slug, ""),
                )
                for event in events
                if event.group == group
            ),
            anchor=group.value,
            announced=False,
        )
        for group in LifeEventGroup
        if any(event.group == group for event in events)
    ]


_Page = tuple[str, str, list[Group]]


def _fields() -> _Page:
    counts = shelf_counts("field")
    fields = sorted(Field.objects.filter(slug__in=counts), key=lambda field: sort_key(field.name))
    entries = [entry(PageKind.FIELD, field.slug, field.name, counts) for field in fields]
    intro = gettext("Chọn lĩnh vực để xem các thủ tục đang công khai.")
    return gettext("Lĩnh vực"), intro, list(_by_letter(entries))


def _by_letter(entries: Iterable[Entry]) -> Iterator[Group]:
    for letter, found in groupby(entries, key=lambda it: initial(it.label)):
        yield Group(letter, tuple(found), anchor=f"van-{letter.lower()}")


def _agencies() -> _Page:
    counts = shelf_counts("agency")
    agencies = sorted(
        Agency.objects.filter(slug__in=counts), key=lambda agency: sort_key(agency.name)
    )
    groups = [
        Group(
            label(kind),
            tuple(
                entry(PageKind.AGENCY, agency.slug, agency.name, counts)
                for agency in agencies
                if agency.kind == kind
            ),
            announced=False,
        )
        for kind in _AGENCY_ORDER
    ]
    intro = gettext("Cơ quan tiếp nhận, giải quyết hoặc chủ trì thủ tục.")
    return gettext("Cơ quan"), intro, [group for group in groups if group.entries]


_AGENCY_ORDER = (
    AgencyKind.PROVINCE,
    AgencyKind.DEPARTMENT,
    AgencyKind.SERVICE_CENTRE,
    AgencyKind.DISTRICT,
    AgencyKind.COMMUNE,
    AgencyKind.CENTRAL_UNIT,
    AgencyKind.MINISTRY,
    AgencyKind.OTHER,
)


def _levels() -> _Page:
    counts = shelf_counts("level")
    entries = tuple(
        entry(PageKind.LEVEL, level.value, label(level), counts)
        for level in GovernmentLevel
        if counts.get(level.value)
    )
    intro = gettext("Cấp chính quyền thực hiện thủ tục.")
    return gettext("Cấp thực hiện"), intro, [Group("", entries, announced=False)]


def _kinds() -> _Page:
    counts, audiences = shelf_counts("kind"), shelf_counts("audience")
    kinds = tuple(
        entry(PageKind.KIND, kind.value, label(kind), counts, kind_note(kind))
        for kind in KIND_ORDER
    )
    readers = tuple(
        entry(PageKind.AUDIENCE, audience.value, label(audience), audiences)
        for audience in Audience
        if audiences.get(audience.value)
    )
    groups = [
        Group(gettext("Theo loại"), kinds, announced=False),
        Group(gettext("Theo đối tượng thực hiện"), readers, announced=False),
    ]
    intro = gettext("Thủ tục chia theo cách nộp và theo người thực hiện.")
    return gettext("Loại thủ tục"), intro, [group for group in groups if group.entries]


def _life_events() -> _Page:
    intro = gettext("Chọn việc đang diễn ra trong cuộc sống hoặc trong doanh nghiệp.")
    return gettext("Sự kiện"), intro, life_event_groups()


_PAGES: dict[PageKind, Callable[[], _Page]] = {
    PageKind.FIELDS: _fields,
    PageKind.AGENCIES: _agencies,
    PageKind.LEVELS: _levels,
    PageKind.KINDS: _kinds,
    PageKind.LIFE_EVENTS: _life_events,
}
