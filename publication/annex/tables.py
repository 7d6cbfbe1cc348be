"""Tables as every kind of file yields them: a grid of cells, their place, the lines above. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from catalog.vietnamese import clean_line


class AnnexUnreadable(Exception):
    """A file of which nothing can be read; the message names the damage and the mend."""


class Cell(NamedTuple):
    """A cell where it begins, with how far it reaches; a merged one is one cell."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    is_number: bool = False  # Excel held a number, so zeros at its end may be lost

    @property
    def line(self) -> str:
        return clean_line(self.text)


@dataclass(frozen=True)
class Place:
    """Where a table stands in its file."""

    table: int
    page: int = 0
    sheet: str = ""

    def of_row(self, row: int) -> str:
        """The place of a row (from 0) as an officer finds it again in the file."""
        if self.sheet:
            return f"trang tính “{self.sheet}”, dòng {row + 1}"
        page = f"trang {self.page}, " if self.page else ""
        return f"{page}bảng {self.table}, dòng {row + 1}"

    def __str__(self) -> str:
        if self.sheet:
            return f"trang tính “{self.sheet}”"
        return f"{f'trang {self.page}, ' if self.page else ''}bảng {self.table}"


class Table:
    """A grid in which a merged cell stands at every position it covers."""

    def __init__(
        self,
        place: Place,
        cells: Iterable[Cell],
        *,
        above: Iterable[str] = (),
        nested: bool = False,
        first_row: int = 0,
    ) -> None:
        self.place = place
        self.above = list(above)
        self.nested = nested
        self.first_row = first_row  # of the sheet, for places
        self.grid: list[list[Cell | None]] = _grid(list(cells))

    @property
    def width(self) -> int:
        return len(self.grid[0]) if self.grid else 0

    def at(self, row: int, column: int) -> Cell | None:
        inside = 0 <= row < len(self.grid) and 0 <= column < self.width
        return self.grid[row][column] if inside else None

    def text(self, row: int, column: int) -> str:
        cell = self.at(row, column)
        return cell.line if cell else ""

    def own(self, row: int) -> list[Cell]:
        """The cells that begin in a row and say something, from left to right."""
        cells = {cell for cell in self.grid[row] if cell and cell.row == row and cell.line}
        return sorted(cells, key=lambda cell: cell.column)

    def place_of(self, row: int) -> str:
        return self.place.of_row(self.first_row + row)


@dataclass
class Document:
    """Everything a file holds that matters here."""

    tables: list[Table]
    lines: list[str] = field(default_factory=list)  # outside of tables
    remarks: list[str] = field(default_factory=list)


def _grid(cells: list[Cell]) -> list[list[Cell | None]]:
    height = max((cell.row + cell.rows for cell in cells), default=0)
    width = max((cell.column + cell.columns for cell in cells), default=0)
    grid: list[list[Cell | None]] = [[None] * width for _row in range(height)]
    for cell in cells:
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                grid[row][column] = cell
    return grid
