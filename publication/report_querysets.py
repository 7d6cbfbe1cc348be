"""Which reports a member of staff may see: those that their agency handles now."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from catalog.people import person_of
from catalog.querysets import StaffQuerySet

if TYPE_CHECKING:
    from publication.models import Report, ReportAct  # noqa: F401  names in annotations


class ReportQuerySet(StaffQuerySet["Report"]):
    def visible_to(self, user: Any) -> Self:
        """The agency that handles it, and the Office, which watches over all of them."""
        person = person_of(user)
        return self if person.sees_all else self.filter(agency__in=person.agency_ids)

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def closed_before(self, moment: datetime) -> Self:
        return self.filter(closed_at__lt=moment)


class ReportActQuerySet(StaffQuerySet["ReportAct"]):
    def visible_to(self, user: Any) -> Self:
        """What was done is read with the report it was done to."""
        person = person_of(user)
        return self if person.sees_all else self.filter(report__agency__in=person.agency_ids)
