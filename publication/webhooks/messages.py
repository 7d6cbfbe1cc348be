"""What a message says: its body is the same at every attempt, and its lines those of the API."""

from publication.change_feed import changes_after
from publication.events import moment_text
from publication.models import WebhookDelivery


def body_of(delivery: WebhookDelivery) -> bytes:
    """Consecutive changes as `/api/v1/changes/` tells them, nothing for a test; one query."""
    opening = f'{{"type":"{_kind(delivery)}","timestamp":"{moment_text(delivery.created_at)}"'
    return f'{opening},"data":{_data(delivery)}}}'.encode()


def _kind(delivery: WebhookDelivery) -> str:
    return "ping" if delivery.first is None else "changes"


def _data(delivery: WebhookDelivery) -> str:
    if delivery.first is None or delivery.last is None:
        return "{}"
    after = delivery.first - 1
    changes = changes_after(after, limit=delivery.last - after)
    lines = ",".join(change.line for change in changes)
    return f'{{"after":{after},"through":{delivery.last},"results":[{lines}]}}'
