"""Pages that stand still: what this portal is, that an address is wrong, that a part rests."""

from publication.site.page import Edition, Page, PageKind
from publication.site.render.frame import Link, make_frame, to
from publication.site.render.language import gettext


def about_context(page: Page, **_edition: Edition) -> dict[str, object]:
    title = gettext("Giới thiệu")
    return {
        "frame": make_frame(page, title=title, crumbs=[Link(title, page.path)]),
        "title": title,
        "abolished_path": to(PageKind.ABOLISHED),
    }


def not_found_context(page: Page, **_edition: Edition) -> dict[str, object]:
    return _ways_on(page, gettext("Không có trang này"))


def unavailable_context(page: Page, **_edition: Edition) -> dict[str, object]:
    return _ways_on(page, gettext("Phần này đang tạm dừng"))


def _ways_on(page: Page, title: str) -> dict[str, object]:
    """The ways on to finished pages, which stand whatever else does not."""
    return {
        "frame": make_frame(page, title=title, indexed=False),
        "title": title,
        "all_path": to(PageKind.ALL_PROCEDURES),
        "fields_path": to(PageKind.FIELDS),
        "life_events_path": to(PageKind.LIFE_EVENTS),
    }
