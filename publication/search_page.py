"""What the search page shows: answers, what they can be narrowed by, and how it was read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from catalog.content import Content
from catalog.enums import ProcedureKind
from publication.enums import ListingState
from publication.search.find import Hit, search_narrowed
from publication.search.passages import Piece
from publication.search.question import MAX_QUESTION_CHARS, Question
from publication.search_choices import SHELF_LABELS, AskedAddress, chips, facets
from publication.site.page import PageKind
from publication.site.render import offer
from publication.site.render.frame import Link, make_search_frame, to

PAGE_SIZE = 10
# Procedures between state bodies answer citizens only when they ask for that kind.
_HIDDEN = {"kind": [ProcedureKind.INTERNAL.value]}
# How the part of a page that a question asks for is called where it is linked.
_PARTS = {
    "cach-nop": gettext_lazy("Xem cách nộp, thời hạn, phí"),
    "giay-to": gettext_lazy("Xem giấy tờ cần có"),
    "cac-buoc": gettext_lazy("Xem các bước thực hiện"),
    "dieu-kien": gettext_lazy("Xem điều kiện"),
    "co-quan": gettext_lazy("Xem cơ quan thực hiện"),
    "can-cu": gettext_lazy("Xem căn cứ pháp lý"),
}


@dataclass(frozen=True)
class SearchPager:
    links: tuple[Link | None, ...] = ()
    previous: str = ""
    following: str = ""


@dataclass(frozen=True)
class Reading:
    """How a question was read: words that were mended, everyday words and what they mean."""

    mended: str
    meant: tuple[tuple[str, str], ...]
    as_typed: str  # where the very words are searched
    otherwise: str  # where they are read again, when the very words were searched


def answered(parameters: QueryDict) -> dict[str, Any]:
    """The context of the page. Raises SearchUnavailable."""
    asked = AskedAddress(parameters)
    if not asked.query:
        return empty(parameters)
    narrowed = search_narrowed(
        asked.query,
        chosen=asked.chosen,
        hidden=_HIDDEN,
        shelves=list(SHELF_LABELS),
        offset=(asked.number - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
        as_typed=asked.as_typed,
    )
    found, number = narrowed.found, narrowed.offset // PAGE_SIZE + 1
    return empty(parameters) | {
        "query": asked.query,
        "results": [_result(hit) for hit in found.hits],
        "total": found.total,
        "first_page": number == 1,
        "part": _PARTS.get(found.question.part, ""),
        "anchor": found.question.part,
        "reading": _reading(asked, found.question),
        "pager": _pager(asked, number, found.total),
        "facets": facets(asked, narrowed),
        "chips": chips(asked, narrowed),
        "unfiltered": asked.address(chosen={}),
    }


def empty(parameters: QueryDict) -> dict[str, Any]:
    """The page before anything was found."""
    asked = AskedAddress(parameters)
    return {
        "frame": make_search_frame(asked.address()[1:] if asked.query else ""),
        "query": "",
        "typed": asked.query,
        "as_typed": asked.as_typed,
        "results": [],
        "total": 0,
        "pager": SearchPager(),
        "facets": [],
        "chips": [],
        "reading": None,
        "note": _too_long(asked),
        "all_path": to(PageKind.ALL_PROCEDURES),
        "fields_path": to(PageKind.FIELDS),
        "life_events_path": to(PageKind.LIFE_EVENTS),
    }


def _too_long(asked: AskedAddress) -> str:
    if len(asked.typed) <= MAX_QUESTION_CHARS:
        return ""
    note = gettext("Câu hỏi dài quá, chỉ tìm theo %(count)s ký tự đầu.")
    return note % {"count": MAX_QUESTION_CHARS}


def _reading(asked: AskedAddress, question: Question) -> Reading | None:
    meant = _by_meaning(question)
    mended = " ".join(after for _, after in question.mended) and question.read
    if not (mended or meant or asked.as_typed):
        return None
    return Reading(
        mended=mended,
        meant=meant,
        as_typed="" if asked.as_typed else asked.address(as_typed=True),
        otherwise=asked.address(as_typed=False) if asked.as_typed else "",
    )


def _by_meaning(question: Question) -> tuple[tuple[str, str], ...]:
    """(phrases, what they mean), phrases of one meaning together."""
    phrases: dict[str, list[str]] = {}
    for one in question.meant:
        phrases.setdefault(one.meaning, []).append(f"“{one.phrase}”")
    return tuple((", ".join(dict.fromkeys(those)), meaning) for meaning, those in phrases.items())


def _result(hit: Hit) -> dict[str, Any]:
    facts = hit.summary
    content = Content.model_validate({"filing_methods": hit.filing})
    return {
        "code": facts["code"],
        "name": _marked(hit.name),
        "url": to(PageKind.PROCEDURE, facts["code"]),
        "kind": facts["kind"],
        "online_level": facts["online_level"],
        "levels": facts["levels"],
        "field": facts["field"]["name"],
        "time": offer.time_in_brief(content),
        "fee": offer.fee_in_brief(content),
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


def _pager(asked: AskedAddress, number: int, total: int) -> SearchPager:
    count = -(-total // PAGE_SIZE)
    if count < 2:
        return SearchPager()
    shown = sorted({1, count, *range(number - 2, number + 3)} & set(range(1, count + 1)))
    links: list[Link | None] = []
    for before, other in zip([0, *shown], shown, strict=False):
        if other > before + 1:
            links.append(None)
        links.append(Link(str(other), asked.address(number=other), current=other == number))
    return SearchPager(
        links=tuple(links),
        previous=asked.address(number=number - 1) if number > 1 else "",
        following=asked.address(number=number + 1) if number < count else "",
    )
