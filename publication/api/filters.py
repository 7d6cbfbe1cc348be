"""The filters of the list of procedures. Each may be repeated; one of its values must fit."""

import re
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from catalog.enums import GovernmentLevel, OnlineLevel, ProcedureKind
from publication.enums import ListingState
from publication.models import Listing, ListingShelf

_SLUG = re.compile(r"[a-z0-9-]{1,200}")


class _SlugsField(forms.MultipleChoiceField):
    """Slugs that are looked up later: whether one exists is a question to the listings."""

    def valid_value(self, value: Any) -> bool:
        return bool(_SLUG.fullmatch(str(value)))


class _ShelfFilter(django_filters.MultipleChoiceFilter):
    """Listings that stand on one of the named shelves, such as a field's."""

    def filter(self, qs: QuerySet[Listing], value: list[str]) -> QuerySet[Listing]:
        if not value:
            return qs
        shelves = ListingShelf.objects.filter(shelf=self.field_name, key__in=value)
        return qs.filter(pk__in=shelves.values("listing"))


class _SlugFilter(_ShelfFilter):
    field_class = _SlugsField


def _column(name: str, choices: Any) -> django_filters.MultipleChoiceFilter:
    return django_filters.MultipleChoiceFilter(field_name=name, choices=choices, distinct=False)


class ProcedureFilters(django_filters.FilterSet):
    kind = _column("kind", ProcedureKind.choices)
    online_level = _column("online_level", OnlineLevel.choices)
    state = _column("state", ListingState.choices)
    level = _ShelfFilter(field_name="level", choices=GovernmentLevel.choices)
    field = _SlugFilter(field_name="field")
    agency = _SlugFilter(field_name="agency")


SLUGS = ("field", "agency")
