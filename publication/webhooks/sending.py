"""One attempt, without the database: open the secrets, sign, send."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from publication.models import WebhookDelivery, WebhookSubscription
from publication.webhooks.messages import body_of
from publication.webhooks.posting import Answer, post
from publication.webhooks.signing import SecretUnreadable, signed_headers, unseal

SECONDS: Final = 10.0  # for a whole request, from looking up the name to the end of the answer


@dataclass(frozen=True)
class Attempt:
    """Everything that a request needs; `number` tells this attempt from a later one."""

    subscription_id: int
    delivery_id: int
    number: int
    key: str
    url: str
    sealed: tuple[str, ...] = field(repr=False)
    body: bytes = field(repr=False)
    now: datetime


def attempt_of(
    delivery: WebhookDelivery, subscription: WebhookSubscription, *, now: datetime
) -> Attempt:
    return Attempt(
        subscription_id=subscription.pk,
        delivery_id=delivery.pk,
        number=delivery.attempts,
        key=delivery.key,
        url=subscription.url,
        sealed=_valid_secrets(subscription, now=now),
        body=body_of(delivery),
        now=now,
    )


def send(attempt: Attempt) -> Answer:
    """Never raises for what the other side does."""
    try:
        valid = [unseal(sealed) for sealed in attempt.sealed]
    except SecretUnreadable:
        return Answer(None, "Không đọc được khóa ký (PORTAL_SECRET_KEY đã đổi): hãy đổi khóa ký.")
    headers = signed_headers(key=attempt.key, body=attempt.body, valid=valid, now=attempt.now)
    return post(attempt.url, headers=headers, body=attempt.body, seconds=SECONDS)


def _valid_secrets(subscription: WebhookSubscription, *, now: datetime) -> tuple[str, ...]:
    """The present one, and until its end the one before it."""
    until = subscription.previous_until
    if until is not None and now < until:
        return subscription.secret, subscription.previous_secret
    return (subscription.secret,)
