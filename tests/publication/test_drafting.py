"""A draft of the province's answer holds what no decision answers."""

from datetime import UTC, date, datetime

import pytest

from catalog.enums import AgencyKind
from publication.actions import withdraw_announcement
from publication.drafting import NothingToDraft, draft_answer
from publication.models import AnnouncementDecision, MinistryDecision
from tests.factories import make_agency, make_ministry_decision, make_procedure
from tests.publication.acts import issue

pytestmark = pytest.mark.django_db
LATER = datetime(2024, 10, 7, 3, 0, tzinfo=UTC)


@pytest.fixture
def ministry() -> MinistryDecision:
    make_agency("Ủy ban nhân dân tỉnh", kind=AgencyKind.PROVINCE)
    make_procedure("1.900001")
    return make_ministry_decision(codes=["1.900001"])


def draft(ministry: MinistryDecision) -> AnnouncementDecision:
    return draft_answer(ministry_decision_id=ministry.pk, by=None, on=date(2024, 10, 8)).decision


def test_what_a_draft_answers_already_is_not_drafted_twice(ministry):
    draft(ministry)
    with pytest.raises(NothingToDraft):
        draft(ministry)


def test_what_a_withdrawn_decision_answered_is_drafted_again(ministry):
    wrong = issue(draft(ministry))
    withdraw_announcement(decision_id=wrong.pk, by=None, basis="99/QĐ-UBND", now=LATER)
    again = draft(ministry)
    assert [item.answers for item in again.items.all()] == [ministry.items.get()]
    with pytest.raises(NothingToDraft):
        draft(ministry)
