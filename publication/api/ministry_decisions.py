"""`/api/v1/ministry-decisions/`: what ministries announced, as the province has confirmed it.

Proposals made by machine, and why an item is said not to apply here, are work in progress and
are not told.
"""

from collections.abc import Sequence
from typing import Any, TypedDict

from django.conf import settings
from django.db.models import F, Prefetch, QuerySet
from django.http import HttpResponseBase
from django.utils.translation import gettext
from rest_framework.request import Request

from publication.api.base import PublicView
from publication.api.conditional import answer_with
from publication.api.cursors import After
from publication.api.decision_facts import iso
from publication.api.listing_rows import cut
from publication.api.paging import envelope, page_of
from publication.api.parameters import Reader
from publication.api.problems import not_found
from publication.api.signed import number_wanted, signed_after, signed_between, signed_position
from publication.lifecycle import PUBLIC
from publication.models import AnnouncementItem, LegalDocument, MinistryDecision, MinistryItem
from publication.summary import NamedPlace


class MinistryFacts(TypedDict):
    id: int
    number: str
    title: str
    issuer: NamedPlace
    signed_on: str | None
    shortened_procedure: bool
    legal_documents: list[dict[str, Any]]


FIELDS = tuple(MinistryFacts.__annotations__)
EXPAND = ("items",)
LARGEST_PAGE_WITH_ITEMS = 20
_ALLOWED = ("number", "signed_from", "signed_to", "fields", "expand", "cursor", "page_size")
_LARGEST_ID = 2**63 - 1


class MinistryDecisionList(PublicView):
    """The latest signed first; those whose day of signing is not known come last."""

    def get(self, request: Request) -> HttpResponseBase:
        reader = Reader(request.query_params, _ALLOWED)
        fields, expand = reader.words("fields", FIELDS), reader.words("expand", EXPAND)
        size = reader.page_size(most=LARGEST_PAGE_WITH_ITEMS) if expand else reader.page_size()
        wanted = signed_between(reader) & number_wanted(reader)
        behind = signed_after(reader, key="pk")
        reader.check()
        rows = _confirmed(expand).filter(wanted, behind).order_by(*_NEWEST_FIRST)
        shown, after = page_of(rows, size=size, position=_position)
        facts = [_facts(decision, fields, expand) for decision in shown]
        return answer_with(request, envelope(request, facts, after))


class MinistryDecisionDetail(PublicView):
    """One decision of a ministry with its items and the province's answer to each."""

    def get(self, request: Request, key: int) -> HttpResponseBase:
        reader = Reader(request.query_params, ("fields",))
        fields = reader.words("fields", (*FIELDS, *EXPAND))
        reader.check()
        known = key <= _LARGEST_ID
        decision = _confirmed(EXPAND).filter(pk=key).first() if known else None
        if decision is None:
            raise not_found(gettext("Không có quyết định nào của bộ mang mã số này."))
        return answer_with(request, cut(_facts(decision, (), EXPAND), fields))


_NEWEST_FIRST = (F("signed_on").desc(nulls_last=True), "-pk")


def _confirmed(expand: Sequence[str]) -> "QuerySet[MinistryDecision]":
    decisions: QuerySet[MinistryDecision] = MinistryDecision.objects.filter(
        is_proposed=False, rejected_at=None
    )
    documents = Prefetch("legal_documents", LegalDocument.objects.order_by("effective_on", "pk"))
    decisions = decisions.select_related("issuer").prefetch_related(documents)
    if "items" not in expand:
        return decisions
    answers = AnnouncementItem.objects.filter(decision__status__in=PUBLIC)
    answers = answers.select_related("decision").order_by("decision__signed_on", "pk")
    answers = answers.defer("frozen_text")
    items = MinistryItem.objects.order_by("ordinal", "pk")
    items = items.prefetch_related(Prefetch("answered_by", answers, to_attr="public_answers"))
    return decisions.prefetch_related(Prefetch("items", items))


def _position(decision: MinistryDecision) -> After:
    return signed_position(decision.signed_on, str(decision.pk))


def _facts(
    decision: MinistryDecision, fields: Sequence[str], expand: Sequence[str]
) -> dict[str, Any]:
    facts = MinistryFacts(
        id=decision.pk,
        number=decision.number,
        title=decision.title,
        issuer=NamedPlace(name=decision.issuer_name, slug=decision.issuer.slug),
        signed_on=iso(decision.signed_on),
        shortened_procedure=decision.shortened_procedure,
        legal_documents=[_document(document) for document in decision.legal_documents.all()],
    )
    shown = cut(facts, fields)
    if "items" in expand:
        shown["items"] = [_item(item) for item in decision.items.all()]
    return shown


def _document(document: LegalDocument) -> dict[str, Any]:
    return {
        "number": document.number,
        "title": document.title,
        "issued_on": iso(document.issued_on),
        "effective_on": iso(document.effective_on),
    }


def _item(item: Any) -> dict[str, Any]:
    return {
        "code": item.code,
        "name": item.name,
        "effect": item.effect,
        "levels": item.levels,
        "replaces": item.replaces_codes,
        "answered_by": [_answer(answer.decision) for answer in item.public_answers],
    }


def _answer(decision: Any) -> dict[str, str]:
    return {
        "slug": decision.slug,
        "number": decision.number,
        "signed_on": iso(decision.signed_on) or "",
        "url": settings.PORTAL_URL + decision.get_absolute_url(),
    }
