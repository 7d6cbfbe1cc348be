"""The register's vocabulary of questions."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Prefetch, Q

if TYPE_CHECKING:
    from catalog.models import Agency, Procedure  # noqa: F401  names in annotations


class AgencyQuerySet(models.QuerySet["Agency"]):
    def existing(self, *, on: date) -> "AgencyQuerySet":
        """Agencies that exist on a day."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on)
        )


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    def in_force(self, *, on: date) -> "ProcedureQuerySet":
        """Procedures that the register does not hold as abolished on a day."""
        return self.filter(Q(abolished_on=None) | Q(abolished_on__gt=on))

    def of_kind(self, kind: str) -> "ProcedureQuerySet":
        return self.filter(kind=kind)

    def for_announcing(self) -> "ProcedureQuerySet":
        """Everything that freezing a text reads, in a fixed number of queries."""
        from catalog.models import ProcedureAgency  # models import this module

        roles = ProcedureAgency.objects.select_related("agency").order_by("role", "pk")
        return self.select_related("field", "lead_agency").prefetch_related(
            "further_fields",
            "life_events",
            "successors",
            Prefetch("roles", queryset=roles),
        )
