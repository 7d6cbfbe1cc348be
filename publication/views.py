"""The search page and its suggestions, made when asked for, and answered without the database."""

import logging

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from publication.search.index_file import SearchUnavailable
from publication.search.suggestions import suggest
from publication.search.words import visible
from publication.search_page import answered, empty
from publication.site.page import PageKind
from publication.site.render.environment import render
from publication.site.render.frame import search_path, to
from publication.site.render.language import speaking
from publication.unanswered import note_unanswered

logger = logging.getLogger(__name__)

_RETRY_SECONDS = 60
_SUGGESTIONS_SECONDS = 300  # that a browser may keep them


@require_safe
@gzip_page  # a third of the bytes; the page holds no secret that its length could tell
def search_page(request: HttpRequest, language: str) -> HttpResponse:
    _check_language(request, language)
    status = 200
    with speaking(language):
        try:
            context = answered(request.GET)
        except SearchUnavailable as error:
            logger.warning("search page: %s", error)
            status = 503
            unavailable = gettext("Chức năng tìm đang được chuẩn bị. Hãy thử lại sau một phút.")
            context = empty(request.GET) | {"note": unavailable}
        html = render("site/search.html", context)
    if context["query"] and not (context["total"] or context["chips"]):
        note_unanswered(context["query"])
    response = HttpResponse(html, status=status)
    if not context["frame"].indexed:
        response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-cache"
    if status == 503:
        response["Retry-After"] = str(_RETRY_SECONDS)
    return response


@require_safe
def suggestions(request: HttpRequest, language: str) -> JsonResponse:
    """Names that go on from what is being typed: [{"name": …, "url": …}, …], at most eight."""
    _check_language(request, language)
    try:
        names = suggest(visible(request.GET.get("q", "")))
    except SearchUnavailable:
        names = []
    with speaking(language):
        rows = [{"name": name, "url": to(PageKind.PROCEDURE, code)} for code, name in names]
    response = JsonResponse(rows, safe=False, json_dumps_params={"ensure_ascii": False})
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = f"max-age={_SUGGESTIONS_SECONDS}"
    return response


def _check_language(request: HttpRequest, language: str) -> None:
    if language not in settings.PORTAL_LANGUAGES or not request.path.startswith(
        search_path(language)
    ):
        raise Http404(language)
