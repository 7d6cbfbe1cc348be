"""Codes and numbers as the field writes them. Pure.

Formats: procedure and agency codes as found in national records; agency codes by
QCVN 102:2016/BTTTT ("000.00.01.H27") and by Decision 20/2020/QĐ-TTg ("H27.01").
"""

import re
from typing import Final

from catalog.vietnamese import fold, nfc

PROCEDURE_CODE: Final = re.compile(
    r"^(\d\.\d{6})(?:\.((?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2}))?$", re.ASCII
)
AGENCY_CODE: Final = re.compile(
    r"^(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{1,3}){0,3})$", re.ASCII
)
DECISION_NUMBER: Final = re.compile(
    r"^\d{1,5}[A-Za-z]?/QĐ-[A-ZĐƠƯ&0-9]+(?:-[A-ZĐƠƯ&0-9]+)*$", re.ASCII
)


class CodeError(ValueError):
    """A code that is not in the field's form; the message is for the person who typed it."""


def procedure_code(text: str) -> str:
    """The eight significant characters, "1.004873", of a code in any accepted spelling.

    Accepts "1.004873", "1004873", "1.004873.H23" and "1.004873.000.00.00.H23".
    Raises CodeError otherwise.
    """
    compact = re.sub(r"\s+", "", nfc(text)).upper()
    if re.fullmatch(r"[0-9]{7}", compact):
        compact = f"{compact[0]}.{compact[1:]}"
    if not compact:
        raise CodeError("Thiếu mã thủ tục; mã có dạng 1.234567.")
    found = PROCEDURE_CODE.match(compact)
    if not found:
        raise CodeError(
            f"Mã thủ tục “{text[:40]}” không đúng dạng 1.234567 "
            "(có thể kèm mã địa phương, ví dụ .H23)."
        )
    return found[1]


def is_agency_code(text: str) -> bool:
    return AGENCY_CODE.match(text) is not None


def decision_number(text: str) -> str:
    """A decision number in its usual spelling: "số 3218 / QD-UBND" gives "3218/QĐ-UBND".

    Words before the number are dropped. Raises CodeError when no number of a decision is left.
    """
    compact = re.sub(r"\s+", "", nfc(text)).upper()
    compact = re.sub(r"^(?:QUYẾTĐỊNH)?(?:SỐ:?)?", "", compact)
    compact = re.sub(r"^(\d{1,5}[A-Z]?)/QD-", r"\1/QĐ-", compact)
    if not DECISION_NUMBER.match(compact):
        raise CodeError(f"“{text[:60]}” không phải số quyết định, ví dụ đúng: 3218/QĐ-UBND.")
    return compact


def decision_number_key(text: str) -> str:
    """What two spellings of one number share, since scans confuse Đ and D: compare on this."""
    return re.sub(r"[^a-z0-9/&-]", "", fold(text))
