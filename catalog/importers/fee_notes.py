"""What a fee's note says against its figure: free beside a price, or typed in thousands. Pure.

Sources print "0" or "Miễn phí" also where the amount was left empty and only the note says what is
to be paid, and they print amounts that were typed in thousands ("25" for 25.000 đồng). Neither can
be told from the figure alone.
"""

import re
from decimal import Decimal

from catalog.vietnamese import fold

# No fee in force is below a thousand đồng: such a figure was typed in thousands.
SMALLEST_AMOUNT = 1000

_MONEY = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[.,]\d{3}){1,4}|\d{1,12}) ?(?:đồng|VNĐ|VND|USD|đ(?!\w))"
)
_SET_ELSEWHERE = re.compile(
    r"phi (?:, le phi )?(?:thuc hien )?(?:theo|quy dinh tai)|muc (?:thu|phi)|bieu phi|thu phi theo"
)
_FREE_WORDS = re.compile(r"mien (?:le )?phi|mien thu|khong (?:thu|phai nop|mat)")
_FOR_SOME = re.compile(r"cho nguoi|cho cac|doi voi|truong hop|muc |hoi dong|nguoi thuoc|neu ")
_FOR_A_TIME = re.compile(r"ke tu|tu ngay|den het|den ngay|(?<!thong )tu \d|den \d")
_NOTHING = frozenset(
    {
        "khong",
        "khong co",
        "khong co phi",
        "khong quy dinh",
        "khong phi",
        "khong thu phi",
        "mien phi",
    }
)


def is_plainly_free(note: str) -> bool:
    """Free for everyone and for good: no price, no term, no "for whom", no word on another fee."""
    folded = fold(note).strip(" .;:-/")
    if not folded or folded in _NOTHING:
        return True
    if _MONEY.search(note) or _FOR_A_TIME.search(folded) or _FOR_SOME.search(folded):
        return False
    return _FREE_WORDS.match(folded) is not None and folded.count("phi") <= 1


def names_a_price(text: str) -> bool:
    """Whether a text names money, or what sets the price."""
    return bool(_MONEY.search(text) or _SET_ELSEWHERE.search(fold(text)))


def may_be_in_thousands(amount: Decimal, note: str) -> bool:
    """Of an amount in đồng: it is too small, or its note names a thousand times as much."""
    return amount < SMALLEST_AMOUNT or amount * 1000 in _money_in(note)


def _money_in(note: str) -> set[Decimal]:
    return {Decimal(found[1].replace(".", "").replace(",", "")) for found in _MONEY.finditer(note)}
