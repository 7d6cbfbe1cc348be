"""Changes sent to subscribers: each once or twice under one key, in order, none skipped."""

import json
import threading
from contextlib import suppress
from datetime import timedelta
from http.server import HTTPServer
from itertools import pairwise
from random import Random

import pytest
from django.core import mail
from django.utils.timezone import now

from publication.change_feed import changes_after, read_head
from publication.enums import DeliveryState, WebhookState
from publication.models import WebhookDelivery, WebhookSubscription
from publication.sending import send_notices
from publication.webhooks import pushing
from publication.webhooks.acts import (
    enable_subscriber,
    enrol_subscriber,
    pause_subscriber,
)
from publication.webhooks.claims import claim, due_subscriptions, settle
from publication.webhooks.pushing import push
from publication.webhooks.sending import send
from publication.webhooks.signing import new_secret
from tests.factories import make_agency, make_procedure
from tests.publication.acts import NOON, announce
from tests.publication.api.following import lines, whole_list
from tests.publication.api.test_api_changes import tell_a_history
from tests.publication.webhooks.moments import now_of, push_at

pytestmark = pytest.mark.django_db


def second(enrolled, administrator):
    """Another agency's system at the same address, enrolled after the first."""
    facts = {"label": "Hệ thống khác", "url": enrolled[0].url, "after": 0, "now": NOON}
    return enrol_subscriber(agency=make_agency("Sở Nội vụ"), by=administrator, **facts)[0]


def push_until_taken(moment=NOON, *, hours=47):
    """The timetable, without waiting: at every moment at which something is due."""
    end = moment + timedelta(hours=hours)
    while push_at(moment) and moment < end:
        waiting = WebhookDelivery.objects.filter(state=DeliveryState.WAITING)
        moments = [row.next_attempt_at for row in waiting if row.next_attempt_at]
        if not moments:
            return moment
        moment = min(moments)
    return moment


def test_changes_are_sent_signed_and_as_the_api_tells_them(receiver, enrolled):
    subscription, secret = enrolled
    tell_a_history()
    assert push_at(NOON) == {DeliveryState.DELIVERED: 1}
    ((headers, body),) = receiver.got
    head = read_head().sequence
    told = ",".join(change.line for change in changes_after(0, limit=head))
    data = f'{{"after":0,"through":{head},"results":[{told}]}}'
    opening = '{"type":"changes","timestamp":"2024-10-03T05:00:00.000000+00:00","data":'
    assert body.decode() == f"{opening}{data}}}"
    is_signed = receiver.script["is_signed"]
    assert is_signed(headers, body, secret, NOON.timestamp())
    assert not is_signed(headers, body + b" ", secret, NOON.timestamp())
    assert not is_signed(headers, body, secret, NOON.timestamp() + 301)
    assert now_of(subscription).sequence == head
    assert push_at(NOON) == {}


def test_the_documented_receiver_takes_what_is_signed_with_its_secret_and_nothing_else(
    receiver, enrolled, administrator, client, monkeypatch
):
    subscription, secret = enrolled
    handler = receiver.script["Receiver"]
    handler.log_message = lambda *_facts: None
    server = HTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    WebhookSubscription.objects.update(url=f"http://127.0.0.1:{server.server_port}/")
    tell_a_history()
    monkeypatch.setenv("WEBHOOK_SECRET", new_secret())
    push(clock=now)
    assert WebhookDelivery.objects.get().status == 401
    monkeypatch.setenv("WEBHOOK_SECRET", secret)
    enable = {"subscription_id": subscription.pk, "by": administrator}
    pause_subscriber(**enable)
    enable_subscriber(**enable, now=now())
    assert push(clock=now) == {DeliveryState.DELIVERED: 1}
    server.shutdown()
    server.server_close()
    assert lines(receiver.script["held"].values()) == whole_list(client)


def test_whatever_fails_the_copy_ends_as_the_full_pull(receiver, enrolled, client, settings):
    settings.PORTAL_WEBHOOK_BATCH = 2
    receiver.plan.extend(
        [
            500,
            "close",
            "twice",
            "drip",
            (301, {"Location": receiver.url}),
            "close",
            503,
            204,
            "hang",
        ]
    )
    tell_a_history()
    push_until_taken()
    assert lines(receiver.script["held"].values()) == whole_list(client)
    assert_each_stretch_went_out_in_order_under_one_key(receiver)


def assert_each_stretch_went_out_in_order_under_one_key(receiver):
    spans = [json.loads(body)["data"] for _headers, body in receiver.got]
    stretches = [(span["after"], span["through"]) for span in spans]
    assert stretches == sorted(stretches), "never out of order"
    stretches = list(dict.fromkeys(stretches))
    assert [last for _after, last in stretches[:-1]] == [after for after, _last in stretches[1:]]
    assert len(set(receiver.keys())) == len(stretches), "one key for all attempts"
    bodies = {(key, body) for key, (_h, body) in zip(receiver.keys(), receiver.got, strict=True)}
    assert len(bodies) == len(stretches), "one body for all attempts"


@pytest.mark.parametrize("seed", range(3))
def test_workers_killed_at_random_while_decisions_are_issued_skip_nothing(
    receiver, enrolled, client, settings, monkeypatch, seed
):
    settings.PORTAL_WEBHOOK_BATCH = 2
    chance = Random(seed)
    steps = [204, 500, "close", "twice", (429, {"Retry-After": "60"})]
    receiver.plan.extend(chance.choices(steps, k=20))

    def settle_or_die(*facts, **more):
        if receiver.plan and chance.random() < 0.3:
            raise SystemExit
        return settle(*facts, **more)

    monkeypatch.setattr(pushing, "settle", settle_or_die)
    moment = NOON
    while receiver.plan or now_of(enrolled[0]).sequence < read_head().sequence:
        if receiver.plan and chance.random() < 0.4:
            announce(make_procedure())
        with suppress(SystemExit):
            push_at(moment)
        moment += timedelta(minutes=5)
    assert lines(receiver.script["held"].values()) == whole_list(client)
    assert_each_stretch_went_out_in_order_under_one_key(receiver)


@pytest.mark.embedded
@pytest.mark.parametrize(
    ("step", "status", "words"),
    [
        (500, 500, "Trả lời 500."),
        ((302, {"Location": "/x"}), 302, "chuyển hướng không được theo"),
        ("hang", None, "Không trả lời xong trong"),
        ("drip", None, "Không trả lời xong trong"),
        ("close", None, "Không gửi được"),
        ("flood", 500, f"Trả lời 500: {'a' * 200}"),
    ],
)
def test_what_is_not_taken_waits_and_says_why(receiver, enrolled, step, status, words):
    announce(make_procedure())
    receiver.plan.append(step)
    push_at(NOON)
    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.status) == (DeliveryState.WAITING, status)
    assert words in delivery.error
    assert delivery.milliseconds is not None
    assert delivery.milliseconds < 2_000
    assert delivery.next_attempt_at is not None
    assert len(receiver.got) == 1
    wait = delivery.next_attempt_at - NOON
    assert timedelta(seconds=30) <= wait <= timedelta(seconds=37.5)


@pytest.mark.embedded
@pytest.mark.parametrize(
    ("asked", "least"), [("900", 900), ("999999999", 6 * 3600), ("x", 30), ("-5", 30)]
)
def test_a_receiver_is_left_alone_as_long_as_it_asks_within_reason(
    receiver, enrolled, asked, least
):
    announce(make_procedure())
    receiver.plan.append((429, {"Retry-After": asked}))
    push_at(NOON)
    again = WebhookDelivery.objects.get().next_attempt_at
    assert again is not None
    wait = (again - NOON).total_seconds()
    assert least <= wait <= least * 1.25


def test_after_48_hours_staff_are_told_once_and_may_let_it_go_on(receiver, enrolled, administrator):
    subscription, _secret = enrolled
    administrator.email = "quan-tri@example.vn"
    administrator.save()
    announce(make_procedure())
    receiver.plan.extend([503] * 200)
    ended = push_until_taken(hours=60)
    assert now_of(subscription).state == WebhookState.DISABLED
    silent_after = subscription.disabled_at - NOON
    assert silent_after == timedelta(hours=48)
    tried = [int(headers["webhook-timestamp"]) for headers, _body in receiver.got]
    waits = [later - sooner for sooner, later in pairwise(tried)]
    assert max(waits) <= 4 * 3600 * 1.25 + 1
    for _run in range(2):
        send_notices(on=ended.date(), now=ended)
    told = [letter for letter in mail.outbox if "Ngừng gửi thay đổi" in letter.subject]
    assert [letter.to for letter in told] == [["quan-tri@example.vn"]]
    receiver.plan.clear()
    enable_subscriber(subscription_id=subscription.pk, by=administrator, now=ended)
    assert push_at(ended) == {DeliveryState.DELIVERED: 1}
    assert len(set(receiver.keys())) == 1
    assert now_of(subscription).sequence == read_head().sequence


def test_gone_ends_the_sending_at_once_and_who_lets_it_go_on_need_not_wait(
    receiver, enrolled, administrator
):
    subscription, _secret = enrolled
    announce(make_procedure())
    receiver.plan.append(410)
    push_at(NOON)
    assert now_of(subscription).state == WebhookState.DISABLED
    assert due_subscriptions(now=NOON + timedelta(days=1)) == []
    enable_subscriber(subscription_id=subscription.pk, by=administrator, now=NOON)
    assert push_at(NOON) == {DeliveryState.DELIVERED: 1}


def test_what_a_killed_worker_held_goes_out_again_under_its_key(receiver, enrolled, monkeypatch):
    subscription, _secret = enrolled
    announce(make_procedure())

    def killed(*_facts, **_more):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(pushing, "settle", killed)
        with pytest.raises(SystemExit):
            push_at(NOON)
    assert len(receiver.got) == 1
    assert push_at(NOON + timedelta(minutes=1)) == {}, "it may still be under way"
    assert push_at(NOON + timedelta(minutes=2)) == {DeliveryState.DELIVERED: 1}
    assert len(receiver.got) == 2
    assert len(set(receiver.keys())) == 1
    assert now_of(subscription).sequence == read_head().sequence


def test_a_worker_taken_for_dead_changes_nothing_any_more(receiver, enrolled):
    subscription, _secret = enrolled
    announce(make_procedure())
    slow = claim(subscription.pk, now=NOON)
    assert slow is not None
    assert claim(subscription.pk, now=NOON) is None, "one at a time"
    answer = send(slow)
    later = NOON + timedelta(minutes=3)
    second = claim(subscription.pk, now=later)
    assert second is not None
    assert (second.key, second.body) == (slow.key, slow.body)
    assert settle(slow, answer, now=later) is None
    assert now_of(subscription).sequence == 0
    assert settle(second, send(second), now=later) == DeliveryState.DELIVERED
    assert now_of(subscription).sequence == read_head().sequence


def test_a_receiver_that_hangs_holds_up_nobody_else(receiver, enrolled, administrator):
    second(enrolled, administrator)
    announce(make_procedure())
    receiver.plan.append("hang")
    assert push_at(NOON) == {DeliveryState.DELIVERED: 1, DeliveryState.WAITING: 1}
    taken = sorted(WebhookSubscription.objects.values_list("sequence", flat=True))
    assert taken == [0, read_head().sequence]


@pytest.mark.parametrize("part", ["claim", "settle"])
def test_an_error_of_ours_with_one_subscriber_holds_up_no_other(
    receiver, enrolled, administrator, monkeypatch, part
):
    ill, well = enrolled[0], second(enrolled, administrator)
    announce(make_procedure())
    real = getattr(pushing, part)

    def break_for_one(whose, *facts, **more):
        if ill.pk == getattr(whose, "subscription_id", whose):
            raise RuntimeError("broken")
        return real(whose, *facts, **more)

    with monkeypatch.context() as patched:
        patched.setattr(pushing, part, break_for_one)
        with pytest.raises(ExceptionGroup) as raised:
            push_at(NOON)
    assert [str(error) for error in raised.value.exceptions] == ["broken"]
    assert now_of(well).sequence == read_head().sequence
    assert now_of(ill).sequence == 0
    push_at(NOON + timedelta(minutes=2))
    assert now_of(ill).sequence == read_head().sequence
