"""`/api/v1/decisions/`: the province's decisions that were issued, with what each did."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.http import HttpResponseBase
from django.utils.translation import gettext
from rest_framework.request import Request

from publication.api.base import PublicView
from publication.api.conditional import answer_with
from publication.api.cursors import After
from publication.api.decision_facts import (
    DECISION_FIELDS,
    decision_facts,
    items_of,
    public_decisions,
)
from publication.api.listing_rows import cut
from publication.api.paging import envelope, page_of
from publication.api.parameters import Reader
from publication.api.problems import not_found
from publication.api.signed import number_wanted, signed_after, signed_between, signed_position
from publication.lifecycle import PUBLIC
from publication.models import AnnouncementDecision

EXPAND = ("items",)
LARGEST_PAGE_WITH_ITEMS = 20  # a decision has up to some hundred
_ALLOWED = (
    *("status", "number", "signed_from", "signed_to"),
    *("fields", "expand", "cursor", "page_size"),
)


class DecisionList(PublicView):
    """Issued decisions, those withdrawn since included, the latest signed first."""

    def get(self, request: Request) -> HttpResponseBase:
        reader = Reader(request.query_params, _ALLOWED)
        fields, expand = reader.words("fields", DECISION_FIELDS), reader.words("expand", EXPAND)
        size = reader.page_size(most=LARGEST_PAGE_WITH_ITEMS) if expand else reader.page_size()
        status = reader.word("status", sorted(PUBLIC))
        wanted = signed_between(reader) & number_wanted(reader)
        behind = signed_after(reader, key="slug")
        reader.check()
        wanted &= Q(status=status) if status else Q()
        rows = public_decisions().filter(wanted, behind).order_by("-signed_on", "-slug")
        shown, after = page_of(rows, size=size, position=_position)
        return answer_with(request, envelope(request, _listed(shown, fields, expand), after))


class DecisionDetail(PublicView):
    """One decision with its items."""

    def get(self, request: Request, slug: str) -> HttpResponseBase:
        reader = Reader(request.query_params, ("fields",))
        fields = reader.words("fields", (*DECISION_FIELDS, *EXPAND))
        reader.check()
        decision = public_decisions().filter(slug=slug).first()
        if decision is None:
            words = gettext("Không có quyết định công khai nào ở địa chỉ “%(slug)s”.")
            raise not_found(words % {"slug": slug[:60]})
        (facts,) = _listed([decision], (), EXPAND)
        return answer_with(request, cut(facts, fields))


def _position(decision: AnnouncementDecision) -> After:
    return signed_position(decision.signed_on, decision.slug or "")


def _listed(
    decisions: list[AnnouncementDecision], fields: Sequence[str], expand: Sequence[str]
) -> list[dict[str, Any]]:
    rows = [cut(facts, fields) for facts in decision_facts(decisions)]
    if "items" in expand:
        items = items_of(decision.pk for decision in decisions)
        for decision, row in zip(decisions, rows, strict=True):
            row["items"] = items.get(decision.pk, [])
    return rows
