"""From tables to rows of procedures, over page breaks, repeated heads and headings. Pure.

What cannot be read is named in the remarks with its place: nothing of a file vanishes silently.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from catalog.vietnamese import clean_line
from publication.annex.annex_rows import AnnexRow, ReadAnnex
from publication.annex.code_cells import codes_in_text
from publication.annex.columns import Column, Columns, Head, head_at
from publication.annex.completeness import codes_left_behind, missing_ordinals
from publication.annex.headings import Heading, Headings, find_headings, read_heading
from publication.annex.row_facts import RowCells, read_row
from publication.annex.section_rows import is_column_numbers, is_total, section_heading
from publication.annex.tables import Document, Table

ROWS_LIMIT: Final = 2_000
_NAMES: Final = (Column.NAME, Column.NAME_AND_CODE, Column.OLD_NAME)


def read_rows(document: Document) -> ReadAnnex:
    """The rows of all tables that list procedures, in the order of the file."""
    reader = _Reader()
    for table in document.tables:
        reader.take(table)
    rows = reader.rows[:ROWS_LIMIT]
    remarks = [*document.remarks, *reader.told(), *missing_ordinals(rows)]
    remarks += codes_left_behind(document, rows)
    if len(reader.rows) > ROWS_LIMIT:
        remarks.append(
            f"Tệp có {len(reader.rows)} dòng, chỉ lấy {ROWS_LIMIT} dòng đầu: chia tệp làm nhiều."
        )
    return ReadAnnex(rows=rows, remarks=remarks)


@dataclass
class _Reader:
    """What is carried from table to table."""

    rows: list[AnnexRow] = field(default_factory=list)
    outer: Headings = field(default_factory=Headings)
    inner: Headings = field(default_factory=Headings)
    columns: Columns | None = None
    skipped: list[str] = field(default_factory=list)
    processes: list[str] = field(default_factory=list)
    joins_row: bool = False  # the next row may go on a row of the page before
    nothing_numbered: bool = True
    under_new_section: bool = False  # a heading came since the last procedure

    def take(self, table: Table) -> None:
        self._enter_headings(table)
        if not table.grid:
            return
        head = _first_head(table)
        if head is not None and head.columns.is_process:
            self.processes.append(str(table.place))
            return
        columns = self._columns_at_start(table, head)
        if head is None and columns is None:
            self._skip(table)
            return
        self.joins_row = columns is not None
        self._read(table, columns)

    def told(self) -> list[str]:
        remarks = [f"{_capital(place)}: không đọc." for place in self.skipped]
        if self.processes:
            listed = "; ".join(self.processes)
            remarks.append(f"Bảng quy trình, không phải danh mục nên bỏ qua: {listed}.")
        return remarks

    def _enter_headings(self, table: Table) -> None:
        found = find_headings(table.above)
        if table.place.sheet:
            self.outer, self.inner, self.columns = Headings(), Headings(), None
            name = read_heading(table.place.sheet)
            found = [name] if name.says_something else []
        for heading in found:
            self.outer.enter(heading)
        if found:
            self.inner = Headings()

    def _columns_at_start(self, table: Table, head: Head | None) -> Columns | None:
        """The columns of the table before, when this one only goes on: as wide, alike inside."""
        columns = self.columns
        if columns is None or table.nested or table.width != columns.width:
            return None
        rows = [row for row in range(head.row if head else len(table.grid)) if table.own(row)]
        alike = [row for row in rows if _looks_like_row(table, row, columns)]
        return columns if rows and len(alike) * 2 >= len(rows) else None

    def _skip(self, table: Table) -> None:
        text = " ".join(cell.text for row in table.grid for cell in row if cell)
        if codes_in_text(text) or (len(table.grid) > 4 and table.width > 2):
            self.skipped.append(f"{table.place} không có dòng tiêu đề nhận ra được")

    def _read(self, table: Table, columns: Columns | None) -> None:
        row = 0
        while row < len(table.grid):
            head = head_at(table, row)
            if head:
                self._take_head(head)
                columns, row = head.columns, row + head.rows
                continue
            self._take_row(table, row, columns)
            row += 1

    def _take_head(self, head: Head) -> None:
        if self.columns is not None and self.columns.places == head.columns.places:
            self.joins_row = True  # the head repeated on a new page
        elif not self.under_new_section:
            self.inner = Headings()  # another kind of list, and nothing says that it goes on
        self.columns = head.columns

    def _take_row(self, table: Table, row: int, columns: Columns | None) -> None:
        own = table.own(row)
        if not own or is_column_numbers(table, row) or is_total(table, row):
            return
        if columns is None:
            self._before_head(table, row)
            return
        section = section_heading(table, row, columns)
        if section:
            self._enter_section(read_heading(section).as_section())
            return
        self._take_procedure(RowCells(table, row, columns))

    def _before_head(self, table: Table, row: int) -> None:
        """Lines above the head of a sheet or table: its title."""
        for cell in table.own(row):
            for heading in find_headings(cell.text.splitlines()):
                self._enter_section(heading)

    def _enter_section(self, heading: Heading) -> None:
        self.inner.enter(heading)
        self.under_new_section, self.joins_row = True, False

    def _take_procedure(self, cells: RowCells) -> None:
        ordinal = cells.line(Column.ORDINAL) if cells.begins(Column.ORDINAL) else ""
        if not cells.begins(Column.CODE, *_NAMES):
            self.joins_row = False
            return  # further lines of a procedure whose cells are merged downwards
        if self._joins(cells, ordinal):
            self.rows[-1] = _joined(self.rows[-1], cells)
            self.joins_row = False
            return
        self.joins_row = self.under_new_section = False
        numbered = bool(ordinal)
        read = read_row(cells, self._headings(), own_ordinal=ordinal)
        if not numbered and not self.nothing_numbered:
            read = read.with_remark("không có số thứ tự: có thể là phần tiếp của dòng trên")
        self.nothing_numbered = self.nothing_numbered and not numbered
        self.rows.append(read)

    def _joins(self, cells: RowCells, ordinal: str) -> bool:
        """Whether a row only goes on what the page before began: no number, no code, a name."""
        return bool(
            self.joins_row
            and self.rows
            and not self.nothing_numbered
            and not ordinal
            and not cells.line(Column.CODE)
            and cells.columns.has(Column.ORDINAL)
        )

    def _headings(self) -> Headings:
        return Headings([*self.outer.stack, *self.inner.stack])


def _joined(row: AnnexRow, cells: RowCells) -> AnnexRow:
    name = clean_line(f"{row.name} {cells.line(*_NAMES)}")
    joined = row.model_copy(
        update={"name": name, "origin": row.origin.model_copy(update={"name": "guessed"})}
    )
    return joined.with_remark("tên nối từ hai trang")


def _first_head(table: Table) -> Head | None:
    return next((head for row in range(len(table.grid)) if (head := head_at(table, row))), None)


def _looks_like_row(table: Table, row: int, columns: Columns) -> bool:
    cells = RowCells(table, row, columns)
    if section_heading(table, row, columns):
        return True
    if columns.has(Column.CODE):
        held = cells.line(Column.CODE)
        return not held or bool(re.search(r"\d\.?\d{6}", re.sub(r"\s", "", held)))
    ordinal = cells.line(Column.ORDINAL)
    return bool(cells.line(*_NAMES)) and (not ordinal or ordinal.strip(". ").isdigit())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
