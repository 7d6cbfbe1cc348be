"""Which subscribers and messages a person may see, and which wait to be sent."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, OuterRef, Q

from catalog.people import person_of
from catalog.querysets import StaffQuerySet
from publication.enums import DeliveryState, WebhookState

if TYPE_CHECKING:
    from publication.models import (  # noqa: F401  names in annotations
        WebhookDelivery,
        WebhookSubscription,
    )

# Longer than a name is looked up and a request is waited for: whoever holds a claim for longer is
# no more, and the message is sent again.
ABANDONED_AFTER = timedelta(minutes=2)


class WebhookDeliveryQuerySet(StaffQuerySet["WebhookDelivery"]):
    def visible_to(self, user: Any) -> Self:
        """Messages to the systems of the agencies in a person's care."""
        person = person_of(user)
        if person.sees_all:
            return self
        return self.filter(subscription__agency__in=person.agency_ids)

    def open(self) -> Self:
        """Neither taken nor given up: at most one a subscriber."""
        return self.filter(state__in=[DeliveryState.SENDING, DeliveryState.WAITING])

    def under_way(self, *, now: datetime) -> Self:
        """A request may be waited for at this moment."""
        return self.filter(state=DeliveryState.SENDING, tried_at__gt=now - ABANDONED_AFTER)

    def due(self, *, now: datetime) -> Self:
        """To be sent again: their moment has come, or whoever sent them is no more."""
        return self.filter(
            Q(state=DeliveryState.WAITING, next_attempt_at__lte=now)
            | Q(state=DeliveryState.SENDING, tried_at__lte=now - ABANDONED_AFTER)
        )


class WebhookSubscriptionQuerySet(StaffQuerySet["WebhookSubscription"]):
    def visible_to(self, user: Any) -> Self:
        """The systems of the agencies in a person's care."""
        person = person_of(user)
        return self if person.sees_all else self.filter(agency__in=person.agency_ids)

    def due(self, *, head: int, now: datetime) -> Self:
        """Those with something to send; who has failed least and waited longest first."""
        from publication.models import WebhookDelivery  # models import this module

        mine = WebhookDelivery.objects.filter(subscription=OuterRef("pk"))
        behind = Q(sequence__lt=head) & ~Exists(mine.open())
        active = self.filter(state=WebhookState.ACTIVE)
        return active.filter(behind | Q(Exists(mine.due(now=now)))).order_by("failures", "pk")
