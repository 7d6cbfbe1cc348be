"""Rendering: a public page in, finished HTML out.

Reads what is public and nothing else. `render_pages` shares queries between procedure pages, so
that a full release costs little more per page than filling in its template.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from publication.site.page import Edition, Page, PageKind
from publication.site.render import about, decision, groups, home, lists, week
from publication.site.render.changed_texts import read_changes
from publication.site.render.difference import Change, difference_context
from publication.site.render.dossier import Dossier, NoSuchPage, read_dossiers
from publication.site.render.environment import render
from publication.site.render.frame import Frame, Ribbon
from publication.site.render.language import speaking
from publication.site.render.procedure import procedure_context

__all__ = ["NoSuchPage", "render_dossier", "render_page", "render_pages"]

_BATCH = 100
_INDENT = re.compile(r"\s*\n\s*")
_DOSSIERS = {PageKind.PROCEDURE, PageKind.VERSION}
_WITH_LETTERS = {PageKind.ALL_PROCEDURES, PageKind.INITIAL}

_Context = dict[str, object]
_BUILDERS: dict[PageKind, tuple[str, Callable[..., _Context]]] = {
    PageKind.HOME: ("home", home.home_context),
    PageKind.WEEK: ("week", week.week_context),
    PageKind.FIELDS: ("groups", groups.groups_context),
    PageKind.AGENCIES: ("groups", groups.groups_context),
    PageKind.LEVELS: ("groups", groups.groups_context),
    PageKind.KINDS: ("groups", groups.groups_context),
    PageKind.LIFE_EVENTS: ("groups", groups.groups_context),
    PageKind.DECISIONS: ("decisions", decision.decisions_context),
    PageKind.DECISION: ("decision", decision.decision_context),
    PageKind.ABOUT: ("about", about.about_context),
    PageKind.NOT_FOUND: ("not_found", about.not_found_context),
    PageKind.UNAVAILABLE: ("unavailable", about.unavailable_context),
}
_LISTS: dict[PageKind, Callable[..., _Context]] = {
    PageKind.ALL_PROCEDURES: lists.all_context,
    PageKind.INITIAL: lists.shelf_context,
    PageKind.FIELD: lists.shelf_context,
    PageKind.AGENCY: lists.shelf_context,
    PageKind.LEVEL: lists.shelf_context,
    PageKind.KIND: lists.shelf_context,
    PageKind.LIFE_EVENT: lists.shelf_context,
    PageKind.AUDIENCE: lists.shelf_context,
    PageKind.ABOLISHED: lists.abolished_context,
}


@dataclass(frozen=True)
class _Shared:
    """What the pages of a batch read together."""

    dossiers: dict[str, Dossier]
    changes: dict[str, Change]
    letters: tuple[str, ...]


def render_page(page: Page, *, edition: Edition) -> bytes:
    """The finished HTML of a page, UTF-8. Raises NoSuchPage when it would show nothing public."""
    (_page, html), *_ = render_pages([page], edition=edition)
    return html


def render_pages(pages: Iterable[Page], *, edition: Edition) -> Iterator[tuple[Page, bytes]]:
    """Each page with its HTML, in the order given. Raises NoSuchPage as `render_page` does."""
    waiting = iter(pages)
    while batch := list(islice(waiting, _BATCH)):
        shared = _read_batch(batch)
        for page in batch:
            with speaking(page.language):
                html = _render(page, edition, shared)
            yield page, html


def render_dossier(page: Page, dossier: Dossier, *, ribbon: Ribbon) -> bytes:
    """The procedure page of a dossier that no release holds, with a ribbon that says what it is.

    It is what the public would read; search engines are told to leave it alone.
    """
    with speaking(page.language):
        context = procedure_context(page, dossier)
        frame = context["frame"]
        assert isinstance(frame, Frame), "every page has its frame"
        hidden = replace(frame, indexed=False, data="", other_languages=(), alternates=())
        return _finished("procedure", {**context, "frame": hidden, "ribbon": ribbon})


def _read_batch(pages: list[Page]) -> _Shared:
    keys = sorted({page.key for page in pages if page.kind in _DOSSIERS})
    changed = sorted({page.key for page in pages if page.kind is PageKind.DIFFERENCE})
    with_letters = any(page.kind in _WITH_LETTERS for page in pages)
    return _Shared(
        dossiers=read_dossiers(keys) if keys else {},
        changes=read_changes(changed) if changed else {},
        letters=groups.read_letters() if with_letters else (),
    )


def _render(page: Page, edition: Edition, shared: _Shared) -> bytes:
    if page.kind in _DOSSIERS:
        if page.key not in shared.dossiers:
            raise NoSuchPage(page.path)
        name, context = "procedure", procedure_context(page, shared.dossiers[page.key])
    elif page.kind is PageKind.DIFFERENCE:
        if page.key not in shared.changes:
            raise NoSuchPage(page.path)
        name, context = "difference", difference_context(page, shared.changes[page.key])
    elif page.kind in _LISTS:
        name, context = "list", _LISTS[page.kind](page, letters=shared.letters)
    else:
        name, build = _BUILDERS[page.kind]
        context = build(page, edition=edition)
    return _finished(name, context)


def _finished(name: str, context: _Context) -> bytes:
    return _INDENT.sub("\n", render(f"site/{name}.html", context)).encode()
