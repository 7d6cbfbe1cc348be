"""`/api/v1/procedures/`: what is public of every procedure. Reads listings and the index alone."""

from collections.abc import Iterable
from typing import Any, TypedDict

from django.conf import settings
from django.db.models import Q
from django.http import HttpResponseBase
from django.utils.translation import gettext
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from catalog.codes import CodeError, procedure_code
from publication.api.asked import Asked, read_parameters, refuse_unknown
from publication.api.base import PublicView
from publication.api.conditional import answer
from publication.api.cursors import After, From, write_cursor
from publication.api.filters import SLUGS
from publication.api.problems import (
    bad_request,
    not_found,
    parameter_error,
    search_unavailable,
)
from publication.models import EventHead, Listing, ListingShelf
from publication.search.find import Found, choices, search, search_level
from publication.search.index_file import SearchUnavailable
from publication.site.form_files import form_links
from publication.summary import (
    DecisionReference,
    Summary,
    decision_reference,
    summary,
    summary_rows,
)


class Version(TypedDict):
    valid_from: str
    state: str
    decision: DecisionReference
    change_note: str
    digest: str
    url: str


class ProcedureList(PublicView):
    """Current listings in dictionary order, or the answers to `q`, best first."""

    def get(self, request: Request) -> HttpResponseBase:
        asked = read_parameters(request.query_params)
        if asked.q:
            return self._ranked(request, asked)
        _refuse_strangers(asked, _known_on_shelf)
        return answer(request, sequence=_head(), make=lambda: _page(request, asked))

    def _ranked(self, request: Request, asked: Asked) -> HttpResponseBase:
        try:
            _refuse_strangers(asked, lambda shelf: {key for key, _ in choices(shelf)})
            return answer(
                request, sequence=search_level(), make=lambda: _ranked_page(request, asked)
            )
        except SearchUnavailable as error:
            raise search_unavailable() from error


class ProcedureDetail(PublicView):
    """The current listing of one procedure, whole, by its code in any accepted spelling."""

    def get(self, request: Request, code: str) -> HttpResponseBase:
        if errors := refuse_unknown(request.query_params, ()):
            raise bad_request(errors)
        try:
            code = procedure_code(code)
        except CodeError as error:
            raise not_found(_no_procedure(code)) from error
        # A code without a listing must answer 404 also to a client that brings an ETag.
        row = Listing.objects.current().filter(code=code).values(*_DETAIL).first()
        if row is None:
            raise not_found(_no_procedure(code))
        response = answer(request, sequence=_head(), make=lambda: _detail(row))
        response["Content-Location"] = f"/api/v1/procedures/{code}/"
        return response


_DETAIL = (
    *("code", "name", "kind", "online_level", "state", "valid_from", "digest", "procedure"),
    *("decision__number", "decision__signed_on", "decision__slug"),
    *("text", "change_note", "successors"),
)


def _head() -> int:
    return EventHead.objects.filter(id=1).values_list("sequence", flat=True).first() or 0


def _page(request: Request, asked: Asked) -> dict[str, Any]:
    listings = asked.listings
    if isinstance(asked.cursor, After):
        key, code = asked.cursor.sort_key, asked.cursor.code
        listings = listings.filter(Q(sort_key__gt=key) | Q(sort_key=key, code__gt=code))
    rows = list(summary_rows(listings).order_by("sort_key", "code")[: asked.page_size + 1])
    shown, more = rows[: asked.page_size], len(rows) > asked.page_size
    cursor = After(shown[-1]["sort_key"], shown[-1]["code"]) if more else None
    return _envelope(request, [_absolute(summary(row)) for row in shown], cursor)


def _ranked_page(request: Request, asked: Asked) -> dict[str, Any]:
    start = asked.cursor.place if isinstance(asked.cursor, From) else 0
    found: Found = search(
        asked.q, filters=asked.filters, offset=start, limit=asked.page_size, passages=False
    )
    end = start + asked.page_size
    cursor = From(end) if found.total > end else None
    return _envelope(request, [_absolute(hit.summary) for hit in found.hits], cursor)


def _envelope(
    request: Request, results: list[Summary], cursor: After | From | None
) -> dict[str, Any]:
    here = request.build_absolute_uri()
    following = replace_query_param(here, "cursor", write_cursor(cursor)) if cursor else None
    return {"results": results, "next": following}


def _detail(row: dict[str, Any]) -> dict[str, Any]:
    """The list's facts, the frozen text as it was digested, and the versions before it."""
    facts = _absolute(summary(row | {"facts": row["text"]}))
    return {
        **facts,
        "change_note": row["change_note"],
        "successors": row["successors"],
        "forms": form_links(row["text"]),
        "text": row["text"],
        "versions": [_version(version) for version in _versions(row["procedure"])],
    }


def _versions(procedure_id: int) -> Iterable[dict[str, Any]]:
    """Every text that has been public and still stands as history, newest first."""
    shown = Listing.objects.standing().filter(procedure=procedure_id, in_force_at__isnull=False)
    rows: Iterable[dict[str, Any]] = shown.order_by("-valid_from", "-pk").values(
        *("code", "valid_from", "state", "change_note", "digest"),
        *("decision__number", "decision__signed_on", "decision__slug"),
    )
    return rows


def _version(row: dict[str, Any]) -> Version:
    day = row["valid_from"].isoformat()
    return Version(
        valid_from=day,
        state=row["state"],
        decision=_absolute_decision(
            decision_reference(
                row["decision__number"], row["decision__signed_on"], row["decision__slug"]
            )
        ),
        change_note=row["change_note"],
        digest=row["digest"],
        url=f"{settings.PORTAL_URL}/thu-tuc/{row['code']}/{day}/",
    )


def _absolute(facts: Summary) -> Summary:
    return {
        **facts,
        "decision": _absolute_decision(facts["decision"]),
        "url": settings.PORTAL_URL + facts["url"],
    }


def _absolute_decision(decision: DecisionReference) -> DecisionReference:
    return {**decision, "url": settings.PORTAL_URL + decision["url"] if decision["url"] else ""}


def _refuse_strangers(asked: Asked, known: Any) -> None:
    """Raise 400 for slugs under which nothing is public: more likely a slip than a wish."""
    errors = []
    for shelf in SLUGS:
        wanted = set(asked.filters.get(shelf, ()))
        if wanted and (strangers := sorted(wanted - (keys := known(shelf)))):
            problem = gettext("“%(value)s” không phải giá trị của “%(name)s”.")
            words = problem % {"value": ", ".join(strangers)[:60], "name": shelf}
            errors.append(parameter_error(shelf, words, allowed=sorted(keys)))
    if errors:
        raise bad_request(errors)


def _known_on_shelf(shelf: str) -> set[str]:
    shown = ListingShelf.objects.filter(shelf=shelf, listing__is_current=True)
    return set(shown.values_list("key", flat=True).distinct())


def _no_procedure(code: str) -> str:
    text = gettext("Không có thủ tục công khai nào mang mã “%(code)s”.")
    return text % {"code": code[:40]}
