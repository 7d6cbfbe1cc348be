"""Tables of Excel files: one for each sheet that says something. Pure."""

import re
import zipfile
from io import BytesIO
from typing import Any, Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from publication.annex.tables import AnnexUnreadable, Cell, Document, Place, Table

CELLS_LIMIT: Final = 500_000  # of one sheet, empty ones between the first and the last included
_REFERENCE: Final = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")


def read_excel(data: bytes) -> Document:
    """Every sheet as a table; merged cells are one cell. Raises AnnexUnreadable."""
    try:
        _refuse_vast_sheets(data)
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = [workbook.get_sheet_by_name(name) for name in workbook.sheet_names]
    except (CalamineError, zipfile.BadZipFile, OSError) as error:
        raise AnnexUnreadable(
            "Không mở được tệp Excel: tệp hỏng. Mở bằng Excel, lưu lại dạng .xlsx rồi tải lên lại."
        ) from error
    tables = [_table(number, sheet) for number, sheet in enumerate(sheets, 1) if sheet.height]
    return Document(tables)


def _refuse_vast_sheets(data: bytes) -> None:
    """A cell at the far corner would make the reader lay out every cell before it."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if not name.endswith(".xml") or name == "xl/sharedStrings.xml":
                continue
            width = height = 0
            for letters, number in _REFERENCE.findall(archive.read(name)):
                width, height = max(width, _column(letters)), max(height, int(number))
            if width * height > CELLS_LIMIT:
                raise AnnexUnreadable(
                    f"Trang tính quá lớn ({height} dòng × {width} cột): xóa các ô thừa ở xa bảng, "
                    "lưu lại rồi tải lên."
                )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _table(number: int, sheet: CalamineSheet) -> Table:
    top, left = sheet.start or (0, 0)
    rows = sheet.to_python(skip_empty_area=True)
    merged = _merged(sheet, top, left, len(rows), max((len(row) for row in rows), default=0))
    inside = {
        (row, column)
        for (at_row, at_column), (height, width) in merged.items()
        for row in range(at_row, at_row + height)
        for column in range(at_column, at_column + width)
    }
    cells = []
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if (row, column) in inside and (row, column) not in merged:
                continue
            height, width = merged.get((row, column), (1, 1))
            is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
            cells.append(Cell(_written(value), row, column, height, width, is_number))
    return Table(Place(number, sheet=sheet.name), cells, first_row=top)


def _merged(
    sheet: CalamineSheet, top: int, left: int, height: int, width: int
) -> dict[tuple[int, int], tuple[int, int]]:
    """Where merged cells begin, and how far they reach inside the area that holds values."""
    found = {}
    for (from_row, from_column), (to_row, to_column) in sheet.merged_cell_ranges or []:
        row, column = from_row - top, from_column - left
        down, right = min(to_row - top, height - 1), min(to_column - left, width - 1)
        if row >= 0 and column >= 0 and down >= row and right >= column:
            found[row, column] = (down - row + 1, right - column + 1)
    return found


def _written(value: Any) -> str:
    """A value as the sheet shows it; whole numbers without the ".0" that Excel does not show."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\x00", "")
