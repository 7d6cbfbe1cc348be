"""What the database refuses of subscribers and messages, whoever writes."""

import pytest
from django.db import IntegrityError, transaction

from publication.models import WebhookDelivery, WebhookSubscription
from publication.webhooks.claims import claim
from tests.factories import make_procedure
from tests.publication.acts import NOON, announce

pytestmark = pytest.mark.django_db


def refused(write, **facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        write(**facts)


@pytest.mark.parametrize(
    "facts",
    [
        {"url": "ftp://nhan.example/"},
        {"state": "disabled"},
        {"disabled_at": NOON},
        {"failures": 1},
        {"failing_since": NOON},
        {"previous_secret": "x"},
        {"previous_until": NOON},
    ],
)
def test_a_subscriber_with_half_a_fact_cannot_be_written(enrolled, facts):
    refused(WebhookSubscription.objects.update, **facts)


def test_an_agency_enrols_an_address_once(enrolled):
    row = WebhookSubscription.objects.values("agency_id", "url", "secret", "created_at").get()
    refused(WebhookSubscription.objects.create, label="Khác", **row)


@pytest.mark.parametrize(
    "facts", [{"first": None}, {"last": None}, {"first": 0}, {"last": 0}, {"state": "waiting"}]
)
def test_a_message_of_no_stretch_or_that_waits_for_ever_cannot_be_written(enrolled, facts):
    announce(make_procedure())
    assert claim(enrolled[0].pk, now=NOON)
    refused(WebhookDelivery.objects.update, **facts)


def test_a_subscriber_has_one_open_message_and_as_many_settled_ones_as_were_sent(enrolled):
    announce(make_procedure())
    assert claim(enrolled[0].pk, now=NOON)
    row = WebhookDelivery.objects.values(
        *("subscription_id", "first", "last", "created_at", "tried_at")
    ).get()
    refused(WebhookDelivery.objects.create, key="msg_2", state="sending", **row)
    for key in ("msg_3", "msg_4"):
        WebhookDelivery.objects.create(key=key, state="delivered", **row)
    assert WebhookDelivery.objects.count() == 3
