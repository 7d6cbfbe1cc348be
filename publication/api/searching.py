"""`/api/v1/search/?q=`: the best answers to a question, each with the passage that answers it."""

from typing import Any

from django.http import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext
from rest_framework.request import Request
from rest_framework.response import Response

from publication.api.asked import Asked, read_parameters
from publication.api.base import PublicView
from publication.api.conditional import answer
from publication.api.cursors import From
from publication.api.formats import JSON
from publication.api.listing_rows import cut
from publication.api.paging import envelope
from publication.api.problems import bad_request, parameter_error, search_unavailable
from publication.api.slugs import indexed_slugs, refuse_strangers
from publication.api.versions import absolute
from publication.search.find import Found, Hit, search, search_level
from publication.search.index_file import SearchUnavailable


class SearchView(PublicView):
    """The list of procedures asked with `q`, and of each answer its passage."""

    def get(self, request: Request) -> HttpResponseBase:
        asked = read_parameters(request.query_params, format=JSON, today=localdate(self.now))
        if not asked.q:
            words = gettext("“q” là điều cần tìm; không được để trống.")
            raise bad_request([parameter_error("q", words)])
        return ranked(request, asked, passages=True)


def ranked(request: Request, asked: Asked, *, passages: bool) -> HttpResponseBase:
    """Answers to `q`. Raises Problem (503) while the index is being built."""
    try:
        refuse_strangers(asked, indexed_slugs)
        return answer(
            request,
            sequence=search_level(),
            make=lambda: Response(_page(request, asked, passages=passages)),
        )
    except SearchUnavailable as error:
        raise search_unavailable() from error


def _page(request: Request, asked: Asked, *, passages: bool) -> dict[str, Any]:
    start = asked.cursor.place if isinstance(asked.cursor, From) else 0
    found: Found = search(
        asked.q, filters=asked.filters, offset=start, limit=asked.page_size, passages=passages
    )
    end = start + asked.page_size
    rows = [_row(hit, asked, passages=passages) for hit in found.hits]
    return envelope(request, rows, From(end) if found.total > end else None)


def _row(hit: Hit, asked: Asked, *, passages: bool) -> dict[str, Any]:
    row = cut(absolute(hit.summary), asked.fields)
    if passages:
        row["passage"] = [{"text": it.text, "marked": it.marked} for it in hit.passage]
    return row
