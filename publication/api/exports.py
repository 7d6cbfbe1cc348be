"""`/api/v1/exports/`: the register in the vocabularies of other systems, one text or all of it.

All of it goes out as it is read, in one query, so that a decision is in it as a whole or not at
all. Answers are named by the number of the newest change: what a client has already, it is not
sent again.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.cache import get_conditional_response
from django.utils.decorators import method_decorator
from django.utils.http import http_date
from django.utils.translation import gettext
from django.views.decorators.gzip import gzip_page
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request

from catalog.canonical import digest
from catalog.codes import CodeError, procedure_code
from publication.api.base import PublicView
from publication.api.parameters import refuse_unknown
from publication.api.problems import bad_request, not_found
from publication.enums import ApiScope
from publication.exports.dcat import dcat_document
from publication.exports.vocabularies import LINKED_DATA, VOCABULARIES, Vocabulary, to_bytes
from publication.public_texts import (
    current_text,
    last_change,
    offered_texts,
    present_data_set,
    present_portal,
)

# Raise with any change to what an export says: it makes every client's copy outdated.
_SHAPE = 1


class _AsItIs(BaseContentNegotiation):
    """An export has one media type; a client that prefers another still gets it."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: Any = None
    ) -> tuple[Any, str]:
        return renderers[0], renderers[0].media_type


@method_decorator(gzip_page, name="dispatch")
class _ExportView(PublicView):
    content_negotiation_class = _AsItIs

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if errors := refuse_unknown(request.query_params, ()):
            raise bad_request(errors)


class ExportIndex(_ExportView):
    """The data set and every form it can be had in (DCAT-AP)."""

    def get(self, request: Request) -> HttpResponseBase:
        data = present_data_set()
        return _answer(
            request,
            media_type=LINKED_DATA,
            make=lambda: [to_bytes(dcat_document(data, present_portal()))],
            named=[data.publisher, data.licence],
        )


class ExportAll(_ExportView):
    """Everything that is offered now, without a cap."""

    def scope_of(self, request: Request) -> ApiScope:
        return ApiScope.BULK

    def get(self, request: Request, vocabulary: str) -> HttpResponseBase:
        wanted = _vocabulary(vocabulary)
        return _answer(
            request,
            media_type=wanted.all_type,
            make=lambda: wanted.all(offered_texts(), present_portal()),
        )


class ExportOne(_ExportView):
    """The current text of one procedure, by its code in any accepted spelling."""

    def get(self, request: Request, vocabulary: str, code: str) -> HttpResponseBase:
        wanted = _vocabulary(vocabulary)
        try:
            public = current_text(procedure_code(code))
        except CodeError as error:
            raise not_found(_no_procedure(code)) from error
        if public is None:
            raise not_found(_no_procedure(code))
        if not (public.is_offered or wanted.says_ended):
            text = gettext(
                "Thủ tục %(code)s đã bãi bỏ; gói dữ liệu quốc gia không ghi được điều đó."
            )
            raise not_found(text % {"code": public.text.code})
        return _answer(
            request,
            media_type=wanted.one_type,
            make=lambda: [to_bytes(wanted.one(public, present_portal()))],
        )


def _vocabulary(name: str) -> Vocabulary:
    found = VOCABULARIES.get(name)
    if found is None:
        raise not_found()
    return found


def _no_procedure(code: str) -> str:
    text = gettext("Không có thủ tục công khai nào mang mã “%(code)s”.")
    return text % {"code": code[:40]}


def _answer(
    request: Request,
    *,
    media_type: str,
    make: Callable[[], Iterator[bytes] | list[bytes]],
    named: list[str] | None = None,
) -> HttpResponseBase:
    """304 when the client has this state of the log; a list is sent whole, an iterator as read."""
    sequence, changed_at = last_change()
    facts = [_SHAPE, sequence, request.build_absolute_uri(), str(asdict(present_portal()))]
    etag = f'"{digest([*facts, *(named or [])])[:32]}"'
    known = get_conditional_response(request._request, etag=etag)
    response = known if known is not None else _content(request._request, media_type, make)
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    if changed_at:
        # Told, and not asked by: two changes may fall into one second.
        response["Last-Modified"] = http_date(changed_at.timestamp())
    return response


def _content(
    request: HttpRequest, media_type: str, make: Callable[[], Iterator[bytes] | list[bytes]]
) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse(content_type=media_type)
    pieces = make()
    if isinstance(pieces, list):
        return HttpResponse(b"".join(pieces), content_type=media_type)
    return StreamingHttpResponse(pieces, content_type=media_type)


urlpatterns = [
    path("", ExportIndex.as_view(), name="exports"),
    path("<str:vocabulary>/", ExportAll.as_view(), name="export"),
    path("<str:vocabulary>/<str:code>/", ExportOne.as_view(), name="exported"),
]
