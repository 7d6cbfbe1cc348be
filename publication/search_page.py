"""What the search page shows: answers, what they can be narrowed by, and how it was read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from catalog.content import Content
from catalog.enums import Audience, GovernmentLevel, OnlineLevel, ProcedureKind
from catalog.vietnamese import sort_key
from publication.enums import ListingState
from publication.search.find import Hit, Narrowed, search_narrowed
from publication.search.passages import Piece
from publication.search.question import MAX_QUESTION_CHARS, Question
from publication.search.words import visible
from publication.site.page import PageKind
from publication.site.render import offer
from publication.site.render.frame import Link, make_search_frame, to

PAGE_SIZE = 10
# Procedures between state bodies answer citizens only when they ask for that kind.
_HIDDEN = {"kind": [ProcedureKind.INTERNAL.value]}
_AS_TYPED = "dung-chu"
_OPTIONS_SHOWN = 6

# The filters by their parameter, in the order of the form.
_LABELS = {
    "audience": gettext_lazy("Người thực hiện"),
    "level": gettext_lazy("Cấp thực hiện"),
    "online_level": gettext_lazy("Mức độ trực tuyến"),
    "kind": gettext_lazy("Loại thủ tục"),
    "life_event": gettext_lazy("Sự kiện"),
    "field": gettext_lazy("Lĩnh vực"),
    "agency": gettext_lazy("Cơ quan"),
    "state": gettext_lazy("Hiệu lực"),
}
_STATES = [
    (ListingState.OFFERED.value, gettext_lazy("Đang có hiệu lực")),
    (ListingState.ABOLISHED.value, gettext_lazy("Đã bãi bỏ")),
]
# Shelves whose keys are words of the portal; the others are named by the index.
_WORDS: Mapping[str, Sequence[tuple[str, Any]]] = {
    "audience": Audience.choices,
    "level": GovernmentLevel.choices,
    "online_level": OnlineLevel.choices,
    "kind": ProcedureKind.choices,
    "state": _STATES,
}
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
class Option:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One filter of the form; `more` are the options that a reader opens."""

    name: str
    label: str
    options: tuple[Option, ...]
    more: tuple[Option, ...] = ()


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
    asked = _Asked(parameters)
    if not asked.query:
        return empty(parameters)
    narrowed = search_narrowed(
        asked.query,
        chosen=asked.chosen,
        hidden=_HIDDEN,
        shelves=list(_LABELS),
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
        "facets": _facets(asked, narrowed),
        "chips": _chips(asked, narrowed),
        "unfiltered": asked.address(chosen={}),
    }


def empty(parameters: QueryDict) -> dict[str, Any]:
    """The page before anything was found."""
    asked = _Asked(parameters)
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


class _Asked:
    """The question and the choices of an address."""

    def __init__(self, parameters: QueryDict) -> None:
        self.typed = visible(parameters.get("q", ""))
        self.query = self.typed[:MAX_QUESTION_CHARS]
        self.as_typed = parameters.get(_AS_TYPED) == "1"
        self.number = _page_number(parameters.get("trang", ""))
        self.chosen = {
            name: known for name in _LABELS if (known := _known(name, parameters.getlist(name)))
        }

    def address(
        self,
        *,
        chosen: Mapping[str, Sequence[str]] | None = None,
        number: int = 1,
        as_typed: bool | None = None,
    ) -> str:
        """The same question, otherwise narrowed or read."""
        pairs = [("q", self.query)] if self.query else []
        for name, values in (self.chosen if chosen is None else chosen).items():
            pairs += [(name, value) for value in values]
        if self.as_typed if as_typed is None else as_typed:
            pairs.append((_AS_TYPED, "1"))
        if number > 1:
            pairs.append(("trang", str(number)))
        return f"?{urlencode(pairs)}"

    def without(self, name: str, value: str) -> dict[str, list[str]]:
        left = {
            other: [one for one in values if (other, one) != (name, value)]
            for other, values in self.chosen.items()
        }
        return {other: values for other, values in left.items() if values}


def _known(name: str, values: Sequence[str]) -> list[str]:
    """The values without those that no word of the portal has: they are as good as none."""
    words = {value for value, _ in _WORDS.get(name, ())}
    return [value for value in dict.fromkeys(values) if value and (value in words or not words)]


def _too_long(asked: _Asked) -> str:
    if len(asked.typed) <= MAX_QUESTION_CHARS:
        return ""
    note = gettext("Câu hỏi dài quá, chỉ tìm theo %(count)s ký tự đầu.")
    return note % {"count": MAX_QUESTION_CHARS}


def _reading(asked: _Asked, question: Question) -> Reading | None:
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


def _facets(asked: _Asked, narrowed: Narrowed) -> list[Facet]:
    facets = [_facet(name, asked, narrowed) for name in _LABELS]
    # One choice that everything has narrows nothing.
    return [facet for facet in facets if len(facet.options) > 1 or facet.name in asked.chosen]


def _facet(name: str, asked: _Asked, narrowed: Narrowed) -> Facet:
    counts, chosen = narrowed.counts[name], asked.chosen.get(name, ())
    words = dict(_WORDS.get(name, ()))
    options = [
        Option(
            key,
            str(words.get(key) or narrowed.labels.get((name, key)) or key),
            count,
            key in chosen,
        )
        for key, count in (dict.fromkeys(chosen, 0) | dict(counts)).items()
    ]
    if words:
        options.sort(key=lambda option: list(words).index(option.value))
        return Facet(name, str(_LABELS[name]), tuple(options))
    options.sort(key=lambda option: (not option.chosen, -option.count, sort_key(option.label)))
    return Facet(
        name, str(_LABELS[name]), tuple(options[:_OPTIONS_SHOWN]), tuple(options[_OPTIONS_SHOWN:])
    )


def _chips(asked: _Asked, narrowed: Narrowed) -> list[Link]:
    """What is chosen, each with the address that lets it go."""
    labels = {
        (facet.name, option.value): option.label
        for facet in _facets(asked, narrowed)
        for option in (*facet.options, *facet.more)
    }
    return [
        Link(labels[name, value], asked.address(chosen=asked.without(name, value)))
        for name, values in asked.chosen.items()
        for value in values
    ]


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


def _page_number(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) < 7
    return max(1, int(text)) if is_number else 1


def _pager(asked: _Asked, number: int, total: int) -> SearchPager:
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
