"""Days with their weekday, as Vietnamese officials write them."""

from datetime import date

from django.utils.translation import gettext, gettext_noop

_WEEKDAYS = (
    gettext_noop("thứ Hai"),
    gettext_noop("thứ Ba"),
    gettext_noop("thứ Tư"),
    gettext_noop("thứ Năm"),
    gettext_noop("thứ Sáu"),
    gettext_noop("thứ Bảy"),
    gettext_noop("Chủ nhật"),
)


def day_in_words(day: date) -> str:
    """For example “thứ Sáu 13/09/2024”."""
    return f"{gettext(_WEEKDAYS[day.weekday()])} {day:%d/%m/%Y}"
