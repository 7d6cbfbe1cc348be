"""The fee cell of a flattened filing row: "Miễn phí(…)", "450,000 VNĐ(…)", several in a row.

Where figure and note contradict each other (fee_notes.py), the fee is unknown and keeps the words.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from catalog.content import Fee, FeeKind, FeeState
from catalog.importers.fee_notes import is_plainly_free, may_be_in_thousands, names_a_price
from catalog.importers.scraped.reading import quoted
from catalog.vietnamese import fold

FREE = "Miễn phí"
SILENT = "Không có thông tin"
AMOUNT = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,2})? (?:Việt Nam Đồng|VNĐ|USD|EUR)"
FEE_START = re.compile(rf"{FREE}|{SILENT}|{AMOUNT}")

_CELL_AFTER_NOTE = re.compile(rf"{FREE}|{AMOUNT}")
_LIST_LETTER = re.compile(r"[a-zđ]\) ?")
_CURRENCIES: dict[str, Literal["VND", "USD", "EUR"]] = {"USD": "USD", "EUR": "EUR"}


@dataclass(frozen=True)
class FeeCell:
    """One fee as printed: its head ("Miễn phí", "450,000 VNĐ") and the note in brackets."""

    head: str
    note: str

    @property
    def as_written(self) -> str:
        return f"{self.head} ({self.note})" if self.note else self.head


def cut_fee_cells(text: str) -> tuple[list[FeeCell], str, str]:
    """The fees at the start of `text`, what follows them (the description), and a doubt or ""."""
    cells: list[FeeCell] = []
    at = 0
    found = FEE_START.match(text)
    while found:
        at = found.end()
        note, after, doubt = _cut_note(text, at, found[0])
        cells.append(FeeCell(found[0], note))
        if doubt:
            return cells, text[after:], doubt
        repeats = found[0] != SILENT and (after > at or found[0] != FREE)
        at = after
        found = _CELL_AFTER_NOTE.match(text, at) if repeats else None
    return cells, text[at:], ""


def _cut_note(text: str, at: int, head: str) -> tuple[str, int, str]:
    """The bracketed note at `at`, where it ends, and a doubt when its end cannot be told."""
    if head == SILENT or not text.startswith("(", at):
        return "", at, ""
    end = _closing_bracket(text, at)
    if end < 0 or not _may_begin_a_cell(text, end + 1):
        doubt = f"Không rõ ghi chú của mức thu {quoted(head)} kết thúc ở đâu."
        return text[at + 1 :].strip(), len(text), doubt
    return text[at + 1 : end].strip(), end + 1, ""


def _closing_bracket(text: str, at: int) -> int:
    depth = 0
    for index in range(at, len(text)):
        depth += (text[index] == "(") - (text[index] == ")")
        if not depth:
            return index
    return -1


def _may_begin_a_cell(text: str, at: int) -> bool:
    """Cells stand glued together. A mark, or a bracket closed once too often, is still the note."""
    following = text[at : at + 1]
    if not following or following.isupper() or following.isdigit() or following in "-+*•–“\"'(/\n":
        return True
    if following in ".,;:)":
        return False
    return bool(_LIST_LETTER.match(text, at)) or _never_closes_too_often(text, at)


def _never_closes_too_often(text: str, at: int) -> bool:
    depth = 0
    for char in text[at:]:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return False
    return True


def typed_fee(cell: FeeCell, description: str) -> tuple[Fee | None, str]:
    """The typed fee, None where the source is silent, and a doubt or ""."""
    if cell.head == SILENT:
        return None, ""
    if cell.head == FREE:
        return _free(cell, description)
    return _amount(cell)


def _free(cell: FeeCell, description: str) -> tuple[Fee, str]:
    note = fold(cell.note).strip(" .;:-/")
    if note == "chua quy dinh":
        return Fee(state=FeeState.NOT_REGULATED, note=cell.note), ""
    if is_plainly_free(cell.note) and not names_a_price(description):
        return Fee(state=FeeState.FREE, note=cell.note), ""
    words = quoted(cell.note or description)
    doubt = f"Ghi {quoted(FREE)} nhưng lời kèm theo nói đến mức thu: {words}."
    return Fee(kind=_kind(cell.note), state=FeeState.UNKNOWN, note=cell.as_written), doubt


def _amount(cell: FeeCell) -> tuple[Fee, str]:
    figure, _, currency = cell.head.partition(" ")
    amount = Decimal(figure.replace(",", ""))
    code = _CURRENCIES.get(currency, "VND")
    if code == "VND" and may_be_in_thousands(amount, cell.note):
        doubt = f"Mức thu {quoted(cell.as_written)} không rõ là đồng hay nghìn đồng."
        return Fee(kind=_kind(cell.note), state=FeeState.UNKNOWN, note=cell.as_written), doubt
    fee = Fee(
        kind=_kind(cell.note), state=FeeState.AMOUNT, amount=amount, currency=code, note=cell.note
    )
    return fee, ""


def _kind(note: str) -> FeeKind:
    """Phí or lệ phí, where the note begins with the word; "Phí, lệ phí …" does not tell."""
    words = fold(note).lstrip(" -+*")
    if words.startswith("le phi"):
        return FeeKind.CHARGE
    if words.startswith("phi ") and "le phi" not in words[:20]:
        return FeeKind.FEE
    return FeeKind.UNSPECIFIED
