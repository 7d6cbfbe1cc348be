"""Which mails wait, and what a mail becomes by what the server said of it."""

from typing import Final

from django.db.models import F

from publication.enums import MailingState
from publication.models import Mailing, Notice, ReportMail

MAIL_STATES: Final = {
    Notice.State.SENT: MailingState.SENT,
    Notice.State.REFUSED: MailingState.REFUSED,
    Notice.State.UNCLEAR: MailingState.UNCLEAR,
}


def planned(mails: type[Mailing] | type[ReportMail], most: int) -> list[int]:
    """Keys of those never tried first, so that an address in trouble holds up nobody."""
    waiting = mails._default_manager.filter(state=MailingState.PLANNED)
    in_order = waiting.order_by(F("claimed_at").asc(nulls_first=True), "pk")
    return list(in_order.values_list("pk", flat=True)[: max(0, most)])
