"""When a form's origin cannot be checked: strangers get their words back, staff the usual page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.csrf import csrf_failure as usual_page

from publication.voice.pages import in_its_language
from publication.voice.report_views import report_page, show_report_back
from publication.voice.subscribe_views import show_wish_back, subscribe_page
from publication.voice.supply_views import show_supply_back, supply_page

_SHOWN_BACK: dict[Any, Any] = {
    report_page: in_its_language(show_report_back),
    subscribe_page: in_its_language(show_wish_back),
    supply_page: in_its_language(show_supply_back),
}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django calls this; the page shown again brings a new token and cookie."""
    try:
        found = resolve(request.path_info)
    except Resolver404:
        found = None
    view = _SHOWN_BACK.get(found.func) if found else None
    if found is None or view is None:
        return usual_page(request, reason)
    page: HttpResponse = view(request, **found.kwargs)
    return page
