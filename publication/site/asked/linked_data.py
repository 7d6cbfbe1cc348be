"""A procedure's text as linked data: /thu-tuc/<code>/index.jsonld, below a day for that one's."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from catalog.canonical import digest_bytes
from publication.exports.cpsv_ap import cpsv_document
from publication.exports.public_text import PublicText
from publication.exports.vocabularies import LINKED_DATA, to_bytes
from publication.public_texts import present_portal
from publication.site.asked.answers import twin_or_404
from publication.site.headers import PAGE
from publication.site.page import Page, PageKind


@require_safe
def linked_data(request: HttpRequest, code: str, day: str = "") -> HttpResponseBase:
    try:
        first_day = date.fromisoformat(day) if day else None
    except ValueError:
        raise Http404(day) from None
    twin = twin_or_404(code, first_day)
    made = to_bytes(cpsv_document(PublicText.from_twin(twin.document), present_portal()))
    etag = f'"{digest_bytes(made)[:32]}"'
    answer: HttpResponse | None = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(made, content_type=LINKED_DATA)
        page = settings.PORTAL_URL + Page(PageKind.PROCEDURE, code).path
        answer["Link"] = f'<{page}>; rel="canonical"'
        answer["X-Robots-Tag"] = "noindex"
    answer["ETag"] = etag
    answer["Cache-Control"] = PAGE
    return answer
