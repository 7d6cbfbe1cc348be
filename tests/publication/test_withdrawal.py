"""A withdrawn decision: what held before holds again, and nothing that was public is forgotten."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from catalog.models import Procedure
from publication.actions import issue_announcement, withdraw_announcement
from publication.enums import EventKind, ListingOrigin, ListingState
from publication.events import verify_chain
from publication.lifecycle import IllegalMove
from publication.listings import bring_into_force
from publication.models import AnnouncementDecision, Listing, PublicationEvent
from tests.factories import make_announcement, make_procedure
from tests.publication.acts import announce, issue

pytestmark = pytest.mark.django_db
LATER = datetime(2024, 10, 7, 3, 0, tzinfo=UTC)  # Monday morning in the province


def withdraw(decision: AnnouncementDecision, *, now: datetime = LATER) -> AnnouncementDecision:
    return withdraw_announcement(
        decision_id=decision.pk, by=None, basis="Quyết định 99/QĐ-UBND", now=now
    )


def test_the_text_before_it_holds_again_and_stands_on_its_own_decision():
    procedure = make_procedure("1.900001", name="Tên cũ")
    first = announce(procedure, signed_on=date(2024, 9, 3))
    procedure.name = "Tên sai"
    procedure.save()
    wrong = announce(procedure, effect="amended", signed_on=date(2024, 10, 3))
    withdraw(wrong)
    shown = Listing.objects.current().get()
    assert (shown.name, shown.decision, shown.valid_from) == ("Tên cũ", first, date(2024, 10, 7))
    assert (shown.origin, shown.state) == (ListingOrigin.WITHDRAWAL, ListingState.OFFERED)
    assert Listing.objects.get(decision=wrong).text["name"] == "Tên sai"


def test_what_it_announced_first_ends():
    procedure = make_procedure("1.900001")
    withdraw(announce(procedure))
    procedure.refresh_from_db()
    assert Listing.objects.current().get().state == ListingState.ABOLISHED
    assert procedure.abolished_on == date(2024, 10, 7)


def test_what_it_ended_is_offered_again():
    procedure = make_procedure("1.900001")
    announce(procedure, signed_on=date(2024, 9, 3))
    withdraw(announce(procedure, effect="abolished"))
    procedure.refresh_from_db()
    assert Listing.objects.current().get().state == ListingState.OFFERED
    assert procedure.abolished_on is None


def replace(old: Procedure, new: Procedure, **facts: Any) -> AnnouncementDecision:
    decision = make_announcement(procedures=[new], effect="replaced")
    decision.items.get().replaces.add(old)
    return issue(decision, **facts)


def test_what_it_replaced_has_no_successor_any_more():
    old, new = make_procedure("1.900001"), make_procedure("1.900002")
    announce(old, signed_on=date(2024, 9, 3))
    withdraw(replace(old, new))
    old.refresh_from_db()
    assert (list(old.successors.all()), old.abolished_on) == ([], None)


def test_a_successor_that_another_decision_names_too_stays():
    old, new = make_procedure("1.900001"), make_procedure("1.900002")
    replace(old, new, signed_on=date(2024, 9, 3))
    withdraw(replace(old, new))
    old.refresh_from_db()
    assert (list(old.successors.all()), old.abolished_on) == ([new], date(2024, 9, 3))


def test_what_was_never_announced_is_not_ended_by_a_withdrawn_replacement():
    old, new = make_procedure("1.900001"), make_procedure("1.900002")
    withdraw(replace(old, new))
    old.refresh_from_db()
    assert old.abolished_on is None


def test_an_end_to_come_is_taken_back_in_the_register_too():
    procedure = make_procedure("1.900001")
    announce(procedure, signed_on=date(2024, 9, 3))
    withdraw(announce(procedure, effect="abolished", effective_on=date(2024, 11, 1)))
    procedure.refresh_from_db()
    assert procedure.abolished_on is None


def test_texts_whose_day_has_not_come_are_taken_back_without_a_word_to_the_public():
    procedure = make_procedure("1.900001")
    first = announce(procedure, signed_on=date(2024, 9, 3))
    events = PublicationEvent.objects.count()
    coming = announce(procedure, effect="amended", effective_on=date(2024, 11, 1))
    withdraw(coming)
    bring_into_force(on=date(2024, 11, 2), now=datetime(2024, 11, 2, 3, tzinfo=UTC))
    assert Listing.objects.current().get().decision == first
    assert PublicationEvent.objects.count() == events
    assert Listing.objects.get(decision=coming).withdrawn_at == LATER


def test_a_text_set_aside_by_a_coming_one_stands_again():
    procedure = make_procedure("1.900001")
    first = announce(procedure, effective_on=date(2024, 11, 1))
    second = announce(procedure, effect="amended", effective_on=date(2024, 11, 1))
    withdraw(second)
    bring_into_force(on=date(2024, 11, 1), now=datetime(2024, 11, 1, 3, tzinfo=UTC))
    assert Listing.objects.current().get().decision == first


def test_what_a_later_decision_superseded_stays_history():
    procedure = make_procedure("1.900001")
    first = announce(procedure, signed_on=date(2024, 9, 3))
    second = announce(procedure, effect="amended")
    withdraw(first)
    assert Listing.objects.current().get().decision == second


def test_withdrawn_on_its_first_day_it_is_set_aside_by_name():
    procedure = make_procedure("1.900001")
    first = announce(procedure, signed_on=date(2024, 9, 3))
    wrong = announce(procedure, effect="amended")
    withdraw(wrong, now=datetime(2024, 10, 3, 9, 0, tzinfo=UTC))
    shown = Listing.objects.current().get()
    assert (shown.decision, shown.valid_from) == (first, date(2024, 10, 3))
    assert Listing.objects.get(decision=wrong).set_aside_by == shown


@pytest.mark.parametrize("second_on", [date(2024, 9, 10), date(2024, 9, 3)])
def test_a_withdrawn_text_never_holds_again_whether_it_followed_or_set_aside(second_on):
    procedure = make_procedure("1.900001")
    first = announce(procedure, signed_on=date(2024, 9, 3))
    second = announce(procedure, effect="amended", signed_on=second_on)
    third = announce(procedure, effect="amended", signed_on=date(2024, 10, 3))
    withdraw(second)
    withdraw(third)
    assert Listing.objects.current().get().decision == first


def test_nothing_holds_again_once_the_text_that_came_back_is_withdrawn_too():
    procedure = make_procedure("1.900001")
    first = announce(procedure, signed_on=date(2024, 9, 3))
    withdraw(announce(procedure, effect="amended"))
    withdraw(first, now=datetime(2024, 10, 8, 3, tzinfo=UTC))
    assert Listing.objects.current().get().state == ListingState.ABOLISHED


def test_of_coming_texts_of_one_day_a_withdrawn_one_never_stands_again():
    procedure = make_procedure("1.900001")
    coming = date(2024, 11, 1)
    announced = [announce(procedure, effect="amended", effective_on=coming) for _ in range(3)]
    withdraw(announced[1])
    assert Listing.objects.standing().get().decision == announced[2]
    withdraw(announced[2])
    bring_into_force(on=coming, now=datetime(2024, 11, 1, 3, tzinfo=UTC))
    assert Listing.objects.current().get().decision == announced[0]


def test_coming_texts_of_one_day_that_are_all_withdrawn_are_never_public():
    procedure = make_procedure("1.900001")
    coming = date(2024, 11, 1)
    announced = [announce(procedure, effect="amended", effective_on=coming) for _ in range(2)]
    withdraw(announced[0])
    withdraw(announced[1])
    assert bring_into_force(on=coming, now=datetime(2024, 11, 1, 3, tzinfo=UTC)) == []


def test_a_text_due_on_the_day_of_withdrawal_is_public_though_nobody_was_told_yet():
    procedure = make_procedure("1.900001")
    announce(procedure, signed_on=date(2024, 9, 3))
    wrong = announce(procedure, effect="amended")
    due = announce(procedure, effect="amended", effective_on=date(2024, 10, 7))
    withdraw(wrong)
    assert Listing.objects.current().get().decision == due
    assert list(verify_chain()) == []


def test_the_chain_is_whole_and_tells_what_happened():
    procedure = make_procedure("1.900001")
    announce(procedure, signed_on=date(2024, 9, 3))
    withdraw(announce(procedure, effect="amended"))
    assert list(verify_chain()) == []
    kinds = list(PublicationEvent.objects.order_by("sequence").values_list("kind", flat=True))
    assert kinds[-2:] == [EventKind.LISTING_SUPERSEDED, EventKind.LISTING_PUBLISHED]


def test_a_withdrawn_decision_moves_no_more():
    decision = withdraw(announce(make_procedure()))
    assert (decision.withdrawn_on, decision.withdrawal_basis) == (
        date(2024, 10, 7),
        "Quyết định 99/QĐ-UBND",
    )
    with pytest.raises(IllegalMove):
        withdraw(decision)
    with pytest.raises(IllegalMove):
        issue_announcement(
            decision_id=decision.pk,
            by=None,
            number="1/QĐ-UBND",
            signed_on=date(2024, 10, 7),
            signed_by="Chủ tịch",
            effective_on=date(2024, 10, 7),
            now=LATER,
        )
