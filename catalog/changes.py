"""Telling other apps that who has to announce, or by when, has changed; catalog knows none of them.

Sent by the staff pages after an agency, a procedure's lead or a day of the calendar was saved. A
listener may be late or absent: what follows from these rows is recomputed on a schedule too.
"""

from typing import Any

from django.db import transaction
from django.dispatch import Signal

duties_changed = Signal()


def tell_duties_changed(sender: type[Any]) -> None:
    """Tell once the change is committed."""
    transaction.on_commit(lambda: duties_changed.send_robust(sender=sender))
