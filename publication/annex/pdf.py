"""Ruled tables of PDF files with a text layer, and the lines between them. Pure."""

import logging
from io import BytesIO
from itertools import pairwise
from typing import Any, Final

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from publication.annex.tables import AnnexUnreadable, Cell, Document, Place, Table

PAGES_LIMIT: Final = 300
_LEAST_CHARS: Final = 20  # a page number alone is no text layer
_SNAP: Final = 2.0  # points between two edges that are one

# The reader reports every unusual colour of a page; an officer can do nothing about them.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


def read_pdf(data: bytes) -> Document:
    """Tables page by page. Raises AnnexUnreadable for scans, locked and damaged files."""
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            return _pages(pdf)
    except AnnexUnreadable:
        raise
    except Exception as error:  # damaged files break the library in many ways
        if _is_locked(error):
            raise AnnexUnreadable("Tệp PDF đặt mật khẩu: bỏ mật khẩu rồi tải lên lại.") from error
        raise AnnexUnreadable(
            "Không mở được tệp PDF: tệp hỏng. Xuất lại PDF từ Word, hoặc tải lên bản .docx."
        ) from error


def _pages(pdf: Any) -> Document:
    if len(pdf.pages) > PAGES_LIMIT:
        raise AnnexUnreadable(
            f"Tệp PDF có {len(pdf.pages)} trang, nhiều hơn {PAGES_LIMIT}: tách riêng phần phụ lục."
        )
    document, without_text = Document([]), []
    for number, page in enumerate(pdf.pages, 1):
        if len(page.chars) < _LEAST_CHARS:
            without_text.append(number)
        else:
            _read_page(document, number, page)
        page.close()  # gives back what was read of it: long files stay within memory
    if len(without_text) == len(pdf.pages):
        raise AnnexUnreadable(
            "Tệp PDF này là bản quét ảnh, không có lớp chữ nên không đọc được: tải lên bản Word "
            "(.docx) của phụ lục, hoặc nhận dạng chữ (OCR) trước."
        )
    if without_text:
        listed = ", ".join(map(str, without_text))
        document.remarks.append(f"Trang {listed}: không có lớp chữ (ảnh quét), không đọc được.")
    return document


def _read_page(document: Document, number: int, page: Any) -> None:
    tables = sorted(page.find_tables(), key=lambda table: (table.bbox[1], table.bbox[0]))
    lines = [
        line
        for line in page.extract_text_lines(return_chars=False)
        if not any(_holds(table.bbox, line) for table in tables)
    ]
    document.lines.extend(line["text"] for line in lines)
    top = 0.0
    for table in tables:
        above = [line["text"] for line in lines if top <= line["top"] < table.bbox[1]]
        place = Place(len(document.tables) + 1, page=number)
        document.tables.append(Table(place, _cells(table), above=above))
        top = table.bbox[3]
    _keep_rest(document, number, [line["text"] for line in lines if line["top"] >= top])


def _keep_rest(document: Document, number: int, lines: list[str]) -> None:
    """Lines under the last table of a page are headings of the next page's first one."""
    if lines:
        document.tables.append(Table(Place(len(document.tables) + 1, page=number), [], above=lines))


def _holds(box: tuple[float, float, float, float], line: dict[str, Any]) -> bool:
    left, top, right, bottom = box
    middle: float = (line["top"] + line["bottom"]) / 2
    inside: bool = left - _SNAP <= line["x0"] and line["x1"] <= right + _SNAP
    return inside and top <= middle <= bottom


def _cells(table: Any) -> list[Cell]:
    """Cells of a ruled table on the grid of all its edges: a merged cell covers several."""
    boxes = [box for row in table.rows for box in row.cells if box]
    xs = _edges([edge for box in boxes for edge in (box[0], box[2])])
    ys = _edges([edge for box in boxes for edge in (box[1], box[3])])
    cells = []
    for row, texts in zip(table.rows, table.extract(), strict=True):
        for box, text in zip(row.cells, texts, strict=True):
            if box:
                column, right = _nearest(xs, box[0]), _nearest(xs, box[2])
                top, bottom = _nearest(ys, box[1]), _nearest(ys, box[3])
                reach = max(bottom - top, 1), max(right - column, 1)
                cells.append(Cell(text or "", top, column, *reach))
    return cells


def _edges(values: list[float]) -> list[float]:
    """Distinct edges from low to high, those nearer than a hair counted once."""
    ordered = sorted(values)
    return ordered[:1] + [b for a, b in pairwise(ordered) if b - a > _SNAP]


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda place: abs(edges[place] - value))


def _is_locked(error: Exception) -> bool:
    causes = (error, error.__cause__, error.__context__, *error.args)
    return any(isinstance(cause, PDFPasswordIncorrect) for cause in causes) or (
        isinstance(error, PdfminerException) and "Password" in repr(error)
    )
