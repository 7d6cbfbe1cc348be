"""Webhooks as a consumer of the log: it sees who is behind, a task of its own sends.

Each subscriber has a cursor of its own (WebhookSubscription.sequence).
"""

from datetime import datetime

from publication.wake import wake_webhooks
from publication.webhooks.claims import due_subscriptions


def run(*, now: datetime) -> int:
    """Ask for the sending when somebody is behind; how many are."""
    behind = len(due_subscriptions(now=now))
    if behind:
        wake_webhooks()
    return behind
