"""A procedure's text as PDF: /thu-tuc/<code>/<code>.pdf, and below a day for an earlier one."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from publication.site.asked.answers import twin_or_404
from publication.site.asked.twins import Twin
from publication.site.extract.keeping import MakersBusy, kept_or_made
from publication.site.extract.making import TooLong, make_pdf, sheet_digest
from publication.site.extract.sheet import sheet_of
from publication.site.headers import PAGE
from publication.site.page import Page, PageKind
from publication.site.render.language import speaking

_SOON = 5  # seconds


@require_safe
def extract(request: HttpRequest, code: str, day: str = "") -> HttpResponseBase:
    try:
        first_day = date.fromisoformat(day) if day else None
    except ValueError:
        raise Http404(day) from None
    twin = twin_or_404(code, first_day)
    sheet = sheet_of(twin)
    digest = sheet_digest(sheet)
    answer: HttpResponse | None = get_conditional_response(request, etag=f'"{digest[:32]}"')
    if answer is None:
        try:
            made = kept_or_made(digest, lambda: make_pdf(sheet))
        except MakersBusy:
            return _busy()
        except TooLong:
            raise Http404(code) from None
        answer = HttpResponse(made, content_type="application/pdf")
        _describe(answer, twin, digest)
    answer["Cache-Control"] = PAGE
    return answer


def _describe(answer: HttpResponse, twin: Twin, digest: str) -> None:
    page = Page(PageKind.PROCEDURE, twin.code).path
    answer["ETag"] = f'"{digest[:32]}"'
    name = f"{twin.code}_{twin.document['valid_from']}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Link"] = f'<{settings.PORTAL_URL}{page}>; rel="canonical"'
    answer["X-Robots-Tag"] = "noindex"


def _busy() -> HttpResponse:
    with speaking("vi"):
        words = gettext("Đang có nhiều người tải bản PDF. Hãy thử lại sau vài giây.")
    answer = HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")
    answer["Retry-After"] = str(_SOON)
    return answer
