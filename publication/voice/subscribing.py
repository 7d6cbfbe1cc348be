"""Who gets mails about what: asked for, confirmed by the address itself, left by one press."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction

from catalog.models import Agency, Field
from publication.enums import SubscriptionKind
from publication.models import EventHead, Listing, Subscriber, Subscription
from publication.voice.limits import DAY, Limit

_SALT = "publication.voice.confirm"
# A stranger can make us write to somebody who never asked: not more often than this.
_CONFIRMATIONS = Limit("confirmation", 3, DAY)
MOST_WISHES = 200  # lists and procedures of one address


def find_name(kind: str, key: str) -> str:
    """What a list or procedure is called; "" when there is none."""
    names = {
        SubscriptionKind.FIELD: Field.objects.filter(slug=key).values_list("name", flat=True),
        SubscriptionKind.AGENCY: Agency.objects.filter(slug=key).values_list("name", flat=True),
        SubscriptionKind.PROCEDURE: Listing.objects.current()
        .filter(code=key)
        .values_list("name", flat=True),
    }
    return names[SubscriptionKind(kind)].first() or ""


def ask_for_news(*, email: str, kind: str, key: str, language: str, now: datetime) -> None:
    """Note a wish and that its address is to be asked; what is confirmed stays as it is.

    Says nothing of whether the address was known: who asks may not be its owner.
    """
    email = email.strip().lower()
    may_write = _CONFIRMATIONS.take(email, now=now)
    with transaction.atomic():
        subscriber, _made = Subscriber.objects.get_or_create(
            email=email,
            defaults={
                "language": language,
                "leave_key": secrets.token_urlsafe(32),
                "created_at": now,
            },
        )
        wants = subscriber.wants.all()
        if not wants.filter(kind=kind, key=key).exists() and wants.count() >= MOST_WISHES:
            return
        wish, made = Subscription.objects.get_or_create(
            subscriber=subscriber, kind=kind, key=key, defaults={"asked_at": now}
        )
        if wish.confirmed_at is not None:
            return
        if not made:
            Subscription.objects.filter(pk=wish.pk).update(asked_at=now)
        if may_write:
            Subscriber.objects.filter(pk=subscriber.pk).update(asked_at=now)


def make_confirm_token(subscriber: Subscriber, wishes: Sequence[Subscription]) -> str:
    """What the mail's link carries: the wishes it names, and no other."""
    facts = [subscriber.leave_key, sorted(wish.pk for wish in wishes)]
    return signing.dumps(facts, salt=_SALT, compress=True)


def wishes_of(token: str, *, days: int) -> list[Subscription]:
    """The wishes a link names that are still there; none for a link that is wrong or too old."""
    try:
        leave_key, keys = signing.loads(token, salt=_SALT, max_age=timedelta(days=days))
    except (signing.BadSignature, ValueError):
        return []
    wishes = Subscription.objects.filter(subscriber__leave_key=leave_key, pk__in=keys)
    return list(wishes.select_related("subscriber"))


def confirm(wishes: Sequence[Subscription], *, now: datetime) -> None:
    """From now on mails are sent; what happened before is no news. Twice is as good as once."""
    waiting = [wish.pk for wish in wishes if wish.confirmed_at is None]
    with transaction.atomic():
        head = EventHead.objects.filter(id=1).values_list("sequence", flat=True).first() or 0
        Subscription.objects.filter(pk__in=waiting, confirmed_at=None).update(
            confirmed_at=now, after_sequence=head
        )


def leave(leave_key: str) -> None:
    """Delete an address and all it asked for; nothing of it is kept."""
    Subscriber.objects.filter(leave_key=leave_key).delete()


def leave_one(leave_key: str, *, wish_id: int) -> None:
    """Give up one list or procedure; with the last one the address goes too."""
    with transaction.atomic():
        Subscription.objects.filter(subscriber__leave_key=leave_key, pk=wish_id).delete()
        Subscriber.objects.filter(leave_key=leave_key, wants=None).delete()


def purge_unconfirmed(*, before: datetime) -> int:
    """Delete wishes nobody confirmed in time, and addresses without any wish."""
    deleted, _by_model = Subscription.objects.filter(
        confirmed_at=None, asked_at__lt=before
    ).delete()
    Subscriber.objects.filter(wants=None, created_at__lt=before).delete()
    return deleted
