"""The vocabulary of questions about announcing and publicising."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from catalog.enums import GovernmentLevel
from catalog.people import Person, person_of
from catalog.querysets import StaffQuerySet
from publication.enums import DecisionActKind, DecisionStatus, ListingOrigin, ListingState
from publication.lifecycle import OPEN_FOR_EDITING, PUBLIC

if TYPE_CHECKING:
    from publication.models import (  # noqa: F401  names in annotations
        AnnouncementDecision,
        Listing,
        MinistryDecision,
        MinistryItem,
        Notice,
        RegisterAlarm,
    )

_Row = TypeVar("_Row", bound=models.Model)


class ListingQuerySet(StaffQuerySet["Listing"]):
    def current(self) -> "ListingQuerySet":
        """What the public sees now, abolished ones included: one listing a procedure."""
        return self.filter(is_current=True)

    def standing(self) -> "ListingQuerySet":
        """Neither set aside by another of the same day nor taken back before their day.

        The first is not said as "is null": SQLite, which has no statistics, takes that for the
        rarest thing to look for, and would read every listing there is.
        """
        return self.filter(withdrawn_at=None).exclude(set_aside_by__isnull=False)

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

    def shown_on(self, *, on: date) -> "ListingQuerySet":
        """What holds on a day by what the public has been told: one listing a procedure."""
        told = Q(in_force_at__isnull=False, valid_from__lte=on)
        later = self.model.objects.standing().filter(
            told, procedure=OuterRef("procedure"), valid_from__gt=OuterRef("valid_from")
        )
        return self.standing().filter(told, ~Exists(later))

    def done_by(self, decisions: Iterable[int]) -> "ListingQuerySet":
        """What decisions did themselves; texts that came back tell of another's withdrawal."""
        own = self.filter(decision__in=list(decisions))
        return own.exclude(origin=ListingOrigin.WITHDRAWAL)

    def due(self, *, on: date) -> "ListingQuerySet":
        """Listings whose day has come and that the public has not been told of."""
        return self.standing().filter(valid_from__lte=on, in_force_at=None)


class AnnouncementQuerySet(StaffQuerySet["AnnouncementDecision"]):
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
        if person.sees_all:
            return self
        return self.filter(_own_work(person)) if person.user_id else self.none()

    def deletable_by(self, user: Any) -> "AnnouncementQuerySet":
        """What never left its agency: what the Office has seen stays, with its log."""
        return self.editable_by(user).exclude(acts__kind=DecisionActKind.SUBMITTED)

    def history_open_to(self, user: Any) -> "AnnouncementQuerySet":
        """Issuing opens a decision to all, not the drafts that it was."""
        return self.work_of(user)

    def issued(self) -> "AnnouncementQuerySet":
        """Issued and not withdrawn: what can answer a ministry."""
        return self.filter(status=DecisionStatus.ISSUED)

    def public(self) -> "AnnouncementQuerySet":
        """What the public may read of: issued ones, also those that were withdrawn since."""
        return self.filter(status__in=PUBLIC)


def _own_work(person: Person) -> Q:
    return Q(lead_agency__in=person.agency_ids) | Q(lead_agency=None, created_by=person.user_id)


class PartOfDecisionQuerySet(StaffQuerySet[_Row]):
    """Rows that are read with the decision they belong to."""

    def visible_to(self, user: Any) -> Self:
        if person_of(user).sees_all:
            return self
        return self.filter(decision__in=_decisions(self).visible_to(user))


class WorkOnDecisionQuerySet(StaffQuerySet[_Row]):
    """How a decision came about: its acts and what was read into it stay with its agency.

    They tell of drafts, so that issuing the decision does not open them to other agencies.
    """

    def visible_to(self, user: Any) -> Self:
        if person_of(user).sees_all:
            return self
        return self.filter(decision__in=_decisions(self).work_of(user))


def _decisions(rows: models.QuerySet[Any]) -> Any:
    return rows.model._meta.get_field("decision").related_model.objects


class MinistryDecisionQuerySet(StaffQuerySet["MinistryDecision"]):
    def visible_to(self, user: Any) -> Self:
        """Public documents; what was only proposed from national data the Office looks at first."""
        person = person_of(user)
        if person.sees_all:
            return self
        return self.filter(is_proposed=False) if person.user_id else self.none()

    def editable_by(self, user: Any) -> Self:
        """Those who entered it, and the Office; what was rejected stays as it was."""
        person = person_of(user)
        visible = self.visible_to(user).standing()
        return visible if person.sees_all else visible.filter(created_by=person.user_id)

    def proposed(self) -> Self:
        """Waiting for the Office to confirm or reject."""
        return self.filter(is_proposed=True, rejected_at=None)

    def standing(self) -> Self:
        return self.filter(rejected_at=None)

    def rejected(self) -> Self:
        return self.filter(rejected_at__isnull=False)

    def deletable_by(self, user: Any) -> Self:
        """A proposal is confirmed or rejected; deleting a rejection lets it be proposed again."""
        own = self.editable_by(user).filter(is_proposed=False)
        return self.visible_to(user).rejected() | own


class MinistryItemQuerySet(PartOfDecisionQuerySet["MinistryItem"]):
    def awaiting_exit(self) -> Self:
        """Said not to apply in the province, and not yet looked at by the Office."""
        return self.filter(not_applicable_approved_at=None).exclude(not_applicable_reason="")

    def ministry_only(self) -> Self:
        """Carried out at the ministry and at no other level."""
        return self.filter(levels=[GovernmentLevel.MINISTRY])

    def applicable(self) -> "MinistryItemQuerySet":
        """What the province has to answer: confirmed, and no exit approved by the Office."""
        return self.filter(not_applicable_approved_at=None, decision__is_proposed=False)

    def unanswered(self) -> Self:
        """In no decision of the province, drafts among them; withdrawn ones answer nothing."""
        held = set(DecisionStatus) - {DecisionStatus.WITHDRAWN}
        return self.exclude(answered_by__decision__status__in=held)


class RegisterAlarmQuerySet(StaffQuerySet["RegisterAlarm"]):
    def visible_to(self, user: Any) -> Self:
        """For the agency that leads the procedure of the code."""
        from catalog.models import Procedure  # models import this module

        if person_of(user).sees_all:
            return self
        led = Procedure.objects.visible_to(user).filter(code=OuterRef("code"))
        return self.filter(Exists(led))

    def open(self) -> Self:
        return self.filter(resolved_at=None)


class NoticeQuerySet(StaffQuerySet["Notice"]):
    def visible_to(self, user: Any) -> Self:
        """A person's own mails."""
        person = person_of(user)
        return self if person.sees_all else self.filter(user=person.user_id)
