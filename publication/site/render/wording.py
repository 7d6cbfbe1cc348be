"""Numbers, days, times and money in the words of the active language."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy

from catalog.content import Duration, Fee, FeeKind, FeeState, TimeUnit
from publication.site.render.language import active_language, gettext, ngettext

UNKNOWN = gettext_lazy("Chưa có thông tin")
NONE = gettext_lazy("Không")
_CURRENCIES = {"VND": "đồng", "USD": "USD", "EUR": "EUR"}
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def is_vietnamese() -> bool:
    return active_language() != "en"


def day(value: date | None) -> str:
    """ "20/11/2026", in English "20 November 2026"; nothing for no day."""
    if value is None:
        return ""
    if is_vietnamese():
        return f"{value:%d/%m/%Y}"
    return f"{value.day} {_ENGLISH_MONTHS[value.month - 1]} {value.year}"


def month(value: date) -> str:
    """ "7/2026", as it stands under the day of a dated list."""
    return f"{value.month}/{value.year}"


def iso_day(value: str) -> str:
    """The day written in a document as yyyy-mm-dd, in words."""
    return day(date.fromisoformat(value)) if value else ""


def number(value: int | Decimal) -> str:
    """ "1.126" and "1,5", in English "1,126" and "1.5"."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(_SWAPPED) if is_vietnamese() else text


_SWAPPED = str.maketrans(",.", ".,")


def file_size(size: int) -> str:
    """ "35 KB" and "1,2 MB", as a person who pays for data reads it: never "0 KB"."""
    if size < 1_000_000:
        return f"{number(max(1, round(size / 1000)))} KB"
    return f"{number(Decimal(size // 100_000) / 10)} MB"


def money(amount: Decimal, currency: str) -> str:
    name = "VND" if currency == "VND" and not is_vietnamese() else _CURRENCIES[currency]
    return f"{number(amount)} {name}"


def duration(value: Duration) -> str:
    """ "7 ngày làm việc"; units are kept as the law writes them."""
    return f"{number(value.amount)} {_unit(value)}"


def _unit(value: Duration) -> str:
    count = 1 if value.amount == 1 else 2
    match value.unit:
        case TimeUnit.HOUR:
            return ngettext("giờ", "giờ", count)
        case TimeUnit.DAY:
            return ngettext("ngày", "ngày", count)
        case TimeUnit.WORKING_DAY:
            return ngettext("ngày làm việc", "ngày làm việc", count)
        case TimeUnit.MONTH:
            return ngettext("tháng", "tháng", count)
        case TimeUnit.YEAR:
            return ngettext("năm", "năm", count)


def fee_amount(fee: Fee) -> str:
    """What a fee costs, in a few words."""
    if fee.state is FeeState.AMOUNT and fee.amount is not None:
        return money(fee.amount, fee.currency)
    return str(_FEE_STATES[fee.state])


_FEE_STATES = {
    FeeState.FREE: gettext_lazy("Không thu"),
    FeeState.NOT_REGULATED: gettext_lazy("Chưa quy định"),
    FeeState.FORMULA: gettext_lazy("Tính theo công thức"),
    FeeState.UNKNOWN: UNKNOWN,
}
FEE_KINDS = {
    FeeKind.FEE: gettext_lazy("Phí"),
    FeeKind.CHARGE: gettext_lazy("Lệ phí"),
    FeeKind.UNSPECIFIED: lazystr(""),
}


def procedures(count: int) -> str:
    """ "1.126 thủ tục" """
    words = ngettext("%(count)s thủ tục", "%(count)s thủ tục", count)
    return words % {"count": number(count)}


def listed(words: Iterable[str]) -> str:
    """ "a, b và c"."""
    parts = [word for word in words if word]
    if len(parts) < 2:
        return "".join(parts)
    return gettext("%(first)s và %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def capitalised(text: str) -> str:
    """The first letter large, the others as they are: "tỉnh Hải Dương" gives "Tỉnh Hải Dương"."""
    return text[:1].upper() + text[1:]


def shortened(text: str, length: int) -> str:
    """A text cut at a word for places that hold no more, such as a title bar."""
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
