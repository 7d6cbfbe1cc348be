"""`/api/v1/procedures/`: what is public of every procedure. Reads listings and the index alone."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.timezone import localdate
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from publication.api.asked import Asked, read_parameters
from publication.api.base import PublicView
from publication.api.conditional import answer
from publication.api.formats import (
    CSV,
    HTML,
    JSON,
    NDJSON,
    CsvOffer,
    HtmlOffer,
    NdjsonOffer,
    json_text,
    let_frame,
    page_of_rows,
)
from publication.api.listing_rows import read_page, read_whole
from publication.api.paging import next_page
from publication.api.searching import ranked
from publication.api.slugs import current_slugs, past_slugs, refuse_strangers
from publication.change_feed import read_head
from publication.enums import ApiScope

# What whole lists come in, by format.
_OFFERS = {offer.format: offer for offer in (NdjsonOffer, CsvOffer, HtmlOffer)}


class ProcedureList(PublicView):
    """Listings in dictionary order, current or of a day, or the answers to `q`, best first."""

    renderer_classes = [JSONRenderer, NdjsonOffer, CsvOffer]

    def get_renderers(self) -> list[Any]:
        """Browsers accept HTML and mean pages by it: a list to embed is asked for by name."""
        by_name = [HtmlOffer()] if self.request.query_params.get("format") == HTML else []
        return [*super().get_renderers(), *by_name]

    def scope_of(self, request: Request) -> ApiScope:
        wanted = request.query_params.get("format", self.format)
        return ApiScope.BULK if wanted in (NDJSON, CSV) else ApiScope.READ

    def get(self, request: Request) -> HttpResponseBase:
        today = localdate(self.now)
        asked = read_parameters(request.query_params, format=self.format, today=today)
        if asked.q:
            return ranked(request, asked, passages=False)
        refuse_strangers(asked, past_slugs if asked.on else current_slugs)
        head = read_head()
        response = answer(
            request,
            sequence=head.sequence,
            variant=asked.format,
            moment=head.moment,
            now=self.now,
            make=lambda: _page(request, asked) if asked.format == JSON else _whole(request, asked),
        )
        response.headers.setdefault("Event-Sequence", str(head.sequence))
        if asked.format == HTML:
            let_frame(response)
        return response


def _page(request: Request, asked: Asked) -> HttpResponseBase:
    rows, after = read_page(asked)
    return json_text(page_of_rows(rows, next_page(request, after)))


def _whole(request: Request, asked: Asked) -> HttpResponseBase:
    """All rows in one answer. It says of which event it is, to go on from in the change feed."""
    if request.method == "HEAD":
        return HttpResponse(content_type=_OFFERS[asked.format].media_type)
    sequence, response = read_whole(asked)
    if sequence is not None:
        response["Event-Sequence"] = str(sequence)
    return response
