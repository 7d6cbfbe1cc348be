"""Pages that stand still: what this portal is, and that an address is wrong."""

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
    return {
        "frame": make_frame(page, title=gettext("Không có trang này"), indexed=False),
        "all_path": to(PageKind.ALL_PROCEDURES),
        "fields_path": to(PageKind.FIELDS),
        "life_events_path": to(PageKind.LIFE_EVENTS),
    }
