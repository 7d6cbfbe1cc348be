"""Lists of decisions, the latest signed first: what narrows them and where a page goes on."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext

from catalog.codes import decision_number_key
from publication.api.cursors import After
from publication.api.parameters import Reader, read_day

_UNSIGNED = ""  # the day of what has none: such decisions come last


def signed_between(reader: Reader) -> Q:
    first, last = reader.day("signed_from"), reader.day("signed_to")
    wanted = Q(signed_on__gte=first) if first else Q()
    return wanted & (Q(signed_on__lte=last) if last else Q())


def number_wanted(reader: Reader) -> Q:
    """A number in any spelling, since scans confuse Đ and D."""
    number = reader.parameters.get("number", "")
    return Q(number_key=decision_number_key(number[:100])) if number else Q()


def signed_position(signed_on: date | None, key: str) -> After:
    return After(signed_on.isoformat() if signed_on else _UNSIGNED, key)


def signed_after(reader: Reader, *, key: str) -> Q:
    """What comes behind the cursor; `key` is the column that orders decisions of one day."""
    cursor = reader.cursor(After)
    if cursor is None:
        return Q()
    is_unsigned = cursor.sort_key == _UNSIGNED
    day = read_day(cursor.sort_key)
    if not _fits(key, cursor.code) or not (day or is_unsigned):
        words = gettext("“cursor” không phải con trỏ lấy từ “next” của chính danh sách này.")
        reader.note("cursor", words)
        return Q()
    same_day = Q(signed_on=day) & _below(key, cursor.code)
    return same_day if day is None else Q(signed_on__lt=day) | same_day | Q(signed_on=None)


def _below(key: str, value: str) -> Q:
    return Q(**{f"{key}__lt": value})


def _fits(key: str, value: str) -> bool:
    return key != "pk" or (value.isascii() and value.isdigit() and len(value) < 19)
