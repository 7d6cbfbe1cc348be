"""What the database is asked for agrees with what the pure rules tell, state by state."""

from datetime import date, timedelta
from itertools import product

import pytest

from catalog.working_days import WorkingCalendar
from publication.enums import GapStateKind
from publication.gap_states import due_horizon, gap_state
from publication.models import AnnouncementGap
from tests.factories import make_ministry_decision

pytestmark = pytest.mark.django_db
ON = date(2024, 10, 2)  # Wednesday: with three working days more, Monday 7 is the last one due
WEEK = WorkingCalendar()
DAYS = [None, *(ON + timedelta(days=n) for n in (-9, -1, 0, 5, 6, 30))]
CLOSINGS = [
    {},
    *({"closed_on": ON - timedelta(days=n), "closure": "answered"} for n in (0, 1, 20)),
    {"closed_on": ON, "closure": "not_applicable"},
    {"closed_on": ON, "closure": "no_longer_concerned"},
]


@pytest.fixture
def gaps() -> list[AnnouncementGap]:
    cases = list(product(DAYS, DAYS, CLOSINGS))
    codes = [f"1.{number:06d}" for number in range(len(cases))]
    items = make_ministry_decision(codes=codes).items.order_by("ordinal")
    return AnnouncementGap.objects.bulk_create(
        AnnouncementGap(
            ministry_item=item, opened_on=ON, legal_due_on=legal, office_due_on=office, **closing
        )
        for item, (legal, office, closing) in zip(items, cases, strict=True)
    )


def test_each_state_finds_the_gaps_that_are_in_it_and_no_others(gaps):
    horizon = due_horizon(on=ON, calendar=WEEK, due_within=3)
    told = {gap.pk: gap_state(gap.facts, on=ON, calendar=WEEK, due_within=3).kind for gap in gaps}
    for kind in GapStateKind:
        found = AnnouncementGap.objects.in_state(kind, on=ON, horizon=horizon)
        assert set(found.values_list("pk", flat=True)) == {
            pk for pk, its_kind in told.items() if its_kind == kind
        }, kind
    assert set(told.values()) == set(GapStateKind)


def test_the_due_day_is_that_of_the_clock_that_ends_first(gaps):
    told = {gap.pk: gap_state(gap.facts, on=ON, calendar=WEEK, due_within=3) for gap in gaps}
    asked = {gap.pk: gap.__dict__["due_on"] for gap in AnnouncementGap.objects.with_due_day()}
    assert asked == {pk: state.deciding.due_on for pk, state in told.items()}


def test_overdue_is_the_state_of_that_name(gaps):
    overdue = AnnouncementGap.objects.in_state("overdue", on=ON, horizon=ON)
    assert set(AnnouncementGap.objects.overdue(on=ON)) == set(overdue)
    assert len(overdue) > 0
