"""Mails to staff about a subscriber to whom nothing is sent any more: once a person and time."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalog.enums import Role
from publication.enums import WebhookState
from publication.models import Notice, WebhookDelivery, WebhookSubscription
from publication.notices import Letter
from publication.recipients import Recipient, read_recipients

_KEY = "webhook:"


def plan_webhook_letters(*, now: datetime) -> Iterator[Letter]:
    """Every such mail that is due: to the administrators and the people of the agency."""
    silent = WebhookSubscription.objects.filter(state=WebhookState.DISABLED)
    rows = list(silent.select_related("agency").order_by("disabled_at", "pk"))
    if not rows:
        return
    told = _told()
    administrators, people = _administrators(), read_recipients()
    for subscription in rows:
        key = _key(subscription)
        for person in [*administrators, *_people_of(subscription, people)]:
            if (person.user_id, key) not in told:
                told.add((person.user_id, key))
                yield _letter(subscription, person, key, now=now)


def forget_webhook_notices(*, before: datetime) -> int:
    """Delete the notices of long ago; who is silent still is not told of a second time."""
    silent = WebhookSubscription.objects.filter(state=WebhookState.DISABLED)
    keys = [_key(subscription) for subscription in silent]
    old = Notice.objects.filter(key__startswith=_KEY, created_at__lt=before)
    deleted, _by_model = old.exclude(key__in=keys).delete()
    return deleted


def _administrators() -> list[Recipient]:
    users = get_user_model().objects.filter(
        is_active=True, is_staff=True, groups__name=Role.ADMINISTRATOR
    )
    return [
        Recipient(
            user_id=user.pk,
            email=user.email,
            name=user.get_full_name() or user.get_username(),
            is_office=False,
            agency_ids=frozenset(),
        )
        for user in users.exclude(email="").order_by("pk")
    ]


def _people_of(
    subscription: WebhookSubscription, people: Iterable[Recipient]
) -> Iterator[Recipient]:
    """Of its agency; the Office controls procedures, not machines."""
    for person in people:
        if not person.is_office and person.cares_for(subscription.agency_id):
            yield person


def _told() -> set[tuple[int, str]]:
    rows = Notice.objects.filter(key__startswith=_KEY).exclude(state=Notice.State.NOT_SENT)
    return set(rows.values_list("user_id", "key"))


def _key(subscription: WebhookSubscription) -> str:
    assert subscription.disabled_at is not None, "what is silent has its moment"
    return f"{_KEY}{subscription.pk}:{int(subscription.disabled_at.timestamp())}"


def _letter(
    subscription: WebhookSubscription, person: Recipient, key: str, *, now: datetime
) -> Letter:
    with override("vi"):
        lead = _("Thủ tục hành chính %(province)s") % {"province": settings.PORTAL_PROVINCE}
        what = _("Ngừng gửi thay đổi đến %(label)s") % {"label": subscription.label}
        body = render_to_string("mail/webhook.txt", _facts(subscription, person)).strip() + "\n"
    subject = f"[{lead}] {what}"[:300]
    notice = Notice(user_id=person.user_id, key=key, subject=subject, created_at=now)
    return Letter(notice, person.email, body)


def _facts(subscription: WebhookSubscription, person: Recipient) -> dict[str, object]:
    assert subscription.disabled_at is not None, "what is silent has its moment"
    open_one = WebhookDelivery.objects.filter(subscription=subscription).open().first()
    address = reverse("admin:publication_webhooksubscription_change", args=[subscription.pk])
    return {
        "person": person,
        "subscription": subscription,
        "disabled": f"{localtime(subscription.disabled_at):%H:%M %d/%m/%Y}",
        "error": open_one.error if open_one else "",
        "url": settings.PORTAL_URL + address,
    }
