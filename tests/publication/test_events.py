"""The log has no gaps, no silent change, and says so when somebody tampered with it."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from publication.enums import EventKind
from publication.events import append_events, verify_chain
from publication.models import EventHead, Listing, PublicationEvent
from tests.factories import make_procedure
from tests.publication.acts import NOON, announce

pytestmark = pytest.mark.django_db


@pytest.fixture
def three_events():
    announce(make_procedure(), make_procedure(), make_procedure())
    return PublicationEvent.objects.order_by("sequence")


def test_sequence_has_no_gaps_and_every_event_carries_the_link_before(three_events):
    assert [event.sequence for event in three_events] == [1, 2, 3]
    assert three_events[0].previous_digest == "0" * 64
    assert three_events[2].previous_digest == three_events[1].digest
    assert list(verify_chain()) == []


@pytest.mark.parametrize(
    ("tamper", "problem"),
    [
        (lambda: PublicationEvent.objects.filter(pk=2).update(code="9.999999"), "đã bị sửa"),
        (lambda: PublicationEvent.objects.filter(pk=2).delete(), "thiếu sự kiện từ 2 đến 2"),
        (lambda: PublicationEvent.objects.filter(pk=3).delete(), "đầu chuỗi không khớp"),
        (lambda: Listing.objects.update(text={"name": "khác"}), "văn bản công khai"),
        (lambda: EventHead.objects.update(sequence=9), "đầu chuỗi không khớp"),
    ],
)
def test_tampering_is_found(three_events, tamper, problem):
    tamper()
    assert problem in " / ".join(fault.problem for fault in verify_chain())


def test_an_event_is_never_saved_again_nor_deleted(three_events):
    event = three_events[0]
    with pytest.raises(TypeError, match="append-only"):
        event.save()
    with pytest.raises(TypeError, match="append-only"):
        event.delete()


def test_a_change_that_is_rolled_back_leaves_no_hole(three_events):
    listing = Listing.objects.first()
    assert listing is not None
    with transaction.atomic():
        append_events([(EventKind.LISTING_PUBLISHED, listing)], now=NOON)
        transaction.set_rollback(True)
    announce(make_procedure(), signed_on=date(2024, 10, 3))
    assert [event.sequence for event in PublicationEvent.objects.all()] == [1, 2, 3, 4]
    assert list(verify_chain()) == []


def test_the_command_says_whole_or_fails_naming_the_link(three_events, capsys):
    call_command("verify_events")
    assert "3 sự kiện" in capsys.readouterr().out
    PublicationEvent.objects.filter(pk=2).update(code="9.999999")
    with pytest.raises(CommandError, match="1 lỗi"):
        call_command("verify_events")
    assert "Sự kiện 2:" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    announce(make_procedure())
    listing = Listing.objects.get()
    with pytest.raises(RuntimeError, match="in the transaction"):
        append_events([(EventKind.LISTING_PUBLISHED, listing)], now=NOON)
