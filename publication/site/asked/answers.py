"""How a page that was asked for goes out: in its language, with the life of a release's page."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect

from publication.site.asked.twins import Twin, served_twin
from publication.site.headers import OWN_WORDS, PAGE
from publication.site.page import Page, PageKind
from publication.site.render.difference import crumbs_to
from publication.site.render.environment import render
from publication.site.render.frame import Frame, Link, make_asked_frame, to
from publication.site.render.language import active_language
from publication.site.render.wording import shortened

_LONG_NAME = 90
_WRITTEN = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")


def twin_or_404(code: str, first_day: date | None = None) -> Twin:
    twin = served_twin(code, first_day)
    if twin is None:
        raise Http404(code)
    return twin


def language_or_404(language: str) -> str:
    """The language an address begins with; the first one has no prefix of its own."""
    if (language or "vi") not in settings.PORTAL_LANGUAGES or language == "vi":
        raise Http404(language)
    return language or "vi"


def written_day(text: str) -> date | None:
    """A day as a browser sends it or as people write it; None when it is none."""
    for form in _WRITTEN:
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007  a day, no moment
        except ValueError:
            continue
    return None


def asked_frame(twin: Twin, path: str, title: str, *, query: str = "") -> Frame:
    """The frame of a page about one procedure, at an address below the procedure's own."""
    text = twin.text
    return make_asked_frame(
        Page(PageKind.PROCEDURE, text.code, language=active_language()),
        below=path,
        query=query,
        title=f"{title}: {shortened(text.name, _LONG_NAME)} ({text.code})",
        crumbs=[
            *crumbs_to(text),
            Link(title, to(PageKind.PROCEDURE, text.code) + path),
        ],
    )


def page(name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    response = HttpResponse(render(f"site/{name}.html", context), status=status)
    response["X-Robots-Tag"] = "noindex"
    response["Content-Language"] = active_language()
    response["Cache-Control"] = PAGE
    if status == 404:
        response[OWN_WORDS] = "yes"
    return response


def go_to(page: Page) -> HttpResponse:
    """For now only: a later decision may put another text in the place of this answer."""
    response = HttpResponseRedirect(page.path)
    response["Cache-Control"] = PAGE
    return response
