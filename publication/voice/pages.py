"""What the pages of this package share: languages, headers, errors a stranger can act on."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from publication.site.render.environment import render
from publication.site.render.frame import report_path, subscribe_path
from publication.site.render.language import speaking
from publication.voice.signed_form import SignedForm

logger = logging.getLogger(__name__)

RETRY_SECONDS = 60
View = Callable[..., HttpResponse]


def in_its_language(view: View) -> View:
    """Call a view in the language its address names; other languages have no such page."""

    @wraps(view)
    def spoken(request: HttpRequest, language: str, **values: Any) -> HttpResponse:
        if language not in settings.PORTAL_LANGUAGES:
            raise Http404(language)
        if (language == "vi") == request.path.startswith(f"/{language}/"):
            raise Http404(language)  # the main language's addresses have no prefix
        with speaking(language):
            return view(request, **values)

    return spoken


def show(
    template: str, context: dict[str, Any], *, status: int = 200, retry_after: int = 0
) -> HttpResponse:
    """A page that is nobody else's: kept in no cache, found by no search engine."""
    response = HttpResponse(render(template, context), status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response


def title_of(title: str, form: SignedForm, problem: str) -> str:
    """What the window is called: screen readers say it first, so it says what went wrong."""
    return f"{_('Chưa gửi được')}: {title}" if problem or form.errors else title


def report_paths(tail: str) -> dict[str, str]:
    """The address of a page about reports in every language."""
    return {code: report_path(code) + tail for code in settings.PORTAL_LANGUAGES}


def subscribe_paths(tail: str) -> dict[str, str]:
    return {code: subscribe_path(code) + tail for code in settings.PORTAL_LANGUAGES}


def database_down(error: Exception) -> str:
    """What is said while nothing can be written; the reason goes to the log."""
    logger.error("database: %s", error)
    return _(
        "Hiện chưa ghi nhận được vì hệ thống đang bảo trì. Nội dung đã viết vẫn ở dưới đây: "
        "hãy giữ trang này và bấm gửi lại sau ít phút."
    )


def too_many() -> str:
    return _("Địa chỉ mạng này đã gửi quá nhiều. Nội dung vẫn ở dưới đây, hãy gửi lại sau một giờ.")
