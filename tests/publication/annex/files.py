"""Small Word, Excel and PDF files out of lines and tables, written by hand so that each oddity of
the field can be made on purpose."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.styles import Alignment


@dataclass(frozen=True)
class C:
    """A cell that reaches over columns or rows."""

    text: str
    columns: int = 1
    rows: int = 1


Row = Sequence["str | C | float"]


@dataclass(frozen=True)
class T:
    """A table; positions that a cell above covers are left out, as in HTML."""

    rows: Sequence[Row]


class PageBreak:
    """Begins a page, where the kind of file has pages."""


Block = "str | T | PageBreak"


def placed(table: T) -> tuple[list[tuple[int, int, C]], int]:
    """Cells with row and column, and the width of the table."""
    taken: set[tuple[int, int]] = set()
    cells = []
    for row, given in enumerate(table.rows):
        column = 0
        for one in given:
            cell = one if isinstance(one, C) else C(one)  # type: ignore[arg-type]
            while (row, column) in taken:
                column += 1
            cells.append((row, column, cell))
            taken |= {
                (row + down, column + right)
                for down in range(cell.rows)
                for right in range(cell.columns)
            }
            column += cell.columns
    return cells, max((column + 1 for _row, column in taken), default=0)


# --- Word ------------------------------------------------------------------------------------

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def docx(blocks: Iterable[Any], *, grid: bool = True, numbering: str = "") -> bytes:
    """A Word file; without `grid` its tables lack tblGrid, as the national exports do."""
    return docx_of("".join(_word_block(block, grid=grid) for block in blocks), numbering=numbering)


def docx_of(body: str, *, numbering: str = "") -> bytes:
    """A Word file whose body is given as XML."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml"'
        f' ContentType="{_TYPE}.document.main+xml"/>'
        f'<Override PartName="/word/numbering.xml" ContentType="{_TYPE}.numbering+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
    }
    if numbering:
        parts["word/_rels/document.xml.rels"] = (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{_OFFICE}/numbering" Target="numbering.xml"/></Relationships>'
        )
        parts["word/numbering.xml"] = f"<w:numbering {_W}>{numbering}</w:numbering>"
    return packed(parts)


def packed(parts: dict[str, str]) -> bytes:
    """A package of parts; the same parts give the same bytes whatever the time."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _word_block(block: Any, *, grid: bool) -> str:
    if isinstance(block, T):
        return word_table(block, grid=grid)
    return "" if isinstance(block, PageBreak) else paragraph(block)


def word_table(table: T, *, grid: bool = True) -> str:
    cells, width = placed(table)
    columns = "".join('<w:gridCol w:w="1000"/>' for _column in range(width))
    rows = "".join(_word_row(cells, row, width) for row in range(len(table.rows)))
    return f"<w:tbl>{f'<w:tblGrid>{columns}</w:tblGrid>' if grid else ''}{rows}</w:tbl>"


def _word_row(cells: list[tuple[int, int, C]], row: int, width: int) -> str:
    written, column = "", 0
    while column < width:
        found = next((one for one in cells if _covers(one, row, column)), None)
        if found is None:
            written, column = written + _word_cell("", 1, ""), column + 1
            continue
        top, _left, cell = found
        merge = "" if cell.rows == 1 else ("restart" if top == row else "continue")
        written += _word_cell(cell.text if top == row else "", cell.columns, merge)
        column += cell.columns
    return f"<w:tr>{written}</w:tr>"


def _word_cell(text: Any, span: int, merge: str) -> str:
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    paragraphs = "".join(paragraph(line) for line in str(text).split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def _covers(placed_cell: tuple[int, int, C], row: int, column: int) -> bool:
    top, left, cell = placed_cell
    return top <= row < top + cell.rows and left <= column < left + cell.columns


# --- Excel -----------------------------------------------------------------------------------


def xlsx(sheets: dict[str, Iterable[Any]]) -> bytes:
    """An Excel file: lines and tables below each other, one column to the right of the edge."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, blocks in sheets.items():
        sheet, top = workbook.create_sheet(name), 2
        for block in blocks:
            rows = block.rows if isinstance(block, T) else [[block]]
            for row, column, cell in placed(T(rows))[0]:
                _excel_cell(sheet, top + row, 2 + column, cell)
            top += len(rows)
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def _excel_cell(sheet: Any, row: int, column: int, cell: C) -> None:
    if cell.text == "":
        return
    at = sheet.cell(row, column, cell.text)
    at.alignment = Alignment(wrap_text=True)
    if cell.columns > 1 or cell.rows > 1:
        sheet.merge_cells(
            start_row=row,
            start_column=column,
            end_row=row + cell.rows - 1,
            end_column=column + cell.columns - 1,
        )


# --- PDF -------------------------------------------------------------------------------------

_SIZE, _LEADING, _MARGIN = 9, 12, 40
_PAGE = (842, 595)


def pdf(pages: Iterable[Iterable[Any]], *, text: bool = True) -> bytes:
    """A PDF with ruled tables; every letter is half as wide as high. Without `text`: rules only."""
    streams = ["\n".join(_page(blocks, text=text)) for blocks in pages]
    letters = sorted({char for blocks in streams for char in _letters(blocks)})
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    objects += _font(letters)
    kids = []
    for stream in streams:
        size = len(stream.encode())
        objects.append(f"<</Length {size}>>\nstream\n{stream}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {_PAGE[0]} {_PAGE[1]}]"
            f"/Contents {len(objects)} 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    return _assembled(objects)


def _assembled(objects: list[str]) -> bytes:
    file, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += f"{number} 0 obj\n{content}\nendobj\n".encode()
    start = len(file)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    file += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    file += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()
    return file


def _font(letters: list[str]) -> list[str]:
    pairs = "\n".join(f"<{ord(char):04x}> <{ord(char):04x}>" for char in letters)
    cmap = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CMapName /Own def\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{len(letters)} beginbfchar\n{pairs}\nendbfchar\nendcmap\nend\nend"
    )
    info = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    return [
        "<</Type/Font/Subtype/Type0/BaseFont/Own/Encoding/Identity-H"
        "/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>",
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/Own{info}/FontDescriptor 5 0 R/DW 500>>",
        "<</Type/FontDescriptor/FontName/Own/Flags 4/FontBBox[0 -200 1000 800]/Ascent 800"
        "/Descent -200/CapHeight 700/ItalicAngle 0/StemV 80>>",
        f"<</Length {len(cmap)}>>\nstream\n{cmap}\nendstream",
    ]


def _page(blocks: Iterable[Any], *, text: bool) -> Iterator[str]:
    top = _PAGE[1] - _MARGIN
    for block in blocks:
        if not isinstance(block, T):
            if text:
                yield _write(block, _MARGIN, top - _SIZE)
            top -= 2 * _LEADING
            continue
        top = yield from _pdf_table(block, top, text=text)
        top -= _LEADING


def _pdf_table(table: T, top: float, *, text: bool) -> Any:
    cells, width = placed(table)
    step = (_PAGE[0] - 2 * _MARGIN) / width
    letters = {column: int((step - 6) / (_SIZE / 2)) for column in range(width)}
    heights = [_LEADING + 4.0] * len(table.rows)
    for row, column, cell in cells:
        if cell.rows == 1:
            lines = _wrapped(str(cell.text), letters[column] * cell.columns)
            heights[row] = max(heights[row], len(lines) * _LEADING + 4)
    for row, column, cell in cells:
        left, high = _MARGIN + column * step, top - sum(heights[:row])
        tall = sum(heights[row : row + cell.rows])
        yield f"{left:.2f} {high - tall:.2f} {step * cell.columns:.2f} {tall:.2f} re S"
        lines = _wrapped(str(cell.text), letters[column] * cell.columns)
        for number, line in enumerate(lines if text else []):
            yield _write(line, left + 3, high - _SIZE - 2 - number * _LEADING)
    return top - sum(heights)


def _wrapped(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for paragraph_ in text.split("\n"):
        line = ""
        for word in paragraph_.split(" "):
            longer = f"{line} {word}".strip()
            if len(longer) > width and line:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


def _write(line: str, left: float, base: float) -> str:
    coded = "".join(f"{ord(char):04x}" for char in line)
    return f"BT /F1 {_SIZE} Tf {left:.2f} {base:.2f} Td <{coded}> Tj ET"


def _letters(stream: str) -> Iterator[str]:
    for line in stream.splitlines():
        if line.startswith("BT"):
            coded = line.partition("<")[2].partition(">")[0]
            yield from (chr(int(coded[at : at + 4], 16)) for at in range(0, len(coded), 4))
