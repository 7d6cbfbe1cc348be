"""The days of a gap: due by law and by the Office's rule, drafted, with what dates are missing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from catalog.models import CalendarDay
from publication.actions import return_announcement, submit_announcement
from publication.gaps import record_gaps
from publication.models import (
    AnnouncementDecision,
    AnnouncementGap,
    DeadlineRule,
    MinistryDecision,
)
from tests.factories import make_announcement, make_ministry_decision, make_procedure
from tests.publication.acts import NOON, announce

pytestmark = pytest.mark.django_db
OCTOBER_2 = date(2024, 10, 2)
CODE = "1.900001"


def gap() -> AnnouncementGap:
    record_gaps(on=OCTOBER_2)
    return AnnouncementGap.objects.get()


def enter(*documents: tuple[date | None, date | None], **facts) -> MinistryDecision:
    """A decision with one item and legal documents as (day of issue, day of effect)."""
    decision = make_ministry_decision(codes=[CODE], **facts)
    for number, (issued_on, effective_on) in enumerate(documents):
        decision.legal_documents.create(
            number=f"{number}/TT", issued_on=issued_on, effective_on=effective_on
        )
    return decision


def test_the_legal_day_is_5_working_days_before_the_first_text_takes_effect():
    enter((None, date(2024, 10, 15)), (None, date(2024, 9, 20)), (None, None))
    # Friday 20 September; 19, 18, 17, 16 and Friday 13.
    assert gap().legal_due_on == date(2024, 9, 13)


def test_the_ministrys_day_is_20_working_days_before():
    enter((None, date(2024, 9, 20)))
    CalendarDay.objects.create(day=date(2024, 9, 2), kind="day_off", name="2/9", confirmed_at=NOON)
    CalendarDay.objects.create(day=date(2024, 9, 3), kind="day_off", name="2/9")  # proposed only
    # September 19-16, 13-9, 6-3 and August 30-26, 23, 22: 4 + 5 + 4 + 5 + 2.
    assert gap().ministry_due_on == date(2024, 8, 22)


def test_a_shortened_procedure_gives_both_3_days_after_the_text_was_signed():
    enter(
        (date(2024, 9, 12), date(2024, 9, 12)),
        (date(2024, 9, 10), date(2024, 9, 10)),
        shortened_procedure=True,
    )
    # Tuesday 10 September and three days: Friday 13.
    assert (gap().legal_due_on, gap().ministry_due_on) == (date(2024, 9, 13), date(2024, 9, 13))


def test_a_shortened_text_without_its_day_of_issue_counts_from_its_effect():
    enter((None, date(2024, 9, 10)), shortened_procedure=True)
    assert gap().legal_due_on == date(2024, 9, 13)


@pytest.mark.parametrize(
    ("received_on", "due_on"),
    # Ten working days after Thursday 1 August, or Friday 9 August.
    [(None, date(2024, 8, 15)), (date(2024, 8, 9), date(2024, 8, 23))],
)
def test_the_offices_day_counts_from_receipt_else_from_signing(received_on, due_on):
    enter(signed_on=date(2024, 8, 1), received_on=received_on)
    assert gap().office_due_on == due_on


def test_days_that_no_date_gives_stay_empty():
    enter((None, None), signed_on=None)
    row = gap()
    assert (row.legal_due_on, row.office_due_on, row.ministry_due_on) == (None, None, None)


def test_a_rule_that_does_not_hold_on_the_day_gives_no_deadline():
    enter((None, date(2024, 9, 20)))
    DeadlineRule.objects.filter(code="province_announces").update(valid_from=date(2025, 1, 1))
    assert gap().legal_due_on is None


def test_a_year_that_cannot_be_leaves_the_register_of_the_others_alone():
    enter((None, date(9999, 12, 31)), signed_on=date(2024, 8, 1), received_on=date(9999, 12, 31))
    row = gap()
    assert (row.legal_due_on, row.office_due_on) == (None, None)


def test_due_days_follow_when_dates_are_corrected():
    decision = enter((None, date(2024, 9, 20)))
    before = gap().legal_due_on
    decision.legal_documents.update(effective_on=date(2024, 9, 27))
    assert (before, gap().legal_due_on) == (date(2024, 9, 13), date(2024, 9, 20))


def submitted(**facts) -> AnnouncementDecision:
    decision = make_announcement(procedures=[make_procedure(CODE)], **facts)
    # 00:30 of 4 September in the province.
    moment = datetime(2024, 9, 3, 17, 30, tzinfo=UTC)
    return submit_announcement(decision_id=decision.pk, by=None, now=moment)


def test_a_submitted_answer_gives_the_day_of_its_submission_letter():
    enter()
    submitted(submission_on=date(2024, 9, 2))
    assert gap().drafted_on == date(2024, 9, 2)


def test_without_a_letter_it_is_the_day_it_was_submitted():
    enter()
    submitted()
    assert gap().drafted_on == date(2024, 9, 4)


def test_what_was_returned_is_with_the_agency_again():
    enter()
    decision = submitted()
    return_announcement(decision_id=decision.pk, by=None, reason="Thiếu phí", now=NOON)
    assert gap().drafted_on is None


def test_a_draft_is_not_with_the_office_although_its_letter_has_a_day():
    enter()
    make_announcement(procedures=[make_procedure(CODE)], submission_on=date(2024, 9, 2))
    assert gap().drafted_on is None


def test_what_was_submitted_before_the_ministry_spoke_is_no_draft_of_an_answer():
    enter(signed_on=date(2024, 9, 5))
    submitted()
    assert gap().drafted_on is None


def test_an_issued_answer_keeps_the_day_it_was_submitted():
    enter()
    announce(make_procedure(CODE), signed_on=date(2024, 10, 1))
    day = date(2024, 9, 20)
    AnnouncementDecision.objects.update(submission_on=day)
    assert gap().drafted_on == day
    assert gap().closed_on == day + timedelta(days=11)
