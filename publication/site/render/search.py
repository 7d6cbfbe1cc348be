"""The search page: a view finds, this shows."""

from collections.abc import Sequence
from typing import Any

from publication.site.page import Page, PageKind
from publication.site.render.environment import render
from publication.site.render.frame import Frame
from publication.site.render.rows import Pager, make_pager


def render_search(
    *,
    frame: Frame,
    query: str,
    results: Sequence[Any],
    total: int,
    pager: Pager | None = None,
    note: str = "",
) -> str:
    """The finished page in the active language.

    templates/site/search.html says what a result has.
    """
    return render(
        "site/search.html",
        {
            "frame": frame,
            "query": query,
            "results": results,
            "total": total,
            "pager": pager or make_pager(Page(PageKind.HOME), 0),
            "note": note,
        },
    )
