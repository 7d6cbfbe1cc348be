"""Announcing: what is frozen is what is issued, and a decision is seen whole or not at all."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from publication.actions import (
    approve_announcement,
    issue_announcement,
    return_announcement,
    submit_announcement,
)
from publication.announced_text import freeze_text
from publication.checks import DecisionRefused
from publication.enums import DecisionStatus, EventKind, ListingState
from publication.lifecycle import IllegalMove
from publication.listings import bring_into_force
from publication.models import AnnouncementDecision, Listing, ListingShelf, PublicationEvent
from tests.factories import make_announcement, make_content, make_procedure
from tests.publication.acts import NOON, announce, issue

pytestmark = pytest.mark.django_db


def kinds() -> list[tuple[str, str]]:
    return list(PublicationEvent.objects.values_list("kind", "code"))


def test_issuing_publishes_the_frozen_text_of_every_item():
    first, second = make_procedure("1.900001"), make_procedure("1.900002")
    decision = announce(first, second)
    listings = Listing.objects.current().order_by("code")
    assert [(row.code, row.state, row.valid_from) for row in listings] == [
        ("1.900001", ListingState.OFFERED, date(2024, 10, 3)),
        ("1.900002", ListingState.OFFERED, date(2024, 10, 3)),
    ]
    assert listings[0].text == freeze_text(first).to_json()
    assert listings[0].digest == freeze_text(first).digest
    assert decision.status == DecisionStatus.ISSUED
    assert decision.slug == f"{decision.pk}-qd-ubnd-2024"
    assert kinds() == [
        (EventKind.LISTING_PUBLISHED, "1.900001"),
        (EventKind.LISTING_PUBLISHED, "1.900002"),
    ]


def test_register_edits_after_submission_wait_for_the_next_decision():
    procedure = make_procedure(name="Tên đã trình")
    decision = make_announcement(procedures=[procedure])
    submit_announcement(decision_id=decision.pk, by=None, now=NOON)
    approve_announcement(decision_id=decision.pk, by=None, now=NOON)
    procedure.name = "Tên sửa sau khi trình"
    procedure.save()
    issue_announcement(
        decision_id=decision.pk,
        by=None,
        number="15/QĐ-UBND",
        signed_on=date(2024, 10, 3),
        signed_by="Chủ tịch",
        effective_on=date(2024, 10, 3),
        now=NOON,
    )
    assert Listing.objects.current().get().name == "Tên đã trình"


def test_an_amendment_supersedes_the_text_and_keeps_it_as_history():
    procedure = make_procedure("1.900003")
    announce(procedure, signed_on=date(2024, 10, 3))
    procedure.content = make_content(summary="Bản sửa đổi.")
    procedure.save()
    announce(procedure, effect="amended", signed_on=date(2024, 11, 1), now=NOON + timedelta(30))
    old, new = Listing.objects.order_by("valid_from")
    assert (old.is_current, new.is_current) == (False, True)
    assert new.text["content"]["summary"] == "Bản sửa đổi."
    assert list(Listing.objects.valid(on=date(2024, 10, 31))) == [old]
    assert list(Listing.objects.valid(on=date(2024, 11, 1))) == [new]
    assert [kind for kind, _ in kinds()] == [
        EventKind.LISTING_PUBLISHED,
        EventKind.LISTING_SUPERSEDED,
        EventKind.LISTING_PUBLISHED,
    ]


def test_an_abolition_keeps_the_last_text_and_leaves_the_lists():
    procedure = make_procedure("1.900004")
    announce(procedure)
    announce(procedure, effect="abolished", signed_on=date(2024, 12, 2), now=NOON + timedelta(60))
    ended = Listing.objects.current().get()
    assert ended.state == ListingState.ABOLISHED
    assert ended.text["name"] == procedure.name
    assert not ListingShelf.objects.filter(is_current=True).exists()
    procedure.refresh_from_db()
    assert procedure.abolished_on == date(2024, 12, 2)


def test_a_replacement_ends_the_old_procedures_and_names_the_successor():
    old, new = make_procedure("1.900005"), make_procedure("1.900006")
    announce(old)
    decision = make_announcement(procedures=[new], effect="replaced")
    decision.items.get().replaces.add(old)
    issue(decision, signed_on=date(2024, 11, 1), now=NOON + timedelta(29))
    ended = Listing.objects.current().get(code="1.900005")
    assert (ended.state, ended.successors) == (ListingState.ABOLISHED, ["1.900006"])
    assert Listing.objects.current().get(code="1.900006").state == ListingState.OFFERED
    assert list(old.successors.all()) == [new]


def test_one_procedure_replaced_by_two_ends_once_and_names_both():
    old = make_procedure("1.900005")
    parts = [make_procedure("1.900006"), make_procedure("1.900007")]
    announce(old)
    decision = make_announcement(procedures=parts, effect="replaced")
    for item in decision.items.all():
        item.replaces.add(old)
    issue(decision, signed_on=date(2024, 11, 1), now=NOON + timedelta(29))
    ended = Listing.objects.current().get(code="1.900005")
    assert ended.successors == ["1.900006", "1.900007"]
    assert set(old.successors.all()) == set(parts)


def test_a_future_decision_is_public_from_its_day_and_not_before():
    procedure = make_procedure()
    announce(procedure, signed_on=date(2024, 10, 3), effective_on=date(2024, 10, 10))
    assert not Listing.objects.current().exists()
    assert PublicationEvent.objects.count() == 0
    eve = datetime(2024, 10, 9, 16, 59, tzinfo=UTC)
    assert bring_into_force(on=date(2024, 10, 9), now=eve) == []
    midnight = eve + timedelta(minutes=1)
    assert len(bring_into_force(on=date(2024, 10, 10), now=midnight)) == 1
    assert bring_into_force(on=date(2024, 10, 10), now=midnight) == []
    assert Listing.objects.current().get().in_force_at == midnight
    assert PublicationEvent.objects.count() == 1


def test_a_second_decision_for_the_same_day_sets_the_first_aside_by_name():
    procedure = make_procedure()
    announce(procedure, signed_on=date(2024, 10, 3))
    announce(procedure, effect="amended", signed_on=date(2024, 10, 3))
    first, second = Listing.objects.order_by("pk")
    assert (first.set_aside_by, first.is_current) == (second, False)
    assert (second.set_aside_by, second.is_current) == (None, True)
    assert list(Listing.objects.valid(on=date(2024, 10, 3))) == [second]
    assert EventKind.LISTING_SET_ASIDE in [kind for kind, _ in kinds()]


def test_an_abolition_entered_after_a_newer_text_ends_nothing_in_the_register():
    procedure = make_procedure()
    announce(procedure, signed_on=date(2024, 9, 2))
    announce(procedure, effect="amended", signed_on=date(2024, 10, 3))
    announce(procedure, effect="abolished", signed_on=date(2024, 9, 10))
    procedure.refresh_from_db()
    assert procedure.abolished_on is None
    assert Listing.objects.current().get().state == ListingState.OFFERED


def test_a_decision_entered_after_a_newer_one_becomes_history_at_once():
    procedure = make_procedure()
    announce(procedure, signed_on=date(2024, 10, 3))
    announce(procedure, effect="amended", signed_on=date(2024, 9, 2))
    newer, older = Listing.objects.order_by("pk")
    assert (newer.is_current, older.is_current) == (True, False)
    assert older.in_force_at == NOON
    assert list(Listing.objects.valid(on=date(2024, 9, 30))) == [older]


@pytest.mark.parametrize("effect", ["new", "amended", "abolished"])
def test_what_the_public_sees_today_is_what_the_dates_say(effect: str):
    procedures = [make_procedure() for _ in range(3)]
    announce(*procedures, signed_on=date(2024, 9, 2))
    if effect != "new":
        announce(*procedures[:2], effect=effect, signed_on=date(2024, 10, 1))
    today = date(2024, 10, 3)
    assert set(Listing.objects.current()) == set(Listing.objects.valid(on=today))


def test_a_refused_issue_leaves_nothing_behind():
    procedure = make_procedure()
    announce(procedure, number="77/QĐ-UBND")
    rival = make_announcement(
        procedures=[make_procedure()], issuer=AnnouncementDecision.objects.get().issuer
    )
    before = (Listing.objects.count(), PublicationEvent.objects.count())
    with pytest.raises(IntegrityError):
        issue(rival, number="77/QĐ-UBND")
    rival.refresh_from_db()
    assert (rival.status, rival.slug, rival.number) == (DecisionStatus.APPROVED, None, "")
    assert (Listing.objects.count(), PublicationEvent.objects.count()) == before


def test_a_decision_is_issued_from_the_day_it_is_signed_as_the_province_counts_days():
    late_in_the_evening = datetime(2024, 10, 3, 16, 59, tzinfo=UTC)
    decision = make_announcement(procedures=[make_procedure()])
    submit_announcement(decision_id=decision.pk, by=None, now=NOON)
    approve_announcement(decision_id=decision.pk, by=None, now=NOON)
    facts: dict[str, Any] = {
        "decision_id": decision.pk,
        "by": None,
        "number": "15/QĐ-UBND",
        "signed_on": date(2024, 10, 4),
        "signed_by": "Chủ tịch",
        "effective_on": date(2024, 10, 4),
    }
    with pytest.raises(DecisionRefused, match="Ngày ký 04/10/2024 ở sau hôm nay"):
        issue_announcement(**facts, now=late_in_the_evening)
    decision.refresh_from_db()
    assert (decision.status, decision.signed_on) == (DecisionStatus.APPROVED, None)
    issue_announcement(**facts, now=late_in_the_evening + timedelta(minutes=1))
    assert Listing.objects.current().get().valid_from == date(2024, 10, 4)


@pytest.mark.parametrize(
    ("effect", "offered_before", "message"),
    [
        ("new", True, "không thể “mới ban hành”"),
        ("abolished", False, "không có bản công khai nào để bãi bỏ"),
    ],
)
def test_an_effect_that_contradicts_what_is_public_is_refused(effect, offered_before, message):
    procedure = make_procedure("1.900010")
    if offered_before:
        announce(procedure, signed_on=date(2024, 9, 2))
    decision = make_announcement(procedures=[procedure], effect=effect)
    with pytest.raises(DecisionRefused, match=message) as refused:
        submit_announcement(decision_id=decision.pk, by=None, now=NOON)
    assert (refused.value.findings[0].row, refused.value.findings[0].code) == (1, "1.900010")


def test_a_decision_without_items_cannot_be_submitted():
    with pytest.raises(DecisionRefused, match="chưa có thủ tục nào"):
        submit_announcement(decision_id=make_announcement().pk, by=None, now=NOON)


def test_a_returned_decision_lets_its_frozen_texts_go():
    decision = make_announcement(procedures=[make_procedure()])
    submit_announcement(decision_id=decision.pk, by=None, now=NOON)
    returned = return_announcement(decision_id=decision.pk, by=None, reason="thiếu phí", now=NOON)
    item = returned.items.get()
    assert (returned.status, returned.frozen_digest) == (DecisionStatus.RETURNED, "")
    assert returned.return_remarks == "thiếu phí"
    assert (item.frozen_text, item.frozen_digest) == (None, "")


@pytest.mark.parametrize(
    "act",
    [
        lambda pk: submit_announcement(decision_id=pk, by=None, now=NOON),
        lambda pk: return_announcement(decision_id=pk, by=None, reason="", now=NOON),
    ],
)
def test_an_issued_decision_cannot_move_again(act):
    decision = announce(make_procedure())
    with pytest.raises(IllegalMove, match="Đã ban hành"):
        act(decision.pk)


def test_an_announced_procedure_can_come_back_after_its_abolition():
    procedure = make_procedure()
    announce(procedure, signed_on=date(2024, 9, 3))
    announce(procedure, effect="abolished", signed_on=date(2024, 9, 10))
    procedure.refresh_from_db()
    announce(procedure, effect="new", signed_on=date(2024, 10, 3))
    procedure.refresh_from_db()
    assert Listing.objects.current().get().state == ListingState.OFFERED
    assert procedure.abolished_on is None


def test_two_decisions_of_one_number_and_year_get_different_addresses():
    first = announce(make_procedure(), number="5/QĐ-UBND")
    second = announce(make_procedure(), number="5/QĐ-UBND")
    assert (first.slug, second.slug) == ("5-qd-ubnd-2024", "5-qd-ubnd-2024-2")


@pytest.mark.parametrize("effect", ["new", "amended"])
def test_issuing_takes_the_same_queries_for_1_and_3_items(
    effect: str, django_assert_max_num_queries
):
    def prepared(count: int) -> AnnouncementDecision:
        procedures = [make_procedure() for _ in range(count)]
        if effect == "amended":
            announce(*procedures, signed_on=date(2024, 9, 3))
        decision = make_announcement(procedures=procedures, effect=effect)
        submit_announcement(decision_id=decision.pk, by=None, now=NOON)
        approve_announcement(decision_id=decision.pk, by=None, now=NOON)
        return decision

    def finish(decision: AnnouncementDecision) -> None:
        issue_announcement(
            decision_id=decision.pk,
            by=None,
            number=f"{decision.pk}/QĐ-UBND",
            signed_on=date(2024, 10, 3),
            signed_by="Chủ tịch",
            effective_on=date(2024, 10, 3),
            now=NOON,
        )

    announce(make_procedure())  # the first event of all lays the head of the chain
    one, three = prepared(1), prepared(3)
    with django_assert_max_num_queries(60) as once:
        finish(one)
    with django_assert_max_num_queries(60) as thrice:
        finish(three)
    assert len(thrice) == len(once)
