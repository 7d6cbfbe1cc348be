"""What administrators do with a subscriber: secrets, sending again, sending once more."""

import json
from datetime import timedelta

import pytest

from publication.enums import DeliveryState
from publication.models import WebhookDelivery, WebhookSubscription
from publication.webhooks import by_hand
from publication.webhooks.acts import (
    NotPossible,
    enable_subscriber,
    pause_subscriber,
    renew_secret,
    send_again_from,
)
from publication.webhooks.by_hand import send_once_more, send_test
from publication.webhooks.claims import claim, settle
from publication.webhooks.posting import Answer
from publication.webhooks.sending import send
from tests.factories import make_procedure
from tests.publication.acts import NOON, announce
from tests.publication.webhooks.moments import now_of, push_at

pytestmark = pytest.mark.django_db


def test_while_two_secrets_are_valid_both_sign(receiver, enrolled, administrator):
    subscription, old = enrolled
    _row, new = renew_secret(subscription_id=subscription.pk, by=administrator, now=NOON)
    is_signed = receiver.script["is_signed"]
    for moment, both in ((NOON, True), (NOON + timedelta(hours=24), False)):
        send_test(subscription_id=subscription.pk, by=administrator, now=moment)
        headers, body = receiver.got[-1]
        assert is_signed(headers, body, new, moment.timestamp())
        assert is_signed(headers, body, old, moment.timestamp()) == both
    subscription.refresh_from_db()
    kept = json.dumps(
        [*WebhookSubscription.objects.values(), *subscription.history.values()], default=str
    )
    assert old not in kept
    assert new not in kept


def test_a_new_key_of_the_portal_opens_old_secrets_as_long_as_it_names_the_old_key(
    receiver, enrolled, settings
):
    _subscription, secret = enrolled
    announce(make_procedure())
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-key"
    push_at(NOON)
    assert WebhookDelivery.objects.get().error.startswith("Không đọc được khóa ký")
    assert receiver.got == []
    settings.SECRET_KEY_FALLBACKS = [old]
    assert push_at(NOON + timedelta(minutes=1)) == {DeliveryState.DELIVERED: 1}
    headers, body = receiver.got[0]
    moment = int(headers["webhook-timestamp"])
    assert receiver.script["is_signed"](headers, body, secret, moment)


def test_changes_are_sent_again_from_a_number_and_one_message_under_its_key(
    receiver, enrolled, administrator
):
    subscription, _secret = enrolled
    announce(make_procedure())
    announce(make_procedure())
    push_at(NOON)
    send_again_from(subscription_id=subscription.pk, first=2, by=administrator, now=NOON)
    push_at(NOON)
    first, second = receiver.got
    assert json.loads(second[1])["data"]["after"] == 1
    assert first[0]["webhook-id"] != second[0]["webhook-id"]
    delivery = WebhookDelivery.objects.earliest("pk")
    send_once_more(delivery_id=delivery.pk, by=administrator, now=NOON)
    assert receiver.got[2][1] == first[1]
    assert receiver.got[2][0]["webhook-id"] == first[0]["webhook-id"]
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.DELIVERED, 2)


def test_a_message_that_a_dead_worker_left_does_not_bar_sending_from_a_number(
    receiver, enrolled, administrator
):
    subscription, _secret = enrolled
    announce(make_procedure())
    left = claim(subscription.pk, now=NOON)
    assert left is not None
    pause_subscriber(subscription_id=subscription.pk, by=administrator)
    facts = {"subscription_id": subscription.pk, "first": 1, "by": administrator}
    with pytest.raises(NotPossible):
        send_again_from(**facts, now=NOON + timedelta(minutes=1))
    send_again_from(**facts, now=NOON + timedelta(minutes=2))
    assert WebhookDelivery.objects.get().state == DeliveryState.DROPPED
    assert settle(left, Answer(204, ""), now=NOON) is None
    assert now_of(subscription).sequence == 0
    enable_subscriber(subscription_id=subscription.pk, by=administrator, now=NOON)
    assert push_at(NOON) == {DeliveryState.DELIVERED: 1}
    assert len(set(receiver.keys())) == 1


def test_sending_one_message_twice_at_once_counts_both(
    receiver, enrolled, administrator, monkeypatch
):
    announce(make_procedure())
    push_at(NOON)
    delivery = WebhookDelivery.objects.get()

    def send_beside(attempt):
        monkeypatch.setattr(by_hand, "send", send)
        send_once_more(delivery_id=delivery.pk, by=administrator, now=NOON)
        return Answer(503, "Trả lời 503.", 7)

    monkeypatch.setattr(by_hand, "send", send_beside)
    sent = send_once_more(delivery_id=delivery.pk, by=administrator, now=NOON)
    assert (sent.attempts, sent.state) == (3, DeliveryState.DELIVERED)
    assert (sent.status, sent.error) == (503, "Trả lời 503.")
