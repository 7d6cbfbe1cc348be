"""`/api/v1/procedures/<code>/`: one procedure whole, its versions, and any two of them compared."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext
from rest_framework.request import Request
from rest_framework.response import Response

from publication.api.base import PublicView
from publication.api.comparing import compared
from publication.api.conditional import answer
from publication.api.listing_rows import cut
from publication.api.parameters import Reader, read_day
from publication.api.problems import not_found
from publication.api.versions import Text, read_texts, text_on
from publication.change_feed import read_head
from publication.models import Listing
from publication.site.form_files import form_links
from publication.summary import Summary, with_addresses

# What a detail says, in its order; the first are the list's.
DETAIL_FIELDS = (
    *Summary.__annotations__,
    *("change_note", "successors", "forms", "text", "versions"),
)


class ProcedureView(PublicView):
    """What the addresses of one procedure share."""

    def answer_facts(
        self, request: Request, make: Callable[[], Any], *, variant: str = ""
    ) -> HttpResponseBase:
        head = read_head()
        return answer(
            request,
            sequence=head.sequence,
            variant=variant,
            moment=head.moment,
            now=self.now,
            make=lambda: Response(make()),
        )

    def past_day(self, reader: Reader, name: str) -> date | None:
        return reader.past_day(name, today=localdate(self.now))


class ProcedureDetail(ProcedureView):
    """A text of a procedure by its code in any accepted spelling: the current one, or the one
    that held on a day (`?on=`)."""

    def get(self, request: Request, code: str) -> HttpResponseBase:
        reader = Reader(request.query_params, ("on", "fields"))
        on, fields = self.past_day(reader, "on"), reader.words("fields", DETAIL_FIELDS)
        reader.check()
        # A code without a text must answer 404 also to a client that brings an ETag.
        texts = read_texts(code)
        chosen = text_on(texts, on)
        response = self.answer_facts(request, lambda: cut(_detail(chosen, texts), fields))
        response["Content-Location"] = f"/api/v1/procedures/{texts[0].code}/"
        return response


class VersionList(ProcedureView):
    """All texts of a procedure that have been public, newest first."""

    def get(self, request: Request, code: str) -> HttpResponseBase:
        Reader(request.query_params, ()).check()
        texts = read_texts(code)
        rows = [text.version for text in texts]
        return self.answer_facts(request, lambda: {"results": rows, "next": None})


class VersionDetail(ProcedureView):
    """The text that began on a day."""

    def get(self, request: Request, code: str, day: str) -> HttpResponseBase:
        reader = Reader(request.query_params, ("fields",))
        fields = reader.words("fields", DETAIL_FIELDS)
        reader.check()
        texts, first_day = read_texts(code), read_day(day)
        chosen = next((text for text in texts if text.first_day == first_day), None)
        if chosen is None:
            words = gettext("Không có bản công khai nào bắt đầu từ ngày “%(day)s”.")
            raise not_found(words % {"day": day[:20]})
        return self.answer_facts(request, lambda: cut(_detail(chosen, texts), fields))


class DifferenceView(ProcedureView):
    """Two texts of a procedure: what held on one day against what held on another.

    Without `to` the current text, without `from` the one before it.
    """

    def get(self, request: Request, code: str) -> HttpResponseBase:
        reader = Reader(request.query_params, ("from", "to"))
        first, second = self.past_day(reader, "from"), self.past_day(reader, "to")
        reader.check()
        texts = read_texts(code)
        newer = text_on(texts, second)
        older = text_on(texts, first) if first else _before(newer, texts)
        return self.answer_facts(
            request, lambda: compared(older, newer), variant=get_language() or ""
        )


def _before(newer: Text, texts: list[Text]) -> Text:
    """The text before; the first text is compared with itself, so nothing differs."""
    return texts[min(texts.index(newer) + 1, len(texts) - 1)]


def _detail(chosen: Text, texts: list[Text]) -> dict[str, Any]:
    """The list's facts, the frozen text as it was digested, and all versions."""
    row = Listing.objects.values("row", "text", "change_note", "successors").get(pk=chosen.key)
    return {
        **json.loads(with_addresses(row["row"])),
        "change_note": row["change_note"],
        "successors": row["successors"],
        "forms": form_links(row["text"]),
        "text": row["text"],
        "versions": [text.version for text in texts],
    }
