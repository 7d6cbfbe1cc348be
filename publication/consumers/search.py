"""The search index as a consumer of the log."""

from datetime import datetime

from publication.models import ConsumerCursor
from publication.search.build import catch_up

_NAME = "search"


def run(*, now: datetime) -> int:  # noqa: ARG001  every consumer is given the moment
    """Bring the index to the head of the log; how many procedures were written.

    The index knows itself how far it goes; the cursor tells the people who watch the consumers.
    """
    sequence, written = catch_up()
    ConsumerCursor.objects.update_or_create(consumer=_NAME, defaults={"sequence": sequence})
    return written
