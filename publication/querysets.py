"""The vocabulary of questions about announcing and publicising."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from catalog.people import Person, person_of
from publication.enums import DecisionStatus, ListingState
from publication.lifecycle import OPEN_FOR_EDITING, PUBLIC

if TYPE_CHECKING:
    from publication.models import (  # noqa: F401  names in annotations
        AnnouncementDecision,
        Listing,
        MinistryItem,
    )


class ListingQuerySet(models.QuerySet["Listing"]):
    def current(self) -> "ListingQuerySet":
        """What the public sees now, abolished ones included: one listing a procedure."""
        return self.filter(is_current=True)

    def standing(self) -> "ListingQuerySet":
        """Neither set aside by another of the same day nor taken back before their day."""
        return self.filter(set_aside_by=None, withdrawn_at=None)

    def offered(self) -> "ListingQuerySet":
        return self.filter(state=ListingState.OFFERED)

    def valid(self, *, on: date) -> "ListingQuerySet":
        """What holds on a day by the dates alone: the latest start up to that day."""
        later = self.model.objects.standing().filter(
            procedure=OuterRef("procedure"),
            valid_from__gt=OuterRef("valid_from"),
            valid_from__lte=on,
        )
        return self.standing().filter(~Exists(later), valid_from__lte=on)

    def due(self, *, on: date) -> "ListingQuerySet":
        """Listings whose day has come and that the public has not been told of."""
        return self.standing().filter(valid_from__lte=on, in_force_at=None)


class AnnouncementQuerySet(models.QuerySet["AnnouncementDecision"]):
    def visible_to(self, user: Any) -> "AnnouncementQuerySet":
        """What a member of staff may open: everything public, and their agencies' own work.

        A draft without an agency is open to those who entered it.
        """
        person = person_of(user)
        if person.sees_all:
            return self
        return (
            self.filter(_own_work(person) | Q(status__in=PUBLIC)) if person.user_id else self.none()
        )

    def editable_by(self, user: Any) -> "AnnouncementQuerySet":
        """Drafts and returned ones among a person's own work."""
        return self.work_of(user).filter(status__in=OPEN_FOR_EDITING)

    def work_of(self, user: Any) -> "AnnouncementQuerySet":
        """What a person's agencies have to do with, what is public of other agencies left out."""
        person = person_of(user)
        return self if person.sees_all else self.filter(_own_work(person))

    def issued(self) -> "AnnouncementQuerySet":
        """Issued and not withdrawn: what can answer a ministry."""
        return self.filter(status=DecisionStatus.ISSUED)

    def public(self) -> "AnnouncementQuerySet":
        """What the public may read of: issued ones, also those that were withdrawn since."""
        return self.filter(status__in=PUBLIC)


def _own_work(person: Person) -> Q:
    return Q(lead_agency__in=person.agency_ids) | Q(lead_agency=None, created_by=person.user_id)


class MinistryItemQuerySet(models.QuerySet["MinistryItem"]):
    def applicable(self) -> "MinistryItemQuerySet":
        """What the province has to answer: confirmed, and no exit approved by the Office."""
        return self.filter(not_applicable_approved_at=None, decision__is_proposed=False)
