"""Handing one mail to the server, and what can be known of its fate. Knows no matter of its own."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)
from typing import Any

from django.core.mail import EmailMessage, get_connection

from publication.models import Notice

State = Notice.State

# Longer than any server is waited for: whoever holds a claim for longer is no more.
ABANDONED_AFTER = timedelta(minutes=15)
_CLOSES_THE_LINE = 421


class MailServerDown(Exception):
    """The server cannot be reached or does not let us in; nothing was claimed."""


@dataclass(frozen=True)
class Outcome:
    """What came of a mail; `goes_on` is False when the next one would fare no better."""

    state: Notice.State
    error: str = ""
    goes_on: bool = True


@contextmanager
def mail_server() -> Iterator[Any]:
    """A connection of its own for each mail: until it stands, nothing can have been sent."""
    connection = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        raise MailServerDown(f"{type(error).__name__}: {error}") from error
    try:
        yield connection
    finally:
        with suppress(OSError, SMTPException):  # the mail is settled by now, whatever the farewell
            connection.close()


def hand_over(connection: Any, message: EmailMessage) -> Outcome:
    try:
        connection.send_messages([message])
    except SMTPRecipientsRefused as refused:
        code, said = max(refused.recipients.values())
        return _refusal(code, said)
    except SMTPSenderRefused as refused:
        # It would refuse every other mail too: the operator has to change the sender.
        return Outcome(State.NOT_SENT, _words(refused.smtp_code, refused.smtp_error), goes_on=False)
    except SMTPDataError as refused:
        return _refusal(refused.smtp_code, refused.smtp_error)
    except (ValueError, SMTPNotSupportedError) as error:
        return Outcome(State.REFUSED, f"Địa chỉ hoặc nội dung không gửi được: {error}")
    except (OSError, SMTPException) as error:
        return Outcome(State.UNCLEAR, f"{type(error).__name__}: {error}", goes_on=False)
    return Outcome(State.SENT)


def _refusal(code: int, said: bytes | str) -> Outcome:
    """The server's own no: for now (4xx) or for good (5xx), either way it did not take the mail."""
    state = State.NOT_SENT if code < 500 else State.REFUSED
    return Outcome(state, _words(code, said), goes_on=code != _CLOSES_THE_LINE)


def _words(code: int, said: bytes | str) -> str:
    return f"{code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"
