"""Announced fees in words, for places that hold no structure."""

from datetime import date
from typing import Final

from catalog.content import Fee, FeeKind, FeeState
from publication.exports.durations import plain_number

_KINDS: Final = {FeeKind.FEE: "Phí", FeeKind.CHARGE: "Lệ phí", FeeKind.UNSPECIFIED: ""}
_STATES: Final = {
    FeeState.FREE: "Không thu",
    FeeState.NOT_REGULATED: "Chưa quy định",
    FeeState.FORMULA: "Tính theo công thức",
    FeeState.UNKNOWN: "Chưa có thông tin",
}


def value_of(fee: Fee) -> str | None:
    """What is to be paid as plain digits: an amount, or nothing; None where no number is known."""
    if fee.state is FeeState.FREE:
        return "0"
    return plain_number(fee.amount) if fee.amount is not None else None


def fee_in_words(fee: Fee) -> str:
    """ "Lệ phí: 10000 VND. mỗi bản"."""
    amount = f"{plain_number(fee.amount)} {fee.currency}" if fee.amount is not None else ""
    head = ": ".join(filter(None, [_KINDS[fee.kind], amount or _STATES[fee.state]]))
    parts = [head, fee.note, f"Căn cứ: {fee.basis}" if fee.basis else "", _period(fee)]
    return ". ".join(part.rstrip(". ") for part in parts if part)


def _period(fee: Fee) -> str:
    first = f"từ ngày {_day(fee.valid_from)}" if fee.valid_from else ""
    last = f"đến hết ngày {_day(fee.valid_to)}" if fee.valid_to else ""
    words = " ".join(filter(None, [first, last]))
    return f"Áp dụng {words}" if words else ""


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%d/%m/%Y}"
