"""Rows inside a table that are headings, column numbers or totals and no procedures. Pure."""

import re
from typing import Final

from catalog.vietnamese import fold
from publication.annex.code_cells import codes_in_text
from publication.annex.columns import Column, Columns
from publication.annex.headings import mark_of, read_heading
from publication.annex.tables import Cell, Table

_TOTAL: Final = re.compile(r"^(?:tổng (?:số|cộng)|cộng)\b", re.I)
_SECTION_WORDS: Final = re.compile(
    r"^(?:danh muc|(?:cac )?linh vuc|(?:cac )?(?:thu tuc hanh chinh|tthc)"
    r" (?:noi bo|cap|moi|duoc|ban hanh|sua|thay|bi|bai|huy|dung chung|ap dung|thuoc|linh vuc|trong)"
    r"|(?:thu tuc )?(?:moi ban hanh|duoc|bi) |cap (?:tinh|huyen|xa)\b(?! hoi)"
    r"|thuoc tham quyen)"
)


def section_heading(table: Table, row: int, columns: Columns) -> str:
    """The heading that a row of a table is, with its mark; "" for any other row."""
    own = table.own(row)
    if not own or len(own) > 3 or _has_code(table, row, columns):
        return ""
    ordinal, words = _ordinal(own, columns), own
    if ordinal is not None and (mark_of(ordinal.line) or len(own) > 1):
        words = [cell for cell in own if cell != ordinal]
    if not words or not _is_section(table, ordinal, words, columns):
        return ""
    mark = ordinal.line.rstrip(" .") if ordinal is not None and ordinal not in words else ""
    return f"{mark}. {words[0].line}" if mark else words[0].line


def is_column_numbers(table: Table, row: int) -> bool:
    """The row "(1) (2) (3)" under a head."""
    said = [cell.line.strip("() ") for cell in table.own(row)]
    numbers = [int(text) for text in said if re.fullmatch(r"\d{1,2}", text)]
    return len(said) >= 3 and len(numbers) == len(said) and numbers == sorted(set(numbers))


def is_total(table: Table, row: int) -> bool:
    """ "Tổng cộng: 12 thủ tục": three cells at the most, and none of them a code."""
    own = table.own(row)
    if not own or len(own) > 3 or any(codes_in_text(cell.text) for cell in own):
        return False
    return _TOTAL.match(own[0].line) is not None


def _is_section(table: Table, ordinal: Cell | None, words: list[Cell], columns: Columns) -> bool:
    text = words[0].line
    mark = mark_of(ordinal.line) if ordinal is not None and ordinal not in words else ""
    speaks = _SECTION_WORDS.match(fold(read_heading(text).bare)) is not None
    if mark in ("I", "A"):
        return len(words) == 1 or speaks
    if len(words) > 1:
        return False
    wide = words[0].columns > 1 and words[0].columns * 2 >= table.width
    if mark:
        return speaks or wide
    in_name = words[0].column in columns.of(Column.NAME) and not wide
    return speaks or wide or (not in_name and words[0].column in columns.of(Column.ORDINAL))


def _ordinal(own: list[Cell], columns: Columns) -> Cell | None:
    places = columns.of(Column.ORDINAL)
    first = own[0]
    return first if first.column in places and first.columns == 1 else None


def _has_code(table: Table, row: int, columns: Columns) -> bool:
    return any(
        re.search(r"\d", cell.line)
        for place in columns.of(Column.CODE)
        if (cell := table.at(row, place)) and cell.row == row and cell.columns == 1
    )
