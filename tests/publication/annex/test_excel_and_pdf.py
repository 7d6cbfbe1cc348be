"""Sheets and ruled pages as grids."""

import zipfile
from io import BytesIO

import pytest

from publication.annex.excel import read_excel
from publication.annex.pdf import read_pdf
from publication.annex.tables import AnnexUnreadable, Table
from tests.publication.annex.files import C, T, pdf, xlsx

TABLE = T([["STT", C("Thủ tục", 2)], ["1", "9.100001", "Cấp giấy phép"], ["2", C("gộp", 2)]])


def texts(table: Table) -> list[list[str]]:
    return [
        [table.text(row, column) for column in range(table.width)] for row in range(len(table.grid))
    ]


EXPECTED = [
    ["STT", "Thủ tục", "Thủ tục"],
    ["1", "9.100001", "Cấp giấy phép"],
    ["2", "gộp", "gộp"],
]


def test_a_sheet_is_a_table_whose_places_are_the_sheets_own():
    table = read_excel(xlsx({"Phụ lục": [TABLE]})).tables[0]
    assert texts(table) == EXPECTED
    assert table.place_of(1) == "trang tính “Phụ lục”, dòng 3"  # the file begins at row 2


def test_empty_sheets_are_no_tables():
    assert [one.place.sheet for one in read_excel(xlsx({"a": [], "b": [TABLE]})).tables] == ["b"]


def test_a_number_keeps_that_it_was_one():
    table = read_excel(xlsx({"a": [T([["Mã", "STT"], [1.01069, 3]])]})).tables[0]
    assert [(cell.text, cell.is_number) for cell in table.own(1)] == [
        ("1.01069", True),
        ("3", True),
    ]


def test_a_cell_at_the_far_corner_is_refused_before_it_fills_the_memory():
    data = bytearray(xlsx({"a": [TABLE]}))
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(b'r="D3"', b'r="XFD1048576"')
            new.writestr(name, part)
    with pytest.raises(AnnexUnreadable, match="Trang tính quá lớn"):
        read_excel(packed.getvalue())


def test_a_ruled_page_gives_the_grid_of_its_rules():
    table = read_pdf(pdf([["A. Một", TABLE]])).tables[0]
    assert texts(table) == EXPECTED
    assert (table.above, table.place_of(2)) == (["A. Một"], "trang 1, bảng 1, dòng 3")


def test_lines_under_the_last_table_head_the_next_page():
    tables = read_pdf(pdf([[TABLE, "B. Bãi bỏ"], [TABLE]])).tables
    assert [(table.above, bool(table.grid)) for table in tables] == [
        ([], True),
        (["B. Bãi bỏ"], False),
        ([], True),
    ]


def test_a_scan_without_a_text_layer_is_refused_with_the_mend():
    with pytest.raises(AnnexUnreadable, match=r"bản quét ảnh.*bản Word"):
        read_pdf(pdf([[TABLE]], text=False))


def test_scanned_pages_among_others_are_named():
    mixed = pdf([[TABLE], ["-"]])
    assert read_pdf(mixed).remarks == ["Trang 2: không có lớp chữ (ảnh quét), không đọc được."]


def test_a_damaged_pdf_is_refused():
    with pytest.raises(AnnexUnreadable, match="Không mở được tệp PDF"):
        read_pdf(b"%PDF-1.7\nnothing of the kind")
