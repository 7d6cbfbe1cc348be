"""The vocabulary of questions about announcing and publicising."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef

from publication.enums import DecisionStatus, ListingState

if TYPE_CHECKING:
    from publication.models import (  # noqa: F401  names in annotations
        AnnouncementDecision,
        AnnouncementGap,
        Listing,
        MinistryItem,
    )


class ListingQuerySet(models.QuerySet["Listing"]):
    def current(self) -> "ListingQuerySet":
        """What the public sees now, abolished ones included: one listing a procedure."""
        return self.filter(is_current=True)

    def offered(self) -> "ListingQuerySet":
        return self.filter(state=ListingState.OFFERED)

    def valid(self, *, on: date) -> "ListingQuerySet":
        """What holds on a day by the dates alone: the latest start up to that day."""
        later = self.model.objects.filter(
            procedure=OuterRef("procedure"),
            set_aside_by=None,
            valid_from__gt=OuterRef("valid_from"),
            valid_from__lte=on,
        )
        return self.filter(~Exists(later), set_aside_by=None, valid_from__lte=on)

    def due(self, *, on: date) -> "ListingQuerySet":
        """Listings whose day has come and that the public has not been told of."""
        return self.filter(set_aside_by=None, valid_from__lte=on, in_force_at=None)


class AnnouncementQuerySet(models.QuerySet["AnnouncementDecision"]):
    def issued(self) -> "AnnouncementQuerySet":
        return self.filter(status=DecisionStatus.ISSUED)


class MinistryItemQuerySet(models.QuerySet["MinistryItem"]):
    def applicable(self) -> "MinistryItemQuerySet":
        return self.filter(not_applicable_reason="")


class GapQuerySet(models.QuerySet["AnnouncementGap"]):
    def open(self) -> "GapQuerySet":
        return self.filter(closed_on=None)

    def with_decisions(self) -> "GapQuerySet":
        return self.select_related(
            "ministry_item__decision__issuer", "closed_by__decision"
        ).annotate(signed_on=F("ministry_item__decision__signed_on"))
