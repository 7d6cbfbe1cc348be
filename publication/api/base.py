"""What every public address of the API shares: access, limits, CORS, problem documents."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponseBase
from django.utils.timezone import now
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from publication.api.access import Access, count, too_many, who_asks
from publication.api.formats import JSON
from publication.api.problems import Problem, handle, not_found
from publication.enums import ApiScope
from publication.models import ApiToken

# Reading is for everybody, so any page may read: no cookie is looked at, so none can be misused.
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Last-Modified, Content-Location, Event-Sequence, RateLimit, RateLimit-Policy, "
        "Retry-After, Deprecation, Sunset, Link"
    ),
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}


class PublicView(APIView):
    """Read only, for everybody; errors are problem documents.

    `now` is the moment of the request, the only one that rules are given.
    """

    http_method_names = ["get", "head", "options"]
    now: datetime
    access: Access | None = None
    format = JSON  # what the client accepts, of those that the address offers

    def get_exception_handler(self) -> Callable[..., Any]:
        return handle

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.now = now()
        self.format = request.accepted_renderer.format
        # A problem is JSON in whatever format the list itself was asked for.
        request.accepted_renderer, request.accepted_media_type = _RENDERER, _RENDERER.media_type
        if request.method != "OPTIONS":
            self._admit(request)

    def scope_of(self, request: Request) -> ApiScope:
        return ApiScope.READ

    def _admit(self, request: Request) -> None:
        scope = self.scope_of(request)
        try:
            token = who_asks(request._request, scope=scope, now=self.now)
        except Problem:
            self._count(request, None, scope)  # who tries keys is counted like who has none
            raise
        self._count(request, token, scope)

    def _count(self, request: Request, token: ApiToken | None, scope: ApiScope) -> None:
        self.access = count(request._request, token, scope=scope, now=self.now)
        if self.access.is_over:
            raise too_many(self.access)

    def finalize_response(  # type: ignore[override]  # what DRF says is narrower than what it does
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        final = super().finalize_response(request, response, *args, **kwargs)
        preflight = _PREFLIGHT if request.method == "OPTIONS" else {}
        limits = self.access.headers() if self.access else {}
        for name, value in (_CORS | preflight | limits).items():
            final[name] = value
        return final


_RENDERER = JSONRenderer()


class Nowhere(PublicView):
    """Addresses of the API that do not exist."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise not_found()
