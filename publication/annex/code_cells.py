"""Procedure codes as annexes hold them; no digit is changed or added silently. Pure."""

import re
from dataclasses import dataclass
from typing import Final

from catalog.codes import CodeError, procedure_code
from catalog.vietnamese import clean_text

_IN_TEXT: Final = re.compile(
    r"(?<![\w.,/-])\d\s?\.\s?\d{6}(?:\.\d{3}\.\d{2}\.\d{2})?(?:\.[A-Z]\d{2})?(?![\w-]|[.,]\w)",
    re.ASCII,
)
_AROUND: Final = " \t\n.,;:()[]*–-"
_LABEL: Final = re.compile(r"^(?:mã(?: số| tthc| thủ tục)*|mtt)\s*:\s*", re.I)
# A number that Excel holds has lost the zeros at its end: 1.01069 was 1.010690 once.
_CUT_NUMBER: Final = re.compile(r"[1-9]\.\d{3,5}", re.ASCII)
_OLD_NUMBER: Final = re.compile(r"^[A-ZĐ]{1,2}-[A-ZĐ]{2,5}-\d{4,6}(?:-TT)?$")


@dataclass(frozen=True)
class CodeCell:
    """What a cell says of a code. With several codes, or none, `code` is "" and `remark` why."""

    text: str
    code: str = ""
    codes: tuple[str, ...] = ()
    is_guess: bool = False
    remark: str = ""


def read_code_cell(text: str, *, is_number: bool = False) -> CodeCell:
    """The code of a cell, in whatever accepted spelling; digits are taken as they stand."""
    written = clean_text(text)
    if not written.strip(_AROUND):
        return CodeCell("")
    codes = _codes(written)
    if len(codes) == 1:
        spaced = re.search(r"\d\s+\d", written) is not None and "." not in written
        return CodeCell(written, codes[0], codes, is_guess=spaced)
    if codes:
        return CodeCell(written, codes=codes, remark=f"ô có nhiều mã ({', '.join(codes)})")
    if is_number and _CUT_NUMBER.fullmatch(written):
        padded = written.ljust(8, "0")
        remark = f"ô là số, có thể mất số 0 ở cuối: {written} hay {padded}"
        return CodeCell(written, padded, (padded,), is_guess=True, remark=remark)
    if _OLD_NUMBER.match(written.strip(_AROUND).upper()):
        return CodeCell(written, remark=f"“{written}” là số hồ sơ kiểu cũ, không phải mã quốc gia")
    return CodeCell(written, remark=f"không đọc được mã “{written[:40]}”")


def codes_in_text(text: str) -> tuple[str, ...]:
    """Distinct codes that stand in running text, in order."""
    found = (re.sub(r"\s", "", match[0])[:8] for match in _IN_TEXT.finditer(text))
    return tuple(dict.fromkeys(found))


def without_codes(text: str) -> str:
    """Running text with its codes taken out, for columns that hold a name and a code."""
    bare = _IN_TEXT.sub(" ", text)
    bare = re.sub(r"\(\s*(?:mã(?: số| tthc| thủ tục)*\s*:?)?\s*\)", " ", bare, flags=re.I)
    return " ".join(bare.split()).strip(" -–:;,.")


def _codes(written: str) -> tuple[str, ...]:
    whole = _code(written)
    if whole:
        return (whole,)
    pieces = (_code(piece) for piece in re.split(r"[\n;,()]", written))
    found = tuple(dict.fromkeys(code for code in pieces if code))
    return tuple(dict.fromkeys((*found, *codes_in_text(written))))


def _code(piece: str) -> str:
    try:
        return procedure_code(_LABEL.sub("", piece.strip()).strip(_AROUND))
    except CodeError:
        return ""
