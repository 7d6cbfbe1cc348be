"""Claiming the next message of a subscriber, and writing down what came of it.

The claim is a row written before the request: a worker that dies leaves it, and the same message
goes out again under the same key. So a crash may send twice and never skips. A subscriber has one
open message at most, and the next one is made when it was taken: order is kept by that alone.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from publication.change_feed import read_head
from publication.enums import DeliveryState, WebhookState
from publication.models import WebhookDelivery, WebhookSubscription
from publication.webhooks.posting import Answer
from publication.webhooks.retrying import GIVE_UP_AFTER, next_attempt, spread_of
from publication.webhooks.sending import Attempt, attempt_of
from publication.webhooks.signing import new_key

GONE = 410


def due_subscriptions(*, now: datetime) -> list[int]:
    """Who has something to be sent; two queries, however many there are."""
    due = WebhookSubscription.objects.due(head=read_head().sequence, now=now)
    return list(due.values_list("pk", flat=True))


def claim(subscription_id: int, *, now: datetime) -> Attempt | None:
    """The next attempt of a subscriber, ours alone; None when there is none for now."""
    with transaction.atomic():
        subscription = _locked(subscription_id)
        if subscription is None or subscription.state != WebhookState.ACTIVE:
            return None
        delivery = _taken_up(subscription, now=now)
    return attempt_of(delivery, subscription, now=now) if delivery else None


def settle(attempt: Attempt, answer: Answer, *, now: datetime) -> DeliveryState | None:
    """Write down what came of an attempt; None when it was taken for dead and made again."""
    with transaction.atomic():
        subscription = _locked(attempt.subscription_id)
        if subscription is None:
            return None
        if answer.is_taken:
            return _delivered(subscription, attempt, answer)
        return _not_taken(subscription, attempt, answer, now=now)


def forget_deliveries(*, before: datetime) -> int:
    """Delete the record of messages that are settled since long ago."""
    settled = WebhookDelivery.objects.exclude(pk__in=WebhookDelivery.objects.open().values("pk"))
    deleted, _by_model = settled.filter(tried_at__lt=before).delete()
    return deleted


def _locked(subscription_id: int) -> WebhookSubscription | None:
    rows = WebhookSubscription.objects.select_for_update(of=("self",))
    return rows.filter(pk=subscription_id).first()


def _taken_up(subscription: WebhookSubscription, *, now: datetime) -> WebhookDelivery | None:
    """The open message when it is due; a new one when there is none."""
    waiting = WebhookDelivery.objects.filter(subscription=subscription).open()
    delivery = waiting.first()
    if delivery is None:
        return _next(subscription, now=now)
    if not waiting.due(now=now).exists():
        return None
    delivery.state, delivery.tried_at, delivery.next_attempt_at = DeliveryState.SENDING, now, None
    delivery.attempts += 1
    delivery.save(update_fields=["state", "tried_at", "next_attempt_at", "attempts"])
    return delivery


def _next(subscription: WebhookSubscription, *, now: datetime) -> WebhookDelivery | None:
    """The changes after what was taken, at most a batch."""
    last = min(read_head().sequence, subscription.sequence + settings.PORTAL_WEBHOOK_BATCH)
    if last <= subscription.sequence:
        return None
    return WebhookDelivery.objects.create(
        subscription=subscription,
        key=new_key(),
        first=subscription.sequence + 1,
        last=last,
        state=DeliveryState.SENDING,
        created_at=now,
        tried_at=now,
    )


def _delivered(
    subscription: WebhookSubscription, attempt: Attempt, answer: Answer
) -> DeliveryState | None:
    if not _write(attempt, answer, state=DeliveryState.DELIVERED):
        return None
    last = WebhookDelivery.objects.values_list("last", flat=True).get(pk=attempt.delivery_id)
    WebhookSubscription.objects.filter(pk=subscription.pk).update(
        sequence=last, failing_since=None, failures=0
    )
    return DeliveryState.DELIVERED


def _not_taken(
    subscription: WebhookSubscription, attempt: Attempt, answer: Answer, *, now: datetime
) -> DeliveryState | None:
    """To be sent again; after 48 hours without success, or when the address is gone, no more."""
    failures, since = subscription.failures + 1, subscription.failing_since or now
    again = next_attempt(
        failures=failures,
        spread=spread_of(attempt.key, failures),
        retry_after=answer.retry_after,
        since=since,
        now=now,
    )
    if not _write(attempt, answer, state=DeliveryState.WAITING, next_attempt_at=again):
        return None
    WebhookSubscription.objects.filter(pk=subscription.pk).update(
        failures=failures, failing_since=since
    )
    if answer.status == GONE or now - since >= GIVE_UP_AFTER:
        _disable(subscription, answer, now=now)
    return DeliveryState.WAITING


def _write(attempt: Attempt, answer: Answer, **facts: Any) -> bool:
    """Whether the claim was still this attempt's."""
    mine = WebhookDelivery.objects.filter(
        pk=attempt.delivery_id, state=DeliveryState.SENDING, attempts=attempt.number
    )
    return bool(
        mine.update(
            status=answer.status, milliseconds=answer.milliseconds, error=answer.error, **facts
        )
    )


def _disable(subscription: WebhookSubscription, answer: Answer, *, now: datetime) -> None:
    """Staff are told by mail (webhooks/letters.py); what was not taken waits until they enable."""
    if subscription.state != WebhookState.ACTIVE:
        return
    subscription.state, subscription.disabled_at = WebhookState.DISABLED, now
    subscription._change_reason = answer.error  # type: ignore[attr-defined]
    subscription.save(update_fields=["state", "disabled_at"])
