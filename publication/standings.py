"""Where decisions stand on a day: the days that their listings give to `lifecycle.standing`."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Min, OuterRef, QuerySet, Subquery

from publication.enums import Standing
from publication.lifecycle import standing
from publication.models import AnnouncementDecision, Listing


def lapsed_days(decision_ids: Iterable[int]) -> dict[int, date]:
    """By decision, the day from which none of its texts holds any more; one query.

    A decision with a text that nothing follows has no such day and is left out. The day may be
    still to come. An abolition holds until the procedure is announced again.
    """
    ends: dict[int, date] = {}
    lasting: set[int] = set()
    for decision_id, starts_on, set_aside_by, next_on in _lives(decision_ids):
        if set_aside_by is None and next_on is None:
            lasting.add(decision_id)
            continue
        # A text set aside gave way on its own first day.
        end = starts_on if set_aside_by is not None else next_on
        ends[decision_id] = max(end, ends.get(decision_id, end))
    return {pk: end for pk, end in ends.items() if pk not in lasting}


def standings(decisions: Iterable[AnnouncementDecision], *, on: date) -> dict[int, Standing]:
    """Where each decision stands on a day; one query for all of them."""
    rows = list(decisions)
    lapsed = lapsed_days(row.pk for row in rows)
    return {
        row.pk: standing(
            row.status, effective_on=row.effective_on, lapsed_on=lapsed.get(row.pk), on=on
        )
        for row in rows
    }


def _lives(decision_ids: Iterable[int]) -> "QuerySet[Any, tuple[int, date, int | None, Any]]":
    """Every text of the decisions that came to stand, with the day the next one begins."""
    later = (
        Listing.objects.standing()
        .filter(procedure=OuterRef("procedure"), valid_from__gt=OuterRef("valid_from"))
        .order_by()
        .values("procedure")
        .annotate(first=Min("valid_from"))
    )
    return (
        Listing.objects.filter(decision__in=list(decision_ids), withdrawn_at=None)
        .annotate(next_on=Subquery(later.values("first")))
        .order_by()
        .values_list("decision_id", "valid_from", "set_aside_by", "next_on")
    )
