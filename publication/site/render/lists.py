"""Lists of procedures: all of them, by letter, field, agency, level, kind, life event, audience."""

from collections.abc import Callable
from dataclasses import dataclass

from catalog.enums import Audience, GovernmentLevel, ProcedureKind
from catalog.models import Agency, Field, LifeEvent
from publication.enums import ListingState
from publication.models import Listing, ListingShelf
from publication.site.page import Page, PageKind
from publication.site.render.dossier import NoSuchPage
from publication.site.render.frame import Feed, Link, make_frame, subscribe_path, to
from publication.site.render.groups import letter_links
from publication.site.render.kinds import kind_note
from publication.site.render.language import gettext, label
from publication.site.render.rows import listing_rows, make_pager, page_title, span
from publication.site.render.wording import day


@dataclass(frozen=True)
class Heading:
    """What a list is called and what it is about."""

    title: str
    intro: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    links_title: str = ""
    links: tuple[Link, ...] = ()
    announced: bool = True  # whether the title is a Vietnamese name


def all_context(page: Page, *, letters: tuple[str, ...]) -> dict[str, object]:
    """Every procedure offered, in alphabetical order."""
    title = gettext("Tất cả thủ tục")
    listings = Listing.objects.current().offered()
    rows = listings.order_by("sort_key", "code")[span(page)]
    return {
        "frame": make_frame(page, title=page_title(title, page), crumbs=[Link(title, page.path)]),
        "heading": Heading(
            title, gettext("Xếp theo vần chữ cái của tên thủ tục."), announced=False
        ),
        "letters": letter_links(letters),
        "rows": listing_rows(rows),
        "pager": make_pager(page, listings.count()),
    }


def shelf_context(page: Page, *, letters: tuple[str, ...]) -> dict[str, object]:
    """One list: the procedures that stand on a shelf. Raises NoSuchPage for an unknown one."""
    heading = _HEADINGS[page.kind](page.key)
    places = ListingShelf.objects.filter(shelf=page.kind.value, key=page.key, is_current=True)
    rows = places.order_by("shelf", "key", "sort_key", "code")[span(page)]
    parent = _PARENTS.get(page.kind, PageKind.ALL_PROCEDURES)
    return {
        "frame": make_frame(
            page,
            title=page_title(heading.title, page),
            description=heading.intro,
            crumbs=[Link(_parent_title(parent), to(parent)), Link(heading.title, page.path)],
            feeds=_feeds(page, heading),
        ),
        "heading": heading,
        "subscribe": _subscribe(page),
        "letters": letter_links(letters, page.key) if page.kind is PageKind.INITIAL else [],
        "rows": listing_rows(rows, prefix="listing__"),
        "pager": make_pager(page, places.count()),
    }


def abolished_context(page: Page, **_letters: tuple[str, ...]) -> dict[str, object]:
    """Procedures that have ended, newest first; their last texts stay readable."""
    title = gettext("Thủ tục đã bãi bỏ")
    listings = Listing.objects.current().filter(state=ListingState.ABOLISHED)
    rows = listings.order_by("-valid_from", "sort_key", "code")[span(page)]
    intro = gettext(
        "Không còn áp dụng. Bản công khai cuối cùng vẫn đọc được, kèm thủ tục thay thế nếu có."
    )
    return {
        "frame": make_frame(page, title=page_title(title, page), crumbs=[Link(title, page.path)]),
        "heading": Heading(title, intro, announced=False),
        "letters": [],
        "rows": listing_rows(rows),
        "pager": make_pager(page, listings.count()),
    }


def _field_heading(slug: str) -> Heading:
    field = Field.objects.filter(slug=slug).first()
    if field is None:
        raise NoSuchPage(slug)
    return Heading(
        field.name, gettext("Thủ tục hành chính thuộc lĩnh vực %(name)s.") % {"name": field.name}
    )


def _agency_heading(slug: str) -> Heading:
    agency = (
        Agency.objects.filter(slug=slug)
        .select_related("parent")
        .prefetch_related("successors")
        .first()
    )
    if agency is None:
        raise NoSuchPage(slug)
    facts = (
        (gettext("Cơ quan cấp trên"), agency.parent.name if agency.parent else ""),
        (gettext("Địa chỉ"), agency.address),
        (gettext("Điện thoại"), agency.phone),
        (gettext("Hoạt động từ ngày"), day(agency.valid_from)),
        (gettext("Kết thúc hoạt động ngày"), day(agency.valid_to)),
    )
    return Heading(
        agency.name,
        gettext("Thủ tục do cơ quan này tiếp nhận, giải quyết hoặc chủ trì."),
        tuple((label, value) for label, value in facts if value),
        gettext("Cơ quan kế thừa"),
        tuple(Link(it.name, to(PageKind.AGENCY, it.slug)) for it in agency.successors.all()),
    )


def _level_heading(level: str) -> Heading:
    name = label(GovernmentLevel(level))
    intro = gettext("Thủ tục thực hiện ở %(level)s.") % {"level": name.lower()}
    return Heading(name, intro, announced=False)


def _kind_heading(kind: str) -> Heading:
    return Heading(label(ProcedureKind(kind)), kind_note(kind), announced=False)


def _initial_heading(letter: str) -> Heading:
    if letter == "#":
        return Heading(gettext("Tên không bắt đầu bằng chữ cái"), announced=False)
    return Heading(gettext("Thủ tục vần %(letter)s") % {"letter": letter}, announced=False)


def _life_event_heading(slug: str) -> Heading:
    event = LifeEvent.objects.filter(slug=slug).first()
    if event is None:
        raise NoSuchPage(slug)
    intro = gettext("Những thủ tục thường cần đến trong việc này.")
    return Heading(event.name, intro)


def _audience_heading(audience: str) -> Heading:
    who = label(Audience(audience))
    return Heading(gettext("Thủ tục dành cho %(who)s") % {"who": who}, announced=False)


def _subscribe(page: Page) -> str:
    """Where mails about a field or an agency are asked for; the other lists have none."""
    if page.kind not in {PageKind.FIELD, PageKind.AGENCY}:
        return ""
    return subscribe_path(page.language) + Page(page.kind, page.key).path.lstrip("/")


def _feeds(page: Page, heading: Heading) -> list[Feed]:
    if page.kind not in {PageKind.FIELD, PageKind.AGENCY}:
        return []
    return [Feed(heading.title, Page(page.kind, page.key).path + "atom.xml")]


_HEADINGS: dict[PageKind, Callable[[str], Heading]] = {
    PageKind.FIELD: _field_heading,
    PageKind.AGENCY: _agency_heading,
    PageKind.LEVEL: _level_heading,
    PageKind.KIND: _kind_heading,
    PageKind.INITIAL: _initial_heading,
    PageKind.LIFE_EVENT: _life_event_heading,
    PageKind.AUDIENCE: _audience_heading,
}
_PARENTS = {
    PageKind.FIELD: PageKind.FIELDS,
    PageKind.AGENCY: PageKind.AGENCIES,
    PageKind.LEVEL: PageKind.LEVELS,
    PageKind.KIND: PageKind.KINDS,
    PageKind.LIFE_EVENT: PageKind.LIFE_EVENTS,
}


def _parent_title(kind: PageKind) -> str:
    return {
        PageKind.FIELDS: gettext("Lĩnh vực"),
        PageKind.AGENCIES: gettext("Cơ quan"),
        PageKind.LEVELS: gettext("Cấp thực hiện"),
        PageKind.KINDS: gettext("Loại thủ tục"),
        PageKind.LIFE_EVENTS: gettext("Sự kiện"),
        PageKind.ALL_PROCEDURES: gettext("Tất cả thủ tục"),
    }[kind]
