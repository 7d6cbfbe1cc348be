"""What a ministry has ended and the province still offers is named, with its days."""

from datetime import date, timedelta

import pytest

from publication.contradictions import find_contradictions
from publication.models import MinistryDecision, MinistryItem
from tests.factories import make_ministry_decision, make_procedure
from tests.publication.acts import NOON, announce

pytestmark = pytest.mark.django_db
OCTOBER_7 = date(2024, 10, 7)
CODE = "1.900001"


def offered(code: str = CODE, **facts):
    return announce(make_procedure(code), **{"signed_on": date(2024, 7, 1), **facts})


def ended(effect: str = "abolished", code: str = CODE, **facts) -> MinistryDecision:
    return make_ministry_decision(codes=[code], effect=effect, **facts)


def codes(on: date = OCTOBER_7) -> list[str]:
    return [row.listing.code for row in find_contradictions(on=on)]


def test_an_abolished_procedure_that_is_still_offered_is_named_with_its_days():
    decision = offered()
    ministry = ended(signed_on=date(2024, 8, 1))
    found = find_contradictions(on=OCTOBER_7)[0]
    assert found.ministry_decision == ministry
    assert found.ending.ended_on == date(2024, 8, 1)
    assert (found.listing.decision, found.was_announced_after) == (decision, False)


def test_what_was_announced_after_its_end_is_told_as_such():
    ended(signed_on=date(2024, 8, 1))
    offered(signed_on=date(2024, 9, 3))
    assert find_contradictions(on=OCTOBER_7)[0].was_announced_after


def test_what_is_about_to_be_offered_counts_too():
    ended(signed_on=date(2024, 8, 1))
    offered(signed_on=date(2024, 9, 3), effective_on=OCTOBER_7 + timedelta(days=9))
    assert codes() == [CODE]


def test_what_another_code_replaces_has_ended():
    offered()
    ministry = ended("replaced", "1.900002", signed_on=date(2024, 8, 1))
    ministry.items.update(replaces_codes=[CODE])
    found = find_contradictions(on=OCTOBER_7)[0]
    assert (found.listing.code, found.ending.replaced_by) == (CODE, "1.900002")


def test_an_ending_counts_from_the_day_its_text_takes_effect():
    offered()
    ministry = ended(signed_on=date(2024, 8, 1))
    ministry.legal_documents.create(number="1/NĐ", effective_on=date(2024, 10, 15))
    ministry.legal_documents.create(number="2/NĐ", effective_on=OCTOBER_7)
    assert codes(OCTOBER_7 - timedelta(days=1)) == []
    assert codes(OCTOBER_7) == [CODE]


def test_what_the_province_has_ended_too_is_no_contradiction():
    procedure = make_procedure(CODE)
    announce(procedure, signed_on=date(2024, 7, 1))
    ended(signed_on=date(2024, 8, 1))
    announce(procedure, effect="abolished", signed_on=date(2024, 9, 3))
    assert codes() == []


def test_what_a_ministry_announced_anew_is_no_contradiction():
    offered()
    ended(signed_on=date(2024, 8, 1))
    again = ended("new", signed_on=date(2024, 7, 1))
    assert codes() == [CODE]
    MinistryDecision.objects.filter(pk=again.pk).update(signed_on=date(2024, 9, 1))
    assert codes() == []


@pytest.mark.parametrize("facts", [{"is_proposed": True}, {"signed_on": date(2024, 11, 1)}])
def test_an_ending_not_confirmed_or_not_yet_signed_is_none(facts):
    offered()
    ended(**facts)
    assert codes() == []


def test_an_ending_that_does_not_apply_in_the_province_is_none():
    offered()
    ended()
    MinistryItem.objects.update(
        not_applicable_reason="Tỉnh có thủ tục riêng", not_applicable_approved_at=NOON
    )
    assert codes() == []


def test_amendments_contradict_nothing():
    offered()
    ended("amended")
    assert codes() == []


def test_the_oldest_ending_comes_first():
    for code in (CODE, "1.900002", "1.900003"):
        offered(code)
    ended(signed_on=date(2024, 8, 2))
    ended(code="1.900003", signed_on=date(2024, 8, 1))
    ended(code="1.900002", signed_on=date(2024, 8, 2))
    assert codes() == ["1.900003", CODE, "1.900002"]


def test_finding_takes_the_same_queries_for_1_and_3(django_assert_num_queries):
    offered()
    ended()
    with django_assert_num_queries(5):
        codes()
    for code in ("1.900002", "1.900003"):
        offered(code)
        ended(code=code)
    with django_assert_num_queries(5):
        assert len(codes()) == 3
