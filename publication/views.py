"""The search page, the one public page made when asked for. It never asks the database."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from catalog.enums import GovernmentLevel, ProcedureKind
from catalog.vietnamese import sort_key
from publication.enums import ListingState
from publication.search.find import Found, Hit, choices, search
from publication.search.index_file import SearchUnavailable
from publication.search.passages import Piece
from publication.search.question import MAX_QUESTION_CHARS
from publication.search.words import visible
from publication.site.page import PageKind
from publication.site.render.environment import render
from publication.site.render.frame import Link, make_search_frame, search_path, to
from publication.site.render.language import speaking

logger = logging.getLogger(__name__)

PAGE_SIZE = 10
_RETRY_SECONDS = 60
# Procedures between state bodies answer citizens only when they ask for that kind.
_NOT_FOR_CITIZENS = {"kind": [ProcedureKind.INTERNAL.value]}


@dataclass(frozen=True)
class Facet:
    """One filter of the form: its parameter, label, and options as (value, label, chosen)."""

    name: str
    label: str
    options: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class SearchPager:
    links: tuple[Link | None, ...] = ()
    previous: str = ""
    following: str = ""


@require_safe
def search_page(request: HttpRequest, language: str) -> HttpResponse:
    if language not in settings.PORTAL_LANGUAGES or request.path != search_path(language):
        raise Http404(language)
    with speaking(language):
        context = _context(request.GET)
        html = render("site/search.html", context)
    response = HttpResponse(html, status=context["status"])
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-cache"
    if context["status"] == 503:
        response["Retry-After"] = str(_RETRY_SECONDS)
    return response


def _context(parameters: QueryDict) -> dict[str, Any]:
    typed = visible(parameters.get("q", ""))
    query, notes = typed[:MAX_QUESTION_CHARS], []
    if len(typed) > MAX_QUESTION_CHARS:
        note = gettext("Câu hỏi dài quá, chỉ tìm theo %(count)s ký tự đầu.")
        notes.append(note % {"count": MAX_QUESTION_CHARS})
    number, status = _page_number(parameters.get("trang", "")), 200
    facets: list[Facet] = []
    found: Found | None = None
    try:
        facets = _facets(parameters)
        found = _find(query, facets, number) if query else None
    except SearchUnavailable as error:
        logger.warning("search page: %s", error)
        status = 503
        notes.append(gettext("Chức năng tìm đang được chuẩn bị. Hãy thử lại sau một phút."))
    total = found.total if found else 0
    number = min(number, max(1, -(-total // PAGE_SIZE)))
    asked = {"q": query} | _chosen(facets) if query else {}
    return {
        "frame": make_search_frame(urlencode(asked)),
        # The template says "nothing found" of a query, which would be untrue when nobody looked.
        "query": query if status == 200 else "",
        "typed": query,
        "results": [_result(hit) for hit in found.hits] if found else [],
        "total": total,
        "pager": _pager(asked, number, total),
        "facets": facets,
        "note": " ".join(notes),
        "status": status,
    }


def _find(query: str, facets: Sequence[Facet], number: int) -> Found:
    """The asked page of answers, or the last one when there are not so many."""
    filters = {name: [value] for name, value in _chosen(facets).items()}
    without = {} if "kind" in filters else _NOT_FOR_CITIZENS
    start = (number - 1) * PAGE_SIZE
    found = search(query, filters=filters, without=without, offset=start, limit=PAGE_SIZE)
    if found.hits or not found.total:
        return found
    start = (found.total - 1) // PAGE_SIZE * PAGE_SIZE
    return search(query, filters=filters, without=without, offset=start, limit=PAGE_SIZE)


def _facets(parameters: QueryDict) -> list[Facet]:
    fields = sorted(choices("field"), key=lambda field: sort_key(field[1]))
    levels = {key for key, _ in choices("level")}
    return [
        _facet("kind", gettext("Loại thủ tục"), ProcedureKind.choices, parameters),
        _facet(
            "level",
            gettext("Cấp thực hiện"),
            [choice for choice in GovernmentLevel.choices if choice[0] in levels],
            parameters,
        ),
        _facet("field", gettext("Lĩnh vực"), fields, parameters),
    ]


def _facet(name: str, label: str, options: Sequence[Any], parameters: QueryDict) -> Facet:
    chosen = parameters.get(name, "")
    return Facet(name, label, tuple((key, str(text), key == chosen) for key, text in options))


def _chosen(facets: Sequence[Facet]) -> dict[str, str]:
    """Filters in use; a value that no option has is as good as none."""
    return {
        facet.name: value for facet in facets for value, _, is_chosen in facet.options if is_chosen
    }


def _result(hit: Hit) -> dict[str, Any]:
    facts = hit.summary
    return {
        "code": facts["code"],
        "name": _marked(hit.name),
        "url": to(PageKind.PROCEDURE, facts["code"]),
        "kind": facts["kind"],
        "online_level": facts["online_level"],
        "levels": facts["levels"],
        "field": facts["field"]["name"],
        "ended": facts["state"] == ListingState.ABOLISHED,
        "snippet": _marked(hit.passage),
    }


def _marked(pieces: Sequence[Piece]) -> SafeString:
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", piece.text) if piece.marked else piece.text,)
            for piece in pieces
        ),
    )


def _page_number(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) < 7
    return max(1, int(text)) if is_number else 1


def _pager(asked: dict[str, str], number: int, total: int) -> SearchPager:
    count = -(-total // PAGE_SIZE)
    if count < 2:
        return SearchPager()
    shown = sorted({1, count, *range(number - 2, number + 3)} & set(range(1, count + 1)))
    links: list[Link | None] = []
    for before, other in zip([0, *shown], shown, strict=False):
        if other > before + 1:
            links.append(None)
        links.append(Link(str(other), _address(asked, other), current=other == number))
    return SearchPager(
        links=tuple(links),
        previous=_address(asked, number - 1) if number > 1 else "",
        following=_address(asked, number + 1) if number < count else "",
    )


def _address(asked: dict[str, str], number: int) -> str:
    parameters = asked | ({"trang": str(number)} if number > 1 else {})
    return f"?{urlencode(parameters)}"
