"""Sent by a person who waits for the answer: a test, or one message once more."""

from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from catalog.enums import Role
from catalog.people import person_of
from publication.authority import NotAllowed
from publication.enums import DeliveryState, WebhookState
from publication.models import WebhookDelivery, WebhookSubscription
from publication.wake import wake_webhooks
from publication.webhooks.acts import NotPossible
from publication.webhooks.posting import Answer
from publication.webhooks.sending import attempt_of, send
from publication.webhooks.signing import new_key

_SETTLED = (DeliveryState.DELIVERED, DeliveryState.FAILED)


def send_test(*, subscription_id: int, by: Any, now: datetime) -> WebhookDelivery:
    """One message without changes, whatever the state; what came of it. Raises NotAllowed."""
    _check_administrator(by)
    subscription = WebhookSubscription.objects.get(pk=subscription_id)
    delivery = WebhookDelivery(
        subscription=subscription, key=new_key(), created_at=now, tried_at=now
    )
    answer = send(attempt_of(delivery, subscription, now=now))
    for name, fact in _facts(answer).items():
        setattr(delivery, name, fact)
    delivery.state = DeliveryState.DELIVERED if answer.is_taken else DeliveryState.FAILED
    delivery.save()
    return delivery


def send_once_more(*, delivery_id: int, by: Any, now: datetime) -> WebhookDelivery:
    """The same message under the same key: one that waits goes out at once, in its turn.

    A receiver that took it knows it by its key. Raises NotAllowed and NotPossible.
    """
    _check_administrator(by)
    delivery = WebhookDelivery.objects.select_related("subscription").get(pk=delivery_id)
    if delivery.state == DeliveryState.WAITING:
        return _hurry(delivery, now=now)
    if delivery.state not in _SETTLED:
        raise NotPossible(_("Lượt này đang gửi hoặc đã được thay bằng lượt khác."))
    _write(delivery, send(attempt_of(delivery, delivery.subscription, now=now)), now=now)
    delivery.refresh_from_db()
    return delivery


def _hurry(delivery: WebhookDelivery, *, now: datetime) -> WebhookDelivery:
    if delivery.subscription.state != WebhookState.ACTIVE:
        raise NotPossible(_("Nơi nhận đang ngừng: hãy cho gửi tiếp."))
    waiting = WebhookDelivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING)
    waiting.update(next_attempt_at=now)
    wake_webhooks()
    delivery.refresh_from_db()
    return delivery


def _write(delivery: WebhookDelivery, answer: Answer, *, now: datetime) -> None:
    """What was taken once stays so: a second time that fails leaves its error beside it.

    Others may have sent it in the meantime, so what they counted is counted on.
    """
    facts: dict[str, Any] = {"attempts": F("attempts") + 1, "tried_at": now, **_facts(answer)}
    if answer.is_taken:
        facts["state"] = DeliveryState.DELIVERED
    WebhookDelivery.objects.filter(pk=delivery.pk, state__in=_SETTLED).update(**facts)


def _facts(answer: Answer) -> dict[str, Any]:
    return {"status": answer.status, "error": answer.error, "milliseconds": answer.milliseconds}


def _check_administrator(by: Any) -> None:
    if not person_of(by).has(Role.ADMINISTRATOR):
        raise NotAllowed(_("Chỉ quản trị hệ thống gửi thử và gửi lại."))
