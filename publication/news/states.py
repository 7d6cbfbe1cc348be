"""What a mail becomes by what the server said of it."""

from typing import Final

from publication.enums import MailingState
from publication.models import Notice

MAIL_STATES: Final = {
    Notice.State.SENT: MailingState.SENT,
    Notice.State.REFUSED: MailingState.REFUSED,
    Notice.State.UNCLEAR: MailingState.UNCLEAR,
}
