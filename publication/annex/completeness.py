"""What a file holds beyond the rows read from it: missing numbers and codes left behind. Pure."""

from collections.abc import Iterator
from itertools import pairwise

from publication.annex.annex_rows import AnnexRow
from publication.annex.code_cells import codes_in_text
from publication.annex.tables import Document


def missing_ordinals(rows: list[AnnexRow]) -> list[str]:
    """A hole in the numbers of a section means that a row was not recognised as one."""
    remarks = []
    for before, after in pairwise(rows):
        first, second = _number(before.ordinal), _number(after.ordinal)
        if first and second and second > first + 1 and before.part == after.part:
            lost = f"{first + 1}" if second == first + 2 else f"{first + 1}–{second - 1}"
            remarks.append(f"Thiếu số thứ tự {lost} trước {after.place}: xem lại tệp.")
    return remarks


def codes_left_behind(document: Document, rows: list[AnnexRow]) -> list[str]:
    """Codes that stand somewhere in the file and in no row."""
    taken = {code for row in rows for code in _codes_of(row)}
    left = [code for code in dict.fromkeys(_codes(document)) if code not in taken]
    if not left:
        return []
    shown = ", ".join(left[:20]) + ("…" if len(left) > 20 else "")
    return [f"Tệp còn nhắc {len(left)} mã ngoài các dòng đã đọc: {shown}."]


def _codes(document: Document) -> Iterator[str]:
    for line in document.lines:
        yield from codes_in_text(line)
    for table in document.tables:
        for row in table.grid:
            for cell in row:
                if cell:
                    yield from codes_in_text(cell.text)


def _codes_of(row: AnnexRow) -> Iterator[str]:
    yield row.code
    yield from codes_in_text(row.code_text)
    yield from codes_in_text(row.name)
    yield from codes_in_text(row.note)
    for replaced in row.replaced:
        yield replaced.code
        yield from codes_in_text(replaced.text)


def _number(text: str) -> int:
    bare = text.strip(" .")
    return int(bare) if bare.isdecimal() and len(bare) < 6 else 0
