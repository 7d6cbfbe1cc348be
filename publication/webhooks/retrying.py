"""When a message that was not taken is sent again, and for how long."""

import hashlib
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

GIVE_UP_AFTER: Final = timedelta(hours=48)
_FIRST = timedelta(seconds=30)
_LONGEST = timedelta(hours=4)
# Who asks to be left alone for longer is asked again after this all the same.
_LONGEST_ASKED = timedelta(hours=6)
_SPREAD = 0.25


def next_attempt(
    *, failures: int, spread: float, retry_after: str, since: datetime, now: datetime
) -> datetime:
    """Twice as long after each failure, up to four hours; no sooner than the receiver asks.

    The last one is 48 hours after the first that failed, `since`. `spread`, from 0 to 1, lengthens
    the wait by up to a quarter: receivers behind one machine that comes back are not all asked in
    the same second.
    """
    wait = min(_FIRST * (1 << min(failures - 1, 20)), _LONGEST) * (1 + _SPREAD * spread)
    wait = max(wait, min(_asked(retry_after, now=now), _LONGEST_ASKED))
    return max(now, min(now + wait, since + GIVE_UP_AFTER))


def spread_of(key: str, failures: int) -> float:
    """As good as chance, and the same whenever it is asked."""
    digest = hashlib.sha256(f"{key}.{failures}".encode()).digest()
    return int.from_bytes(digest[:4]) / 2**32


def _asked(retry_after: str, *, now: datetime) -> timedelta:
    """Seconds, or a moment as HTTP writes it (RFC 9110, 10.2.3); nothing for anything else."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), 10**6))
    try:
        moment: datetime = parsedate_to_datetime(text)
    except ValueError:
        return timedelta(0)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
