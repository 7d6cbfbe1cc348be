"""The text that held on any day: a redirect to that text's own address, which states its days."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from publication.site.asked.answers import (
    asked_frame,
    go_to,
    language_or_404,
    page,
    twin_or_404,
    written_day,
)
from publication.site.asked.twins import Twin
from publication.site.page import Page, PageKind
from publication.site.render.frame import Link, to
from publication.site.render.language import gettext, speaking
from publication.site.render.past import DATE_FIELD, DATE_FOLDER, date_form
from publication.site.render.wording import day as in_words


@require_safe
def on_date(_request: HttpRequest, code: str, day: str, language: str = "") -> HttpResponse:
    """/thu-tuc/<code>/<yyyy-mm-dd>/ of a day on which no text begins."""
    twin, language = twin_or_404(code), language_or_404(language)
    try:
        asked = date.fromisoformat(day)
    except ValueError:
        raise Http404(day) from None
    held = twin.span_on(asked)
    if held and asked <= localdate():
        first_day = held.first_day.isoformat()
        return go_to(Page(PageKind.VERSION, f"{code}/{first_day}", language=language))
    with speaking(language):
        return page("no_text", _no_text(twin, asked), status=404)


@require_safe
def choose_date(request: HttpRequest, code: str, language: str = "") -> HttpResponse:
    """Where the form on a procedure's page goes: ?ngay=<day> leads on to that day's address."""
    twin, language = twin_or_404(code), language_or_404(language)
    typed = request.GET.get(DATE_FIELD, "")
    asked = written_day(typed)
    if asked:
        return go_to(Page(PageKind.VERSION, f"{code}/{asked.isoformat()}", language=language))
    with speaking(language):
        return page("no_text", _no_day(twin, typed), status=400 if typed else 200)


def _no_text(twin: Twin, asked: date) -> dict[str, object]:
    """Why no text is shown for a day, and the nearest one there is."""
    first, last = twin.spans[0].first_day, twin.spans[-1].first_day
    if asked < first:
        title = gettext("Chưa có bản công khai vào ngày %(day)s")
        line = gettext("Bản công khai đầu tiên của thủ tục này có giá trị từ ngày %(first)s.")
        label, nearest = gettext("Xem bản đầu tiên"), first
    else:
        title = gettext("Ngày %(day)s chưa đến")
        line = gettext("Chỉ những bản đã có hiệu lực mới được công khai.")
        label, nearest = gettext("Xem bản đang công khai"), last
    words = {"day": in_words(asked), "first": in_words(first)}
    path = to(PageKind.VERSION, f"{twin.code}/{nearest.isoformat()}")
    return _context(
        twin,
        path=f"{asked.isoformat()}/",
        title=title % words,
        line=line % words,
        typed=asked,
        nearest=Link(label, path),
    )


def _no_day(twin: Twin, typed: str) -> dict[str, object]:
    line = gettext("Không hiểu ngày đã nhập. Hãy viết như 31/12/2025.") if typed else ""
    title = gettext("Xem bản có giá trị vào một ngày")
    return _context(twin, path=f"{DATE_FOLDER}/", title=title, line=line)


def _context(
    twin: Twin,
    *,
    path: str,
    title: str,
    line: str,
    typed: date | None = None,
    nearest: Link | None = None,
) -> dict[str, object]:
    return {
        "frame": asked_frame(twin, path, title),
        "title": title,
        "line": line,
        "typed": typed.isoformat() if typed else "",
        "nearest": nearest,
        "code": twin.code,
        "name": twin.document["name"],
        "procedure_path": to(PageKind.PROCEDURE, twin.code),
        "form": date_form(twin.code, first_day=twin.spans[0].first_day),
    }
