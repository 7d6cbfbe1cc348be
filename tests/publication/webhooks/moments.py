"""Sending as it is at a moment, and a subscriber as it stands after it."""

from datetime import datetime
from typing import Any

from publication.webhooks.pushing import push


def push_at(moment: datetime) -> dict[str, int]:
    return push(clock=lambda: moment)


def now_of(subscription: Any) -> Any:
    subscription.refresh_from_db()
    return subscription
