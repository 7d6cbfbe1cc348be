"""How a gap stands on a day, who holds it, who lost the days: all from dates, each date literal."""

from datetime import date

import pytest

from catalog.working_days import WorkingCalendar
from publication.enums import GapStateKind
from publication.gap_states import (
    Clock,
    GapFacts,
    Holder,
    Holding,
    Span,
    gap_state,
    holding,
    ministry_late,
    stages,
)

# National Day 2024: Saturday 31 August to Tuesday 3 September.
NATIONAL_DAY = WorkingCalendar(days_off=frozenset({date(2024, 9, 2), date(2024, 9, 3)}))
FRIDAY_13 = date(2024, 9, 13)


def facts(**days) -> GapFacts:
    return GapFacts(**{"opened_on": date(2024, 8, 1), **days})


def state(on: date, **days):
    return gap_state(facts(**days), on=on, calendar=NATIONAL_DAY, due_within=3)


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        (date(2024, 9, 9), GapStateKind.AT_RISK),  # Monday: four working days left
        (date(2024, 9, 10), GapStateKind.DUE),  # Tuesday: three
        (date(2024, 9, 13), GapStateKind.DUE),  # the last day
        (date(2024, 9, 14), GapStateKind.OVERDUE),  # the Saturday after
    ],
)
def test_an_open_gap_is_at_risk_then_due_then_overdue(on, kind):
    assert state(on, legal_due_on=FRIDAY_13).kind == kind


def test_overdue_days_are_counted_both_ways():
    found = state(date(2024, 10, 1), legal_due_on=FRIDAY_13)
    # September 16-20, 23-27, 30 and October 1.
    assert found.deciding.late == Span(days=18, working_days=12)


def test_days_left_do_not_count_the_holiday():
    found = state(date(2024, 8, 30), legal_due_on=date(2024, 9, 5))
    # Wednesday 4 and Thursday 5 September.
    assert found.deciding.left == Span(days=6, working_days=2)


def test_without_a_due_day_the_state_is_unknown():
    found = state(date(2024, 10, 1))
    assert (found.kind, found.clock) == (GapStateKind.UNKNOWN, None)


@pytest.mark.parametrize(
    ("closed_on", "kind", "late"),
    [
        (FRIDAY_13, GapStateKind.ANSWERED_ON_TIME, None),
        (date(2024, 9, 16), GapStateKind.ANSWERED_LATE, Span(3, 1)),
    ],
)
def test_an_answer_is_on_time_up_to_the_last_day(closed_on, kind, late):
    for on in (FRIDAY_13, date(2025, 1, 1)):
        found = state(on, legal_due_on=FRIDAY_13, closed_on=closed_on, closure="answered")
        assert (found.kind, found.deciding.late) == (kind, late)


def test_an_answer_without_a_due_day_is_neither_late_nor_on_time():
    found = state(date(2024, 10, 1), closed_on=FRIDAY_13, closure="answered")
    assert found.kind == GapStateKind.ANSWERED


@pytest.mark.parametrize("closure", ["not_applicable", "no_longer_concerned"])
def test_what_left_is_never_late(closure):
    found = state(
        date(2025, 1, 1),
        legal_due_on=FRIDAY_13,
        office_due_on=FRIDAY_13,
        closed_on=date(2024, 10, 1),
        closure=closure,
    )
    assert {found.kind, found.legal.kind, found.office.kind} == {closure}


def test_the_clock_that_ends_first_decides_and_each_is_told():
    found = state(
        date(2024, 9, 12), legal_due_on=date(2024, 10, 1), office_due_on=date(2024, 9, 11)
    )
    assert (found.clock, found.kind) == (Clock.OFFICE, GapStateKind.OVERDUE)
    assert (found.legal.kind, found.office.kind) == (GapStateKind.AT_RISK, GapStateKind.OVERDUE)


def test_of_two_clocks_that_end_together_the_law_decides():
    assert state(FRIDAY_13, legal_due_on=FRIDAY_13, office_due_on=FRIDAY_13).clock == Clock.LEGAL


def test_an_unknown_clock_leaves_the_other_to_decide():
    found = state(date(2024, 9, 16), office_due_on=FRIDAY_13)
    assert (found.kind, found.legal.kind) == (GapStateKind.OVERDUE, GapStateKind.UNKNOWN)


def test_the_department_holds_it_from_receipt_until_it_submits():
    received = facts(ministry_signed_on=date(2024, 8, 1), received_on=date(2024, 8, 9))
    assert holding(received) == Holding(Holder.DEPARTMENT, date(2024, 8, 9))
    signed = facts(ministry_signed_on=date(2024, 8, 1))
    assert holding(signed) == Holding(Holder.DEPARTMENT, date(2024, 8, 1))
    assert holding(facts()) == Holding(Holder.DEPARTMENT, date(2024, 8, 1))


def test_the_office_holds_it_from_submission_and_while_no_agency_is_named():
    assert holding(facts(drafted_on=FRIDAY_13)) == Holding(Holder.OFFICE, FRIDAY_13)
    assert holding(facts(is_assigned=False)) == Holding(Holder.OFFICE, date(2024, 8, 1))


def test_nobody_holds_what_is_closed():
    assert holding(facts(drafted_on=FRIDAY_13, closed_on=FRIDAY_13)) == Holding(Holder.NOBODY)


def test_the_ministry_is_late_from_the_day_after_its_own_last_day():
    due = {"ministry_due_on": date(2024, 8, 30)}
    on_time = facts(ministry_signed_on=date(2024, 8, 30), **due)
    late = facts(ministry_signed_on=date(2024, 9, 4), **due)
    assert ministry_late(on_time, calendar=NATIONAL_DAY) is None
    assert ministry_late(late, calendar=NATIONAL_DAY) == Span(days=5, working_days=1)
    assert ministry_late(facts(**due), calendar=NATIONAL_DAY) is None
    assert ministry_late(facts(ministry_signed_on=FRIDAY_13), calendar=NATIONAL_DAY) is None


def test_lost_days_are_split_as_decision_3218_of_2024_shows():
    """2972/QĐ-BNN-CN, submission letter 3236/TTr-SNN, answered by 3218/QĐ-UBND."""
    real = facts(
        ministry_signed_on=date(2024, 8, 29),
        drafted_on=date(2024, 11, 12),
        closed_on=date(2024, 11, 18),
        closure="answered",
    )
    found = stages(real, on=date(2025, 1, 1), calendar=NATIONAL_DAY)
    assert [(stage.holder, stage.span) for stage in found] == [
        (Holder.DEPARTMENT, Span(days=75, working_days=51)),
        (Holder.OFFICE, Span(days=6, working_days=4)),
    ]


def test_the_last_stage_of_an_open_gap_runs_until_the_day_asked_about():
    waiting = facts(ministry_signed_on=date(2024, 9, 5), ministry_due_on=date(2024, 8, 30))
    found = stages(waiting, on=date(2024, 9, 10), calendar=NATIONAL_DAY)
    assert [(stage.holder, stage.first, stage.last) for stage in found] == [
        (Holder.MINISTRY, date(2024, 8, 30), date(2024, 9, 5)),
        (Holder.DEPARTMENT, date(2024, 9, 5), date(2024, 9, 10)),
    ]


def test_stages_without_a_day_are_left_out():
    same_day = facts(
        received_on=FRIDAY_13, drafted_on=FRIDAY_13, closed_on=FRIDAY_13, closure="answered"
    )
    assert stages(same_day, on=date(2025, 1, 1), calendar=NATIONAL_DAY) == ()
