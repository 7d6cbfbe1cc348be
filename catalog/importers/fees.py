"""Fee cells such as "Phí : 2.000.000 Đồng (mỗi hồ sơ)", one or several in a cell. Pure."""

import re
from decimal import Decimal
from typing import Final, Literal

from catalog.content import Fee, FeeKind, FeeState
from catalog.importers.fee_notes import is_plainly_free, may_be_in_thousands, names_a_price
from catalog.importers.wording import stated
from catalog.vietnamese import clean_line, clean_text, fold

Currency = Literal["VND", "USD", "EUR"]
CURRENCIES: Final[dict[str, Currency]] = {
    "": "VND",
    "dong": "VND",
    "d": "VND",
    "vnd": "VND",
    "viet nam dong": "VND",
    "usd": "USD",
    "do la my": "USD",
    "eur": "EUR",
    "euro": "EUR",
}
_FEE: Final = re.compile(r"^[ \t]*(phí|lệ phí)\s*:[ \t]*", re.IGNORECASE | re.MULTILINE)
_VALUE: Final = re.compile(
    r"^(?P<value>.*?)\s*(?P<currency>đồng|vnđ|vnd|usd|eur)?\s*(?:\((?P<note>.*)\))?$",
    re.IGNORECASE | re.DOTALL,
)
_GROUPED: Final = re.compile(r"^\d{1,3}(?:[.,]\d{3})+$")
_PLAIN: Final = re.compile(r"^\d{1,15}$")
_DECIMAL: Final = re.compile(r"^\d{1,9}[.,]\d{1,2}$")


def amount(text: str, currency: Currency) -> Decimal | None:
    """ "2.000.000" as dong, "1.5" as dollars; None for anything else. Dongs have no decimals."""
    text = clean_line(text)
    if _GROUPED.match(text):
        return Decimal(re.sub(r"[.,]", "", text))
    if _PLAIN.match(text):
        return Decimal(text)
    if currency != "VND" and _DECIMAL.match(text):
        return Decimal(text.replace(",", "."))
    return None


def fee_of(
    *, kind: FeeKind, value: str, currency: Currency, note: str, as_announced: bool = False
) -> Fee:
    """One fee row. A value that is no number is a formula; no value at all leaves it unknown.

    So does a note that contradicts the figure, and what was typed is kept as words; but not where
    the figures are what a province has announced.
    """
    value, note = clean_text(value), stated(note)
    found = amount(value, currency)
    is_free = found == 0 or fold(value) in {"khong", "mien phi"}
    if not as_announced and _is_doubtful(found, currency, note, is_free=is_free):
        return Fee(kind=kind, state=FeeState.UNKNOWN, note=f"{value} ({note})" if note else value)
    if is_free:
        return Fee(kind=kind, state=FeeState.FREE, note=note)
    if found is not None:
        return Fee(kind=kind, state=FeeState.AMOUNT, amount=found, currency=currency, note=note)
    if not value and fold(note) in {"chua quy dinh", "khong quy dinh"}:
        return Fee(kind=kind, state=FeeState.NOT_REGULATED)
    if fold(value) == "chua quy dinh":
        return Fee(kind=kind, state=FeeState.NOT_REGULATED, note=note)
    if re.search(r"\d", value) and len(value) > 3:
        words = f"{value} ({note})" if note else value
        return Fee(kind=kind, state=FeeState.FORMULA, note=words)
    return Fee(kind=kind, state=FeeState.UNKNOWN, note="\n".join(filter(None, [value, note])))


def _is_doubtful(found: Decimal | None, currency: Currency, note: str, *, is_free: bool) -> bool:
    if is_free:
        return names_a_price(note) and not is_plainly_free(note)
    return found is not None and currency == "VND" and may_be_in_thousands(found, note)


def fees_of(cell: str) -> tuple[Fee, ...]:
    """All fees of a cell, in order; text before the first "Phí :" makes one unknown fee of all."""
    cell = stated(cell)
    if not cell:
        return ()
    marks = list(_FEE.finditer(cell))
    if not marks or marks[0].start() > 0:
        return (fee_of(kind=FeeKind.UNSPECIFIED, value=cell, currency="VND", note=""),)
    ends = [mark.start() for mark in marks[1:]] + [len(cell)]
    return tuple(
        _one(mark[1], cell[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)
    )


def _one(word: str, text: str) -> Fee:
    kind = FeeKind.FEE if fold(word) == "phi" else FeeKind.CHARGE
    text, *files = re.split(r"\n(?=File đính kèm)", text.strip())
    found = _VALUE.match(text)
    value, unit, note = (
        (found["value"], found["currency"] or "", found["note"] or "") if found else (text, "", "")
    )
    currency = CURRENCIES[fold(unit)]
    return fee_of(
        kind=kind, value=value, currency=currency, note="\n".join(filter(None, [note, *files]))
    )
