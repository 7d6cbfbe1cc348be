"""Questions about gaps. A state is asked for by days, exactly as gap_states.py tells it."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce, Least

from catalog.people import person_of
from catalog.querysets import StaffQuerySet
from publication.enums import GapClosure, GapStateKind

if TYPE_CHECKING:
    from publication.models import AnnouncementGap  # noqa: F401  names in annotations

# LEAST of PostgreSQL leaves NULL out and MIN of SQLite returns it: each side stands in for the
# other, so that both give the day of the clock that is known.
DUE_ON = Least(Coalesce("legal_due_on", "office_due_on"), Coalesce("office_due_on", "legal_due_on"))


class GapQuerySet(StaffQuerySet["AnnouncementGap"]):
    def visible_to(self, user: Any) -> Self:
        """The Office sees all; others what their agencies, and those in their care, must answer.

        What no agency is named for is the Office's alone.
        """
        person = person_of(user)
        return self if person.sees_all else self.filter(agency__in=person.agency_ids)

    def open(self) -> "GapQuerySet":
        return self.filter(closed_on=None)

    def concerned(self) -> "GapQuerySet":
        """Without the rows that only remember an agency that has it no more."""
        return self.exclude(closure=GapClosure.NO_LONGER_CONCERNED)

    def with_due_day(self) -> "GapQuerySet":
        """`due_on`: the last day by the clock that ends first, empty when neither is known."""
        return self.annotate(due_on=DUE_ON)

    def overdue(self, *, on: date) -> "GapQuerySet":
        return self.in_state(GapStateKind.OVERDUE, on=on, horizon=on)

    def in_state(self, kind: str, *, on: date, horizon: date) -> "GapQuerySet":
        """`horizon` is the last day that counts as due now (gap_states.due_horizon)."""
        return self.with_due_day().filter(_condition(GapStateKind(kind), on=on, horizon=horizon))

    def tally(self, *, on: date, horizon: date) -> dict[str, int]:
        """How many are in each state on a day, in the order of the states; one query."""
        kinds = [kind for kind in GapStateKind if kind != GapStateKind.NO_LONGER_CONCERNED]
        counts = {
            kind.value: Count("pk", filter=_condition(kind, on=on, horizon=horizon))
            for kind in kinds
        }
        found: dict[str, int] = self.with_due_day().aggregate(**counts)
        return found

    def partly_answered(self) -> "GapQuerySet":
        """Some agencies of the item have answered and some not, or the answer lacks a level."""
        half_answered = (
            self.model.objects.order_by()
            .values("ministry_item")
            .annotate(
                answered=Count("pk", filter=Q(closure=GapClosure.ANSWERED)),
                silent=Count("pk", filter=Q(closed_on=None)),
            )
            .filter(answered__gt=0, silent__gt=0)
            .values("ministry_item")
        )
        return self.concerned().filter(Q(ministry_item__in=half_answered) | ~Q(lacking_levels=""))

    def with_decisions(self) -> "GapQuerySet":
        """Everything a list shows of a gap, in one query."""
        return self.with_due_day().select_related(
            "agency", "ministry_item__decision__issuer", "closed_by__decision"
        )


def _condition(kind: GapStateKind, *, on: date, horizon: date) -> Q:
    answered = Q(closure=GapClosure.ANSWERED)
    return {
        GapStateKind.AT_RISK: Q(closed_on=None, due_on__gt=horizon),
        GapStateKind.DUE: Q(closed_on=None, due_on__gte=on, due_on__lte=horizon),
        GapStateKind.OVERDUE: Q(closed_on=None, due_on__lt=on),
        GapStateKind.UNKNOWN: Q(closed_on=None, due_on=None),
        GapStateKind.ANSWERED_ON_TIME: answered & Q(closed_on__lte=F("due_on")),
        GapStateKind.ANSWERED_LATE: answered & Q(closed_on__gt=F("due_on")),
        GapStateKind.ANSWERED: answered & Q(due_on=None),
        GapStateKind.NOT_APPLICABLE: Q(closure=GapClosure.NOT_APPLICABLE),
        GapStateKind.NO_LONGER_CONCERNED: Q(closure=GapClosure.NO_LONGER_CONCERNED),
    }[kind]
