"""Any two public texts of a procedure side by side; neighbours have a finished page."""

from functools import lru_cache
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from publication.differences import PartDifference
from publication.site.asked.answers import (
    asked_frame,
    go_to,
    language_or_404,
    page,
    twin_or_404,
    written_day,
)
from publication.site.asked.twins import Span, Twin
from publication.site.page import Page, PageKind
from publication.site.render.difference import Change, Side, changed_parts, shown_change
from publication.site.render.language import gettext, speaking
from publication.site.render.past import COMPARE_FOLDER, NEWER_FIELD, OLDER_FIELD, compare_form

_REMEMBERED = 64


@require_safe
def compare_texts(request: HttpRequest, code: str, language: str = "") -> HttpResponse:
    """/thu-tuc/<code>/so-sanh/?tu=<day>&den=<day>; a day stands for the text that held on it."""
    twin, language = twin_or_404(code), language_or_404(language)
    older, newer = _chosen(twin, request)
    if twin.spans.index(newer) == twin.spans.index(older) + 1:
        key = f"{code}/{newer.first_day.isoformat()}"
        return go_to(Page(PageKind.DIFFERENCE, key, language=language))
    with speaking(language):
        return page("difference", _context(twin, older, newer))


def _chosen(twin: Twin, request: HttpRequest) -> tuple[Span, Span]:
    """The two texts, the earlier first: without a usable day the first and the last one."""
    first, last = twin.spans[0], twin.spans[-1]
    asked = (
        _span(twin, request.GET.get(OLDER_FIELD, ""), first),
        _span(twin, request.GET.get(NEWER_FIELD, ""), last),
    )
    older, newer = sorted(asked, key=lambda span: span.first_day)
    return older, newer


def _span(twin: Twin, typed: str, default: Span) -> Span:
    day = written_day(typed)
    return (twin.span_on(day) or twin.spans[0]) if day else default


def _context(twin: Twin, older: Span, newer: Span) -> dict[str, object]:
    title = gettext("So sánh hai bản")
    days = {OLDER_FIELD: older.first_day.isoformat(), NEWER_FIELD: newer.first_day.isoformat()}
    frame = asked_frame(twin, f"{COMPARE_FOLDER}/", title, query=urlencode(days))
    change, parts = _compared(twin.code, older, newer)
    return shown_change(frame, title, change, parts) | {
        "form": compare_form(
            twin.code,
            [(span.first_day, span.last_day) for span in twin.spans],
            older=older.first_day,
            newer=newer.first_day,
        )
    }


@lru_cache(maxsize=_REMEMBERED)
def _compared(code: str, older: Span, newer: Span) -> tuple[Change, list[PartDifference]]:
    """Remembered, for a span names its text by digest, and laying long texts side by side costs."""
    change = Change(_side(code, older), _side(code, newer), beside=False)
    return change, changed_parts(change.older.text, change.newer.text)


def _side(code: str, span: Span) -> Side:
    twin = twin_or_404(code, span.first_day)
    if twin.span.digest != span.digest:
        raise Http404(code)  # a release was switched between two reads
    return Side(
        text=twin.text,
        digest=span.digest,
        first_day=span.first_day,
        last_day=span.last_day,
        ended=span.is_ended,
        note=str(twin.document["change_note"]),
        decision=str(twin.document["decision"]["number"]),
        decision_slug=twin.decision_slug,
    )
