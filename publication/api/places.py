"""`/api/v1/agencies/`, `fields/`, `life-events/`: what the public lists of procedures are of.

Only those with a list: a row that no public text has ever named is not told of.
"""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Count, Exists, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponseBase
from django.utils.translation import gettext
from rest_framework.request import Request

from catalog.enums import AgencyKind, GovernmentLevel, LifeEventGroup
from catalog.models import Agency, Field, LifeEvent
from publication.api.base import PublicView
from publication.api.conditional import answer_with
from publication.api.cursors import After
from publication.api.listing_rows import cut
from publication.api.paging import envelope, page_of
from publication.api.parameters import Reader
from publication.api.problems import not_found
from publication.models import ListingShelf
from publication.site.page import Page, PageKind


class _Places(PublicView, ABC):
    """One kind of place by slug. `filters` are columns with the words they may be asked for."""

    model: ClassVar[type[Model]]
    shelf: ClassVar[str]
    page: ClassVar[PageKind]
    columns: ClassVar[tuple[str, ...]]
    filters: ClassVar[dict[str, Any]] = {}

    def rows(self) -> "QuerySet[Any]":
        places: QuerySet[Any] = self.model._default_manager.filter(
            Exists(_places(self.shelf).filter(listing__in_force_at__isnull=False))
        )
        counted: QuerySet[Any] = places.annotate(offered=_offered(self.shelf))
        return counted.order_by("slug")

    @abstractmethod
    def facts(self, row: Any) -> dict[str, Any]:
        """What is told of one place."""

    def standing(self, row: Any) -> dict[str, Any]:
        address = settings.PORTAL_URL + Page(self.page, row.slug).path
        return {"procedures": row.offered, "url": address}


class PlaceList(_Places):
    def get(self, request: Request) -> HttpResponseBase:
        reader = Reader(request.query_params, ("fields", "cursor", "page_size", *self.filters))
        fields, size = reader.words("fields", self.columns), reader.page_size()
        chosen = {name: reader.word(name, words.values) for name, words in self.filters.items()}
        cursor = reader.cursor(After)
        reader.check()
        rows = self.rows().filter(**{name: word for name, word in chosen.items() if word})
        if cursor:
            rows = rows.filter(slug__gt=cursor.sort_key)
        shown, after = page_of(rows, size=size, position=lambda row: After(row.slug, ""))
        facts = [cut(self.facts(row), fields) for row in shown]
        return answer_with(request, envelope(request, facts, after))


class PlaceDetail(_Places):
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        reader = Reader(request.query_params, ("fields",))
        fields = reader.words("fields", self.columns)
        reader.check()
        row = self.rows().filter(slug=slug).first()
        if row is None:
            raise not_found(
                gettext("Không có “%(slug)s” trong danh sách này.") % {"slug": slug[:60]}
            )
        return answer_with(request, cut(self.facts(row), fields))


class _Agencies(_Places):
    model, shelf, page = Agency, "agency", PageKind.AGENCY
    columns = (
        *("slug", "name", "short_name", "kind", "level", "parent", "valid_from", "valid_to"),
        *("successors", "codes", "address", "phone", "procedures", "url"),
    )
    filters: ClassVar[dict[str, Any]] = {"kind": AgencyKind, "level": GovernmentLevel}

    def rows(self) -> "QuerySet[Any]":
        return super().rows().select_related("parent").prefetch_related("successors", "codes")

    def facts(self, row: Any) -> dict[str, Any]:
        return {
            "slug": row.slug,
            "name": row.name,
            "short_name": row.short_name,
            "kind": row.kind,
            "level": row.level,
            "parent": _named(row.parent) if row.parent else None,
            "valid_from": _day(row.valid_from),
            "valid_to": _day(row.valid_to),
            "successors": [_named(successor) for successor in row.successors.all()],
            "codes": [_code(code) for code in row.codes.all()],
            "address": row.address,
            "phone": row.phone,
            **self.standing(row),
        }


class _Fields(_Places):
    model, shelf, page = Field, "field", PageKind.FIELD
    columns = ("slug", "name", "code", "procedures", "url")

    def facts(self, row: Any) -> dict[str, Any]:
        return {"slug": row.slug, "name": row.name, "code": row.code, **self.standing(row)}


class _LifeEvents(_Places):
    model, shelf, page = LifeEvent, "life_event", PageKind.LIFE_EVENT
    columns = ("slug", "name", "group", "position", "procedures", "url")
    filters: ClassVar[dict[str, Any]] = {"group": LifeEventGroup}

    def facts(self, row: Any) -> dict[str, Any]:
        names = {"slug": row.slug, "name": row.name, "group": row.group, "position": row.position}
        return names | self.standing(row)


class AgencyList(_Agencies, PlaceList):
    """Agencies that public texts name."""


class AgencyDetail(_Agencies, PlaceDetail):
    """One agency."""


class FieldList(_Fields, PlaceList):
    """Fields (lĩnh vực) with procedures."""


class FieldDetail(_Fields, PlaceDetail):
    """One field."""


class LifeEventList(_LifeEvents, PlaceList):
    """Life events with procedures."""


class LifeEventDetail(_LifeEvents, PlaceDetail):
    """One life event."""


def _places(shelf: str) -> "QuerySet[Any]":
    return ListingShelf.objects.filter(shelf=shelf, key=OuterRef("slug")).order_by()


def _offered(shelf: str) -> Coalesce:
    """How many procedures stand there now; counted by the index alone."""
    counted = _places(shelf).filter(is_current=True).values("key").annotate(count=Count("pk"))
    return Coalesce(Subquery(counted.values("count")), 0, output_field=IntegerField())


def _named(row: Any) -> dict[str, str]:
    return {"name": row.name, "slug": row.slug}


def _code(code: Any) -> dict[str, Any]:
    return {
        "scheme": code.scheme,
        "code": code.code,
        "valid_from": _day(code.valid_from),
        "valid_to": _day(code.valid_to),
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
