"""Several workers send at once: each change goes out in order, none is sent by two."""

import json

import pytest
from django.db import connection

from publication.change_feed import read_head
from publication.models import WebhookSubscription
from publication.webhooks.pushing import push
from tests.at_once import at_once
from tests.factories import make_procedure
from tests.publication.acts import NOON, announce

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="states a fact of PostgreSQL"),
    pytest.mark.django_db(transaction=True),
]


def test_four_workers_send_each_change_once_and_in_order(receiver, enrolled, settings):
    settings.PORTAL_WEBHOOK_BATCH = 1
    announce(*(make_procedure() for _number in range(12)))
    head = read_head().sequence
    done = at_once(lambda: push(clock=lambda: NOON))
    assert sum(count.get("delivered", 0) for count in done) == head
    assert {state for count in done for state in count} == {"delivered"}
    sent = [json.loads(body)["data"]["through"] for _headers, body in receiver.got]
    assert sent == list(range(1, head + 1))
    assert WebhookSubscription.objects.get().sequence == head
