"""What is done with a subscriber: enrol, change, pause, go on, new secret, start again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.enums import Role
from catalog.models import Agency, name_of
from catalog.people import person_of
from publication.authority import NotAllowed
from publication.change_feed import read_head
from publication.enums import DeliveryState, WebhookState
from publication.models import WebhookDelivery, WebhookSubscription
from publication.wake import wake_webhooks
from publication.webhooks.signing import new_secret, seal

BOTH_SECRETS_FOR: Final = timedelta(hours=24)


class NotPossible(Exception):
    """The subscriber is not where it must be for the act; the message says what to do."""


def enrol_subscriber(
    *, agency: Agency, label: str, url: str, after: int | None, by: Any, now: datetime
) -> tuple[WebhookSubscription, str]:
    """A new subscriber and its secret: this is the only time that anybody can read it.

    It is sent the changes behind number `after`; from now on when that is None. Raises NotAllowed,
    and ValidationError for an address that no request may go to.
    """
    _check_administrator(by)
    head = read_head().sequence
    secret = new_secret()
    subscription = WebhookSubscription(
        agency=agency,
        label=label,
        url=url,
        secret=seal(secret),
        sequence=head if after is None else min(after, head),
        created_at=now,
        created_by=name_of(by),
    )
    subscription.full_clean()
    subscription._history_user = by  # type: ignore[attr-defined]
    subscription.save()
    _wake()
    return subscription, secret


def change_subscriber(
    *, subscription_id: int, agency: Agency, label: str, url: str, reason: str, by: Any
) -> WebhookSubscription:
    """Name, owner and address; what was sent and is to be sent stays. Raises NotAllowed."""
    with _changed(subscription_id, by, reason) as subscription:
        subscription.agency, subscription.label, subscription.url = agency, label, url
        subscription.full_clean()
    return subscription


def pause_subscriber(*, subscription_id: int, by: Any, reason: str = "") -> WebhookSubscription:
    """Send no more until somebody lets it go on. Raises NotAllowed and NotPossible."""
    with _changed(subscription_id, by, reason) as subscription:
        if subscription.state != WebhookState.ACTIVE:
            raise NotPossible(_("Nơi nhận này không ở tình trạng đang gửi."))
        subscription.state = WebhookState.PAUSED
    return subscription


def enable_subscriber(
    *, subscription_id: int, by: Any, now: datetime, reason: str = ""
) -> WebhookSubscription:
    """Go on where it stopped, at once and with 48 hours to come. Raises NotAllowed, NotPossible."""
    with _changed(subscription_id, by, reason) as subscription:
        if subscription.state == WebhookState.ACTIVE:
            raise NotPossible(_("Nơi nhận này vẫn đang được gửi."))
        subscription.state, subscription.disabled_at = WebhookState.ACTIVE, None
        subscription.failing_since, subscription.failures = None, 0
        waiting = WebhookDelivery.objects.filter(subscription=subscription)
        waiting.filter(state=DeliveryState.WAITING).update(next_attempt_at=now)
    _wake()
    return subscription


def renew_secret(
    *, subscription_id: int, by: Any, now: datetime, reason: str = ""
) -> tuple[WebhookSubscription, str]:
    """A new secret, shown once; for a day messages are signed with the one before it as well.

    Raises NotAllowed.
    """
    secret = new_secret()
    with _changed(subscription_id, by, reason or _("Đổi khóa ký")) as subscription:
        subscription.previous_secret = subscription.secret
        subscription.previous_until = now + BOTH_SECRETS_FOR
        subscription.secret = seal(secret)
    return subscription, secret


def send_again_from(
    *, subscription_id: int, first: int, by: Any, now: datetime, reason: str = ""
) -> WebhookSubscription:
    """Send the changes from a number on once more, under new keys. Raises NotAllowed, NotPossible.

    A message that waits is dropped, for its changes come again with the others.
    """
    with _changed(subscription_id, by, reason) as subscription:
        if not 1 <= first <= subscription.sequence + 1:
            raise NotPossible(
                _("Chọn một số từ 1 đến %(last)s.") % {"last": subscription.sequence + 1}
            )
        _drop_open(subscription, now=now)
        subscription.sequence = first - 1
        subscription.failing_since, subscription.failures = None, 0
    _wake()
    return subscription


def _drop_open(subscription: WebhookSubscription, *, now: datetime) -> None:
    """Waiting, or left by a worker that is no more; one under way may not be overtaken."""
    mine = WebhookDelivery.objects.filter(subscription=subscription).open()
    if mine.under_way(now=now).exists():
        raise NotPossible(_("Đang có một lượt gửi dở: hãy thử lại sau vài phút."))
    mine.update(state=DeliveryState.DROPPED, next_attempt_at=None)


@contextmanager
def _changed(subscription_id: int, by: Any, reason: str) -> Iterator[WebhookSubscription]:
    """The row, locked; saved with who did it and why when the block ends."""
    _check_administrator(by)
    with transaction.atomic():
        rows = WebhookSubscription.objects.select_for_update(of=("self",))
        subscription = rows.get(pk=subscription_id)
        yield subscription
        subscription._change_reason = reason or None  # type: ignore[attr-defined]
        subscription._history_user = by  # type: ignore[attr-defined]
        subscription.save()


def _wake() -> None:
    transaction.on_commit(wake_webhooks)


def _check_administrator(by: Any) -> None:
    if not person_of(by).has(Role.ADMINISTRATOR):
        raise NotAllowed(_("Chỉ quản trị hệ thống đăng ký và thay đổi nơi nhận."))
