"""Tables of Word files, read from the document's own XML. Pure.

Exports of the national database have no tblGrid, so python-docx opens their package but cannot
read their tables; one way of reading serves them all.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from docx.package import Package
from lxml import etree

from publication.annex.numbering import Numbering, read_numbering
from publication.annex.tables import AnnexUnreadable, Cell, Document, Place, Table
from publication.annex.word_names import W, attribute, child

_MARKUP: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What the document no longer says, or says a second time for old programs.
_UNSAID: Final = frozenset({f"{W}del", f"{W}moveFrom", f"{_MARKUP}Fallback", f"{W}pPr"})
_BREAKS: Final = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": " ", f"{W}noBreakHyphen": "-"}


def read_word(data: bytes) -> Document:
    """Every table of the body, of text boxes and of cells. Raises AnnexUnreadable."""
    try:
        part = Package.open(BytesIO(data)).main_document_part
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        body = child(etree.fromstring(part.blob, parser), "body")
        numbering = read_numbering(part)
    except Exception as error:  # the library lets through whatever a damaged package raises
        raise AnnexUnreadable(
            "Không mở được tệp Word: tệp hỏng. Mở bằng Word, lưu lại dạng .docx rồi tải lên lại."
        ) from error
    reading = _Reading(numbering)
    if body is not None:
        reading.blocks(body, nested=False)
    return Document(reading.tables, reading.lines)


class _Reading:
    """Walks the document once, keeping the lines since the last table."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.tables: list[Table] = []
        self.lines: list[str] = []

    def blocks(self, parent: Any, *, nested: bool) -> list[str]:
        """Read what stands in a body, box or cell; the lines of its paragraphs."""
        said: list[str] = []
        above: list[str] = []
        for block in _blocks(parent):
            if block.tag == f"{W}tbl":
                self._table(block, above, nested=nested)
                above = []
                continue
            line = self._paragraph(block)
            said.append(line)
            above.append(line)
            for box in _boxes(block):
                above.extend(self.blocks(box, nested=nested))
        if not nested:
            self.lines.extend(line for line in said if line.strip())
        return said

    def _paragraph(self, paragraph: Any) -> str:
        number = self.numbering.next_number(paragraph)
        text = _text(paragraph)
        return f"{number} {text}".strip() if number else text

    def _table(self, element: Any, above: list[str], *, nested: bool) -> None:
        place = Place(len(self.tables) + 1)
        at = len(self.tables)
        cells = self._cells(element)
        # The tables inside its cells were met meanwhile; they follow it.
        self.tables.insert(at, Table(place, cells, above=above, nested=nested))
        for offset, table in enumerate(self.tables[at:], at + 1):
            table.place = Place(offset)

    def _cells(self, element: Any) -> list[Cell]:
        open_merges: dict[int, int] = {}  # column: which of the cells reaches down here
        cells: list[Cell] = []
        for row, tr in enumerate(_rows(element)):
            column = _skipped_columns(tr)
            for tc in _held(tr, "tc"):
                properties = child(tc, "tcPr")
                span = _number(properties, "gridSpan", 1)
                merge = child(properties, "vMerge") if properties is not None else None
                going_on = merge is not None and attribute(merge, "val", "continue") == "continue"
                above = open_merges.get(column) if going_on else None
                if above is not None:
                    cells[above] = cells[above]._replace(rows=row - cells[above].row + 1)
                else:
                    text = "\n".join(self.blocks(tc, nested=True))
                    cells.append(Cell(text, row, column, 1, span))
                    open_merges.pop(column, None)
                    if merge is not None:
                        open_merges[column] = len(cells) - 1
                column += span
        return cells


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also inside content controls and insertions."""
    for element in parent:
        if element.tag in (f"{W}p", f"{W}tbl"):
            yield element
        elif isinstance(element.tag, str) and element.tag not in _UNSAID:
            yield from _blocks(element)


def _rows(table: Any) -> Iterator[Any]:
    for row in _held(table, "tr"):
        properties = child(row, "trPr")
        if properties is None or child(properties, "del") is None:
            yield row


def _held(parent: Any, name: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also inside content controls."""
    for element in parent:
        if element.tag == f"{W}{name}":
            yield element
        elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
            yield from _held(element, name)


def _boxes(paragraph: Any) -> Iterator[Any]:
    for element in paragraph:
        if element.tag == f"{W}txbxContent":
            yield element
        elif isinstance(element.tag, str) and element.tag not in _UNSAID:
            yield from _boxes(element)


def _text(node: Any) -> str:
    """What a paragraph says, without deleted text and without the text of its boxes."""
    if node.tag == f"{W}t":
        return node.text or ""
    if node.tag in _BREAKS:
        return _BREAKS[node.tag]
    if node.tag in _UNSAID or node.tag == f"{W}txbxContent" or not isinstance(node.tag, str):
        return ""
    return "".join(_text(element) for element in node)


def _skipped_columns(row: Any) -> int:
    properties = child(row, "trPr")
    return _number(properties, "gridBefore", 0)


def _number(properties: Any, name: str, default: int) -> int:
    """A small number of a property; nonsense counts as the default."""
    found = child(properties, name) if properties is not None else None
    value = attribute(found, "val", "") if found is not None else ""
    return min(int(value), 200) if value.isdecimal() and int(value) else default
