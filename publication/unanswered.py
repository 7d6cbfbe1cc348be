"""Questions that found nothing: what staff learn new everyday words from.

Nothing is kept of who asked, and a question is kept in words only once several have asked it: what
one person alone writes into a search box may be about that person.
"""

import hashlib
import hmac
import logging
from datetime import date, timedelta

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils.timezone import localdate

from publication.models import UnansweredQuestion
from publication.search.words import sounds

logger = logging.getLogger(__name__)

ENOUGH = 3  # times a question is asked before its words are kept
_MAX_CHARS = 120
_KEPT_DAYS = 90
_MOST_ROWS = 20_000  # a flood of invented questions must not fill the disk


def note_unanswered(text: str, *, on: date | None = None) -> None:
    """Count a question that found nothing. The page is answered whether this succeeds or not."""
    try:
        with transaction.atomic():
            _count(text, on or localdate())
    except DatabaseError as error:
        logger.info("a question without an answer was not counted: %s", error)


def forget_unanswered(*, on: date) -> int:
    """Delete what nobody has asked for a quarter of a year; how many questions."""
    old = UnansweredQuestion.objects.filter(last_asked_on__lt=on - timedelta(days=_KEPT_DAYS))
    return old.delete()[0]


def _count(text: str, on: date) -> None:
    words = " ".join(word for word in sounds(text).split() if not word.isdigit())[:_MAX_CHARS]
    if not words:
        return
    digest = hmac.new(settings.SECRET_KEY.encode(), words.encode(), hashlib.sha256).hexdigest()
    asked = UnansweredQuestion.objects.filter(digest=digest)
    if asked.update(times=F("times") + 1, last_asked_on=on):
        asked.filter(words="", times__gte=ENOUGH).update(words=words)
    elif UnansweredQuestion.objects.count() < _MOST_ROWS:
        UnansweredQuestion.objects.get_or_create(
            digest=digest, defaults={"times": 1, "last_asked_on": on}
        )
