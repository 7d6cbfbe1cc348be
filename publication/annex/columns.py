"""Which column of a table holds what, whatever the order and the wording of its head. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from catalog.vietnamese import clean_line, fold
from publication.annex.code_cells import codes_in_text
from publication.annex.tables import Table
from publication.enums import ItemEffect

HEAD_LENGTH: Final = 90  # longer cells are no head of a column
_HEAD_ROWS: Final = 3


class Column(StrEnum):
    ORDINAL = "ordinal"
    CODE = "code"
    NAME = "name"
    NAME_AND_CODE = "name_and_code"
    OLD_CODE = "old_code"
    OLD_NAME = "old_name"
    FIELD = "field"
    LEVEL = "level"
    EFFECT = "effect"
    CHANGE = "change"
    CHANGE_BASIS = "change_basis"
    LEGAL_BASIS = "legal_basis"
    TIME = "time"
    PLACE = "place"
    FEE = "fee"
    AGENCY = "agency"
    NOTE = "note"
    LEVEL_PROVINCE = "level:province"
    LEVEL_DISTRICT = "level:district"
    LEVEL_COMMUNE = "level:commune"


def _has(*patterns: str) -> Callable[[str], bool]:
    compiled = [re.compile(pattern) for pattern in patterns]
    return lambda head: all(pattern.search(head) for pattern in compiled)


_CODE: Final = r"\bma#|\bso ho so\b"  # "#" tells "mã" from "mà" and "mạ"
_NOT_CODE: Final = r"\bma# (?:linh vuc|co quan|don vi|quy trinh|qr|dinh danh)\b"
_OLD: Final = r"(?:duoc|bi) thay the|\bcu\b|truoc day|da cong bo"
_NAME: Final = r"\bten\b.*(?:tthc|thu tuc|dich vu)|^(?:ten|thu tuc hanh chinh|tthc|thu tuc)$|^ten$"
_LEGAL: Final = r"vbqppl|van ban|can cu|co so phap ly|quy dinh phap luat"
_CHANGES: Final = r"sua doi|bo sung|thay the|bai bo|huy bo|thay doi"

# The first that fits decides, so the narrower ones stand first.
_HEADS: Final[tuple[tuple[Column, Callable[[str], bool]], ...]] = (
    (Column.ORDINAL, _has(r"^(?:stt|tt|so tt|so thu tu|s\.tt|no\.?|#)$")),
    (Column.CHANGE_BASIS, _has(_LEGAL, _CHANGES)),
    (Column.LEGAL_BASIS, _has(_LEGAL)),
    (Column.OLD_CODE, _has(_CODE, _OLD)),
    (Column.OLD_NAME, _has(r"tthc|thu tuc|\bten\b", _OLD)),
    (Column.CHANGE, _has(r"noi dung|diem moi", _CHANGES)),
    (Column.NAME_AND_CODE, _has(r"\bten\b.*\bma#|\bma#.*\bten\b")),
    (Column.CODE, lambda head: bool(re.search(_CODE, head) and not re.search(_NOT_CODE, head))),
    (Column.NAME, _has(_NAME)),
    (Column.FIELD, _has(r"linh vuc|\bnganh\b")),
    (Column.LEVEL_PROVINCE, _has(r"^(?:cap )?tinh$")),
    (Column.LEVEL_DISTRICT, _has(r"^(?:cap )?huyen$")),
    (Column.LEVEL_COMMUNE, _has(r"^(?:cap )?xa$")),
    (Column.LEVEL, _has(r"^cap\b|\bcap (?:thuc hien|giai quyet|hanh chinh)")),
    (Column.TIME, _has(r"thoi han|thoi gian")),
    (Column.PLACE, _has(r"dia diem|cach thuc|noi tiep nhan|hinh thuc nop")),
    (Column.FEE, _has(r"\bphi\b|le phi")),
    (Column.EFFECT, _has(r"^(?:loai|hinh thuc|tinh trang)\b|\bhinh thuc cong bo|noi dung cong bo")),
    (Column.AGENCY, _has(r"co quan|don vi|tham quyen|noi thuc hien")),
    (Column.NOTE, _has(r"ghi chu|^luu y$")),
)
# A table of steps names the procedure too; its rows are no items of the annex.
_PROCESS: Final = re.compile(
    r"quy trinh|trinh tu|(?:^|\| )buoc\b|noi dung cong viec|nguoi thuc hien"
    r"|ket qua (?:/|va) bieu mau"
)
_KEYS: Final = frozenset(
    {Column.NAME, Column.NAME_AND_CODE, Column.CODE, Column.OLD_NAME, Column.OLD_CODE}
)


@dataclass(frozen=True)
class Columns:
    """The columns of a table by what they hold, and what their heads say of the effect."""

    places: tuple[tuple[Column, int], ...]
    width: int
    effects: frozenset[ItemEffect] = frozenset()
    is_process: bool = False

    def of(self, column: Column) -> list[int]:
        return [place for held, place in self.places if held == column]

    def has(self, *columns: Column) -> bool:
        return any(held in columns for held, _place in self.places)


@dataclass(frozen=True)
class Head:
    """A table's head: where it begins and ends, and the columns it names."""

    row: int
    rows: int
    columns: Columns


def column_of(head: str) -> Column | None:
    """What a column holds by the words of its head."""
    folded = _folded(head)
    if not folded or len(folded) > HEAD_LENGTH:
        return None
    return next((column for column, fits in _HEADS if fits(folded)), None)


def _folded(head: str) -> str:
    marked = re.sub(r"\bmã\b", "mã# ", clean_line(head), flags=re.I)
    return clean_line(re.sub(r"[\[(/)\]:*–-]+", " ", fold(marked)))


def head_at(table: Table, row: int) -> Head | None:
    """The head that begins in a row, also when it takes two or three rows."""
    if row >= len(table.grid) or not _may_begin_head(table, row):
        return None
    height = _height(table, row)
    heads = [_joined(table, row, height, column) for column in range(table.width)]
    places = tuple((found, place) for place, head in enumerate(heads) if (found := column_of(head)))
    kinds = {column for column, _place in places}
    if not kinds & _KEYS or len(kinds) < 2 or len(places) * 2 < table.width:
        return None
    spoken = " | ".join(fold(head) for head in heads)
    columns = Columns(places, table.width, _spoken_effects(kinds, heads), _is_process(spoken))
    return Head(row, height, columns)


def _may_begin_head(table: Table, row: int) -> bool:
    own = table.own(row)
    if len(own) < 2 or any(len(cell.line) > 2 * HEAD_LENGTH for cell in own):
        return False
    return not any(cell.line.isdecimal() or codes_in_text(cell.text) for cell in own)


def _height(table: Table, row: int) -> int:
    """Rows that the head takes: as far as its merged cells reach, or a row of part heads below."""
    reach = max(cell.row + cell.rows - row for cell in table.own(row))
    if 1 < reach <= _HEAD_ROWS:
        return reach
    if row + 1 < len(table.grid) and _is_second_row(table, row + 1):
        return 2
    return 1


def _is_second_row(table: Table, row: int) -> bool:
    own = table.own(row)
    parts = [column_of(cell.line) for cell in own]
    if not own or table.text(row, 0) or None in parts or len(own) > table.width // 2 + 1:
        return False
    return all(
        table.text(row - 1, cell.column) == "" or _reaches_over(table, row - 1, cell.column)
        for cell in own
    )


def _reaches_over(table: Table, row: int, column: int) -> bool:
    cell = table.at(row, column)
    return cell is not None and cell.columns > 1


def _joined(table: Table, row: int, height: int, column: int) -> str:
    said: list[str] = []
    for at in range(row, row + height):
        text = table.text(at, column)
        if text and text not in said:
            said.append(text)
    if len(said) > 1 and column_of(said[-1]) in (
        Column.LEVEL_PROVINCE,
        Column.LEVEL_DISTRICT,
        Column.LEVEL_COMMUNE,
    ):
        return said[-1]
    return " ".join(said)


def _spoken_effects(kinds: set[Column], heads: list[str]) -> frozenset[ItemEffect]:
    """ "Tên VBQPPL quy định việc bãi bỏ" tells what its table does, where no heading does."""
    if kinds & {Column.OLD_CODE, Column.OLD_NAME}:
        return frozenset({ItemEffect.REPLACED})
    if not kinds & {Column.CHANGE, Column.CHANGE_BASIS}:
        return frozenset()
    told = [
        fold(clean_line(head))
        for head in heads
        if column_of(head) in (Column.CHANGE, Column.CHANGE_BASIS)
    ]
    words = (
        ("bai bo", ItemEffect.ABOLISHED),
        ("huy bo", ItemEffect.ABOLISHED),
        ("thay the", ItemEffect.REPLACED),
        ("sua doi", ItemEffect.AMENDED),
        ("bo sung", ItemEffect.AMENDED),
    )
    return frozenset(effect for word, effect in words if any(word in head for head in told))


def _is_process(spoken: str) -> bool:
    return _PROCESS.search(spoken) is not None
