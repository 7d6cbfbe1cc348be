"""Announced times for other vocabularies. A working day is a unit of its own, never a day.

`calendar_duration` answers only where ISO 8601 (xsd:duration) says exactly the same as the law:
"10 ngày làm việc" ends on a day that a calendar of days off decides, so it has no such duration.
"""

from decimal import Decimal
from typing import Final

from catalog.content import Duration, TimeOption, TimeUnit

_WORDS: Final = {
    TimeUnit.HOUR: "giờ",
    TimeUnit.DAY: "ngày",
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.MONTH: "tháng",
    TimeUnit.YEAR: "năm",
}
_HOURS: Final = {TimeUnit.HOUR: 1, TimeUnit.DAY: 24}
_WHOLE: Final = {TimeUnit.MONTH: "P{}M", TimeUnit.YEAR: "P{}Y"}


def calendar_duration(time: Duration) -> str | None:
    """ISO 8601 text of a time in hours, days, months or years; None where there is none.

    None for working days, and for parts of a month or a year, which have no fixed length.
    """
    if time.unit in _HOURS:
        return _clock(time.amount * _HOURS[time.unit], in_days=time.unit is TimeUnit.DAY)
    if time.unit in _WHOLE and time.amount == time.amount.to_integral_value():
        return _WHOLE[time.unit].format(int(time.amount))
    return None


def _clock(hours: Decimal, *, in_days: bool) -> str | None:
    """Days, hours and minutes; None when not even minutes are whole."""
    minutes = hours * 60
    if minutes != minutes.to_integral_value():
        return None
    days, rest = divmod(int(minutes), 24 * 60) if in_days else (0, int(minutes))
    parts = (f"{rest // 60}H" if rest // 60 else "") + (f"{rest % 60}M" if rest % 60 else "")
    return f"P{f'{days}D' if days else ''}{f'T{parts}' if parts else ''}" if days or parts else None


def promised(option: TimeOption) -> Duration | None:
    """The time that binds the province: its own shorter one, else the law's."""
    return option.local or option.statutory


def time_in_words(time: Duration) -> str:
    """ "16,5 ngày làm việc", as announced."""
    return f"{plain_number(time.amount).replace('.', ',')} {_WORDS[time.unit]}"


def option_in_words(option: TimeOption) -> str:
    """All that is announced of one time limit; empty when nothing is."""
    time = promised(option)
    shorter = option.local and option.statutory and option.local != option.statutory
    parts = [
        option.label,
        f"Thời hạn: {time_in_words(time)}" if time else "",
        f"Theo quy định: {time_in_words(option.statutory)}" if shorter and option.statutory else "",
        option.note,
    ]
    return ". ".join(part.rstrip(". ") for part in parts if part)


def plain_number(amount: Decimal) -> str:
    """Digits without a grouping sign and without zeros that say nothing."""
    return format(amount.normalize(), "f")
