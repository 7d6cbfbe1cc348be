"""`/favicon.ico`: what browsers ask for by themselves, for files that are no pages among others."""

from django.http import HttpRequest, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe


@cache_control(max_age=86400, public=True)
@require_safe
def favicon(_request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(static("portal/img/mark.svg"))
