"""What stands around every page: title, address, languages, menu, path, feeds, footer."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.safestring import SafeString

from publication.site.page import Page, PageKind
from publication.site.render.language import active_language, gettext
from publication.site.render.wording import capitalised, shortened

_TITLE_LENGTH = 140
_DESCRIPTION_LENGTH = 200


@dataclass(frozen=True)
class Link:
    label: str
    path: str
    current: bool = False


@dataclass(frozen=True)
class Ribbon:
    """What a page that is not public says of itself, and the way back to where it was made."""

    words: str
    back: Link


@dataclass(frozen=True)
class Feed:
    title: str
    path: str


@dataclass(frozen=True)
class Frame:
    """Everything base.html reads. Paths begin with "/", `canonical` and alternates are absolute."""

    language: str
    announced: SafeString  # the lang attribute of announced wording on pages in other languages
    portal: str
    title: str
    description: str
    path: str
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    other_languages: tuple[tuple[str, str, str], ...]  # code, own name, path
    menu: tuple[Link, ...]
    crumbs: tuple[Link, ...]
    parent: Link | None  # the crumb above this page
    feeds: tuple[Feed, ...]
    data: str  # the machine-readable twin, "" when the page has none
    indexed: bool
    home: str
    search: str
    report: str  # where reports of mistakes are sent; a code follows
    subscribe: str  # where mails are asked for; the path of a list or procedure follows
    about: str
    decisions: str
    kinds: str
    levels: str
    fields: str
    life_events: str
    abolished: str
    province: str
    authority: str
    office: str


# Said at other addresses than their own: they have no other language to lead to.
_ERRORS = {PageKind.NOT_FOUND, PageKind.UNAVAILABLE}
_LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}


def make_frame(
    page: Page,
    *,
    title: str = "",
    description: str = "",
    crumbs: Sequence[Link] = (),
    canonical: Page | None = None,
    indexed: bool = True,
    feeds: Sequence[Feed] = (),
    data: str = "",
) -> Frame:
    """The frame of a public page; the active language must be the page's own."""
    paths = {code: page.in_language(code).path for code in settings.PORTAL_LANGUAGES}
    return _frame(
        path=page.path,
        paths=paths if page.kind not in _ERRORS else {},
        section=_SECTIONS.get(page.kind, PageKind.ALL_PROCEDURES),
        language=page.language,
        title=title,
        description=description,
        crumbs=crumbs,
        canonical=(canonical or page).path,
        indexed=indexed,
        feeds=feeds,
        data=data,
    )


def make_search_frame(query_string: str = "") -> Frame:
    """The frame of the search page in the active language, for a view.

    `query_string` is kept when the reader changes the language. The page without a question is a
    door that search engines may know; every question would be one more page of theirs.
    """
    tail = f"?{query_string}" if query_string else ""
    return make_view_frame(
        {code: search_path(code) + tail for code in settings.PORTAL_LANGUAGES},
        title=gettext("Tìm thủ tục"),
        path=search_path(active_language()),
        indexed=not query_string,
    )


def make_view_frame(
    paths: dict[str, str],
    *,
    title: str,
    crumbs: Sequence[Link] = (),
    path: str = "",
    section: PageKind = PageKind.ALL_PROCEDURES,
    indexed: bool = False,
) -> Frame:
    """The frame of a page made when asked for, with its path in every language."""
    language = active_language()
    return _frame(
        path=path or paths[language],
        paths=paths,
        section=section,
        language=language,
        title=title,
        description="",
        crumbs=crumbs,
        canonical=paths[language],
        indexed=indexed,
        feeds=(),
        data="",
    )


def make_asked_frame(
    page: Page, *, below: str, query: str, title: str, crumbs: Sequence[Link]
) -> Frame:
    """The frame of a page that is made when asked for, below a finished page's own address."""
    tail = below + (f"?{query}" if query else "")
    return _frame(
        path=page.path + below,
        paths={code: page.in_language(code).path + tail for code in settings.PORTAL_LANGUAGES},
        section=PageKind.ALL_PROCEDURES,
        language=page.language,
        title=title,
        description="",
        crumbs=crumbs,
        canonical=page.path + tail,
        indexed=False,
        feeds=(),
        data="",
    )


def search_path(language: str) -> str:
    return "/tim-kiem/" if language == "vi" else f"/{language}/tim-kiem/"


def report_path(language: str) -> str:
    return "/phan-anh/" if language == "vi" else f"/{language}/phan-anh/"


def subscribe_path(language: str) -> str:
    return "/nhan-tin/" if language == "vi" else f"/{language}/nhan-tin/"


def portal_name() -> str:
    """ "Cổng thủ tục hành chính tỉnh Hải Dương" in the active language."""
    return gettext("Cổng thủ tục hành chính %(province)s") % {"province": settings.PORTAL_PROVINCE}


def to(kind: PageKind, key: str = "", number: int = 1) -> str:
    """The path of another page in the active language."""
    return _path(kind, key, number, active_language())


@lru_cache(maxsize=8192)
def _path(kind: PageKind, key: str, number: int, language: str) -> str:
    return Page(kind, key, number, language).path


def _frame(
    *,
    path: str,
    paths: dict[str, str],
    section: PageKind,
    language: str,
    title: str,
    description: str,
    crumbs: Sequence[Link],
    canonical: str,
    indexed: bool,
    feeds: Sequence[Feed],
    data: str,
) -> Frame:
    portal = portal_name()
    path_here = (Link(gettext("Trang chủ"), to(PageKind.HOME)), *crumbs) if crumbs else ()
    return Frame(
        language=language,
        announced=SafeString("" if language == "vi" else ' lang="vi"'),
        portal=portal,
        title=f"{shortened(title, _TITLE_LENGTH)} – {portal}" if title else portal,
        description=shortened(description or _description(), _DESCRIPTION_LENGTH),
        path=path,
        canonical=settings.PORTAL_URL + canonical,
        alternates=tuple((code, settings.PORTAL_URL + other) for code, other in paths.items()),
        other_languages=tuple(
            (code, _LANGUAGE_NAMES.get(code, code), other)
            for code, other in paths.items()
            if code != language
        ),
        menu=_menu(language, section),
        crumbs=path_here,
        parent=next((link for link in reversed(path_here) if link.path != path), None),
        feeds=(Feed(gettext("Mọi thay đổi của thủ tục hành chính"), CHANGES_FEED), *feeds),
        data=data,
        indexed=indexed,
        home=to(PageKind.HOME),
        search=search_path(language),
        report=report_path(language),
        subscribe=subscribe_path(language),
        about=to(PageKind.ABOUT),
        decisions=to(PageKind.DECISIONS),
        kinds=to(PageKind.KINDS),
        levels=to(PageKind.LEVELS),
        fields=to(PageKind.FIELDS),
        life_events=to(PageKind.LIFE_EVENTS),
        abolished=to(PageKind.ABOLISHED),
        province=capitalised(settings.PORTAL_PROVINCE),
        authority=settings.PORTAL_AUTHORITY,
        office=settings.PORTAL_OFFICE,
    )


CHANGES_FEED = "/atom.xml"


def _description() -> str:
    return gettext(
        "Thủ tục hành chính của %(province)s: nơi nộp, giấy tờ, thời hạn, phí, "
        "đúng theo quyết định công bố."
    ) % {"province": settings.PORTAL_PROVINCE}


@lru_cache(maxsize=64)
def _menu(language: str, section: PageKind) -> tuple[Link, ...]:
    labels = {
        PageKind.HOME: gettext("Trang chủ"),
        PageKind.ALL_PROCEDURES: gettext("Thủ tục"),
        PageKind.FIELDS: gettext("Lĩnh vực"),
        PageKind.AGENCIES: gettext("Cơ quan"),
        PageKind.DECISIONS: gettext("Quyết định công bố"),
        PageKind.ABOUT: gettext("Giới thiệu"),
    }
    return tuple(
        Link(label, Page(kind, language=language).path, current=kind is section)
        for kind, label in labels.items()
    )


# Under which entry of the menu a page stands; the others stand under the procedures.
_SECTIONS = {
    PageKind.HOME: PageKind.HOME,
    PageKind.FIELDS: PageKind.FIELDS,
    PageKind.FIELD: PageKind.FIELDS,
    PageKind.AGENCIES: PageKind.AGENCIES,
    PageKind.AGENCY: PageKind.AGENCIES,
    PageKind.DECISIONS: PageKind.DECISIONS,
    PageKind.DECISION: PageKind.DECISIONS,
    PageKind.ABOUT: PageKind.ABOUT,
    PageKind.NOT_FOUND: PageKind.NOT_FOUND,
    PageKind.UNAVAILABLE: PageKind.UNAVAILABLE,
}
