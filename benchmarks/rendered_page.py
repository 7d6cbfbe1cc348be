"""The portal as it would be without a release: every page of a procedure rendered when asked for.

A WSGI application for benchmarks.serving to run like the real one (granian, one worker).
"""

import os

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import re_path
from django.utils.timezone import localdate

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procedures_portal.settings")
application = get_wsgi_application()

from publication.site.page import Edition, Page, PageKind  # noqa: E402  Django must be set up first
from publication.site.render import render_page  # noqa: E402


def procedure_page(_request: HttpRequest, code: str) -> HttpResponse:
    """The page from the tables, by the same templates as in a release."""
    edition = Edition(sequence=0, shown_on=localdate())
    return HttpResponse(render_page(Page(PageKind.PROCEDURE, code), edition=edition))


urlpatterns = [re_path(r"^thu-tuc/(\d\.\d{6})/$", procedure_page)]

from django.conf import settings  # noqa: E402  as above

settings.ROOT_URLCONF = __name__
