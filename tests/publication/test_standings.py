"""A decision lapses on the day from which none of its texts holds any more."""

from datetime import date

import pytest

from publication.actions import withdraw_announcement
from publication.enums import Standing
from publication.standings import lapsed_days, standings
from tests.factories import make_announcement, make_procedure
from tests.publication.acts import NOON, announce

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2024, 9, 2), date(2024, 10, 1)


def test_a_decision_lapses_when_the_last_of_its_texts_is_followed():
    one, other = make_procedure(), make_procedure()
    both = announce(one, other, signed_on=FIRST)
    announce(one, effect="amended", signed_on=SECOND)
    assert lapsed_days([both.pk]) == {}
    announce(other, effect="abolished", signed_on=date(2024, 10, 3))
    assert lapsed_days([both.pk]) == {both.pk: date(2024, 10, 3)}


def test_a_text_set_aside_for_its_own_day_holds_no_day():
    procedure = make_procedure()
    wrong = announce(procedure, signed_on=FIRST)
    right = announce(procedure, effect="amended", signed_on=FIRST)
    assert lapsed_days([wrong.pk, right.pk]) == {wrong.pk: FIRST}


def test_where_decisions_stand_counts_the_day_in():
    procedure = make_procedure()
    before = announce(procedure, signed_on=FIRST)
    after = announce(procedure, effect="amended", signed_on=FIRST, effective_on=SECOND)
    draft = make_announcement(procedures=[procedure])
    eve = standings([before, after, draft], on=date(2024, 9, 30))
    day = standings([before, after, draft], on=SECOND)
    assert eve == {
        before.pk: Standing.IN_FORCE,
        after.pk: Standing.ISSUED,
        draft.pk: Standing.DRAFT,
    }
    assert day == {
        before.pk: Standing.LAPSED,
        after.pk: Standing.IN_FORCE,
        draft.pk: Standing.DRAFT,
    }


def test_what_was_withdrawn_before_its_day_never_ends_a_text():
    procedure = make_procedure()
    before = announce(procedure, signed_on=FIRST)
    coming = announce(procedure, effect="amended", signed_on=SECOND, effective_on=date(2024, 12, 2))
    assert lapsed_days([before.pk]) == {before.pk: date(2024, 12, 2)}
    withdraw_announcement(decision_id=coming.pk, by=None, basis="9/QĐ-UBND", now=NOON)
    assert lapsed_days([before.pk]) == {}


def test_any_number_of_decisions_takes_one_query(django_assert_num_queries):
    decisions = [announce(make_procedure()) for _ in range(3)]
    with django_assert_num_queries(1):
        standings(decisions, on=SECOND)
