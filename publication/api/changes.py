"""`/api/v1/changes/`: every public change by its number, and the last link of each day."""

from typing import Any

from django.http import HttpResponseBase
from django.utils.timezone import localdate
from rest_framework.request import Request

from publication.api.base import PublicView
from publication.api.conditional import answer, answer_with
from publication.api.formats import json_text, page_of_rows
from publication.api.paging import next_address
from publication.api.parameters import Reader
from publication.change_feed import changes_after, heads_after, read_head
from publication.models import DailyHead


class ChangeList(PublicView):
    """Changes with numbers above `after`, in order, without a gap."""

    def get(self, request: Request) -> HttpResponseBase:
        reader = Reader(request.query_params, ("after", "page_size"))
        after, size = reader.number("after", 0, least=0), reader.page_size()
        reader.check()
        head = read_head()
        response = answer(
            request,
            # A page that is full says the same for good, however long the log becomes.
            sequence=min(head.sequence, after + size + 1),
            moment=head.moment,
            now=self.now,
            make=lambda: _page(request, after, size),
        )
        response["Event-Sequence"] = str(head.sequence)
        return response


class DailyHeads(PublicView):
    """The number and digest of each day's last change, oldest first."""

    def get(self, request: Request) -> HttpResponseBase:
        reader = Reader(request.query_params, ("after", "page_size"))
        after, size = reader.day("after"), reader.page_size()
        reader.check()
        heads = heads_after(after, limit=size + 1)
        shown = heads[:size]
        more = next_address(request, "after", shown[-1].day.isoformat()) if heads[size:] else None
        rows = [_head(head, is_final=head.day < localdate(self.now)) for head in shown]
        return answer_with(request, {"results": rows, "next": more})


def _page(request: Request, after: int, size: int) -> HttpResponseBase:
    changes = changes_after(after, limit=size + 1)
    shown = changes[:size]
    more = next_address(request, "after", str(shown[-1].sequence)) if changes[size:] else None
    return json_text(page_of_rows([change.line for change in shown], more))


def _head(head: DailyHead, *, is_final: bool) -> dict[str, Any]:
    """Of a day that is not over another change may become the last."""
    return {
        "day": head.day.isoformat(),
        "sequence": head.sequence,
        "digest": head.digest,
        "final": is_final,
    }
