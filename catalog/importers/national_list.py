"""Lists that hold names only: the national list as JSON, and the portal's Excel list. Pure.

They speak of code, name, issuer, handling agencies and field; of nothing else, so a text that
the register already has stays untouched.
"""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from python_calamine import CalamineError, CalamineWorkbook

from catalog.enums import AgencyRole
from catalog.importers.agency_names import listed_agencies
from catalog.importers.cells import plain_keys, text_of
from catalog.importers.field_names import split_fields
from catalog.importers.files import FileRefused, SourceRow
from catalog.importers.parsed import ParsedProcedure
from catalog.vietnamese import clean_line, fold

HEADER_ROWS: Final = 20  # the portal's own banner takes one; others put a few above the header
_LOCAL_TIME: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_COLUMNS: Final = {
    "ma so": "ma_so",
    "ma so tthc": "ma_so",
    "ma thu tuc": "ma_so",
    "ma tthc": "ma_so",
    "ten": "ten",
    "ten thu tuc": "ten",
    "ten tthc": "ten",
    "ten thu tuc hanh chinh": "ten",
    "co quan ban hanh": "co_quan_ban_hanh",
    "co quan thuc hien": "co_quan_thuc_hien",
    "linh vuc": "linh_vuc",
}
_REQUIRED: Final = {"ma_so": "Mã số", "ten": "Tên", "linh_vuc": "Lĩnh vực"}
COLUMNS: Final = frozenset(_REQUIRED)


def is_national_list(raw: dict[str, Any]) -> bool:
    return raw.keys() >= COLUMNS


def code_of(raw: dict[str, Any]) -> str:
    return text_of(plain_keys(raw), "ma_so")


def fields_text_of(raw: dict[str, Any]) -> str:
    return text_of(plain_keys(raw), "linh_vuc")


def taken_on_of(raw: dict[str, Any]) -> date | None:
    """The day a list row was taken, where it says so (`collected_at`, ISO with offset)."""
    try:
        moment = datetime.fromisoformat(text_of(raw, "collected_at"))
        return moment.astimezone(_LOCAL_TIME).date()
    except (ValueError, OverflowError):  # no moment, or one beyond the calendar's last day
        return None


def parse_national_list(
    raw: dict[str, Any], *, known_fields: frozenset[str] = frozenset()
) -> ParsedProcedure:
    """One row of either list. Raises RecordRefused when a value has the wrong shape."""
    facts = plain_keys(raw)
    handling = listed_agencies(text_of(facts, "co_quan_thuc_hien"))
    return ParsedProcedure(
        code=text_of(facts, "ma_so"),
        name=clean_line(text_of(facts, "ten")),
        content=None,
        raw=raw,
        issuer=clean_line(text_of(facts, "co_quan_ban_hanh")) or None,
        field_names=split_fields(text_of(facts, "linh_vuc"), known=known_fields) or None,
        agencies={AgencyRole.HANDLING: handling} if handling else {},
    )


def read_workbook(path: Path) -> Iterator[SourceRow]:
    """Rows of the first sheet with a header; keys are the list's own, whatever order it has.

    Raises FileRefused when the workbook cannot be opened or lacks a column.
    """
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheets = [workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names]
    except (CalamineError, OSError) as error:
        raise FileRefused("Không mở được tệp Excel: tệp hỏng hoặc không phải .xlsx.") from error
    missing = list(_REQUIRED.values())
    for sheet in sheets:
        for number, row in enumerate(sheet[:HEADER_ROWS], 1):
            columns = {
                place: key
                for place, cell in enumerate(row)
                if (key := _COLUMNS.get(fold(clean_line(str(cell)))))
            }
            lacking = [label for key, label in _REQUIRED.items() if key not in columns.values()]
            if not lacking:
                yield from _data_rows(sheet[number:], columns, first=number + 1)
                return
            missing = min(missing, lacking, key=len)
    raise FileRefused(
        f"Không thấy dòng tiêu đề: thiếu cột {', '.join(missing)} trong {HEADER_ROWS} dòng đầu. "
        "Dùng bảng “Danh sách TTHC” của cổng hoặc đặt lại tên cột."
    )


def _data_rows(
    rows: list[list[Any]], columns: dict[int, str], *, first: int
) -> Iterator[SourceRow]:
    for number, row in enumerate(rows, first):
        raw = {key: _cell(row[place]) for place, key in columns.items() if place < len(row)}
        if any(value.strip() for value in raw.values()):
            yield SourceRow(number, raw)


def _cell(value: Any) -> str:
    """A cell as text; Excel turns the code 1.015030 into a number, which has six decimals."""
    if isinstance(value, float):
        return f"{value:.6f}" if value < 10 else f"{value:.0f}"
    return str(value).replace("\x00", "")
