"""The register's vocabulary of questions.

`visible_to(user)` is the only door to rows for staff: lists, forms, choices, actions and history
go through it. `editable_by` and `deletable_by` narrow it to what a person may write.
"""

from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Prefetch, Q

from catalog.enums import Role
from catalog.people import person_of

if TYPE_CHECKING:
    from catalog.models import (  # noqa: F401  names in annotations
        Agency,
        FormFile,
        Membership,
        Procedure,
        ProcedureAgency,
    )

_Row = TypeVar("_Row", bound=models.Model)


class StaffQuerySet(models.QuerySet[_Row]):
    """Rows that every member of staff may read; who may write them, permissions say."""

    def visible_to(self, user: Any) -> Self:
        return self if person_of(user).user_id else self.none()

    def editable_by(self, user: Any) -> Self:
        return self.visible_to(user)

    def deletable_by(self, user: Any) -> Self:
        return self.editable_by(user)

    def history_open_to(self, user: Any) -> Self:
        """Rows whose earlier states a person may read."""
        return self.visible_to(user)


class OfficeQuerySet(StaffQuerySet[_Row]):
    """Rows for the Provincial Office and the administrators alone."""

    def visible_to(self, user: Any) -> Self:
        return self if person_of(user).sees_all else self.none()


class MembershipQuerySet(StaffQuerySet["Membership"]):
    def visible_to(self, user: Any) -> Self:
        """Who works where is the administrators' to keep."""
        return self if person_of(user).has(Role.ADMINISTRATOR) else self.none()


class AgencyQuerySet(StaffQuerySet["Agency"]):
    def existing(self, *, on: date) -> Self:
        """Agencies that exist on a day."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on)
        )

    def in_care_of(self, user: Any) -> Self:
        """The agencies in whose name a person enters work: all of them for the Office."""
        person = person_of(user)
        return self if person.sees_all else self.filter(pk__in=person.agency_ids)


class ProcedureQuerySet(StaffQuerySet["Procedure"]):
    def visible_to(self, user: Any) -> Self:
        """Register texts of the agencies in a person's care.

        A procedure nobody leads yet is the Office's, which gives it to an agency.
        """
        person = person_of(user)
        return self if person.sees_all else self.filter(lead_agency__in=person.agency_ids)

    def in_force(self, *, on: date) -> Self:
        """Procedures that the register does not hold as abolished on a day."""
        return self.filter(Q(abolished_on=None) | Q(abolished_on__gt=on))

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def for_announcing(self) -> Self:
        """Everything that freezing a text reads, in a fixed number of queries."""
        from catalog.models import ProcedureAgency  # models import this module

        roles = ProcedureAgency.objects.select_related("agency").order_by("role", "pk")
        return self.select_related("field", "lead_agency").prefetch_related(
            "further_fields",
            "life_events",
            "successors",
            "form_files",
            Prefetch("roles", queryset=roles),
        )


class PartOfProcedureQuerySet(StaffQuerySet[_Row]):
    """Rows that are part of a register text: the roles in it, the files of its forms."""

    def visible_to(self, user: Any) -> Self:
        if person_of(user).sees_all:
            return self
        from catalog.models import Procedure  # models import this module

        return self.filter(procedure__in=Procedure.objects.visible_to(user))


class ProcedureAgencyQuerySet(PartOfProcedureQuerySet["ProcedureAgency"]):
    pass


class FormFileQuerySet(PartOfProcedureQuerySet["FormFile"]):
    def with_held(self) -> Self:
        """With `is_held`: whether a frozen text keeps the row from being deleted."""
        keepers = [
            Exists(link.related_model._base_manager.filter(**{link.field.name: OuterRef("pk")}))
            for link in self.model._meta.related_objects
            if getattr(link, "on_delete", None) is models.PROTECT
        ]
        held = Q(*keepers, _connector=Q.OR)
        return self.annotate(is_held=ExpressionWrapper(held, models.BooleanField()))
