"""Tables of Word files, whatever Word wraps around them."""

import pytest

from publication.annex.tables import AnnexUnreadable, Table
from publication.annex.word import read_word
from tests.publication.annex.files import C, T, docx, docx_of, packed, paragraph, word_table

NS = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def texts(table: Table) -> list[list[str]]:
    return [
        [table.text(row, column) for column in range(table.width)] for row in range(len(table.grid))
    ]


def test_a_table_without_a_grid_reads_like_one_with_it():
    table = T([["STT", "Tên"], ["1", C("gộp", rows=2)], ["2"]])
    with_grid, without = (read_word(docx([table], grid=grid)).tables[0] for grid in (True, False))
    assert texts(with_grid) == [["STT", "Tên"], ["1", "gộp"], ["2", "gộp"]]
    assert texts(without) == texts(with_grid)


def test_a_merged_cell_is_one_cell_that_stands_at_all_its_places():
    table = read_word(docx([T([[C("A", 2), "b"], ["c", C("D", 2)]])])).tables[0]
    assert [(cell.text, cell.columns) for cell in table.own(0)] == [("A", 2), ("b", 1)]
    assert table.at(1, 1) is table.at(1, 2)


def test_lines_between_tables_belong_to_the_table_below():
    document = read_word(docx(["A. Một", T([["x"]]), "B. Hai", "C. Ba", T([["y"]])]))
    assert [table.above for table in document.tables] == [["A. Một"], ["B. Hai", "C. Ba"]]


def test_a_table_inside_a_cell_follows_its_outer_one_and_is_not_its_text():
    inner = word_table(T([["STT", "Mã"]]))
    cell = f"<w:tc>{paragraph('ngoài')}{inner}</w:tc>"
    tables = read_word(docx_of(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")).tables
    assert [(texts(table), table.nested) for table in tables] == [
        ([["ngoài"]], False),
        ([["STT", "Mã"]], True),
    ]
    assert [table.place.table for table in tables] == [1, 2]


def test_a_text_box_is_read_once_though_word_writes_it_twice():
    box = f"<w:txbxContent>{paragraph('B. Bãi bỏ')}</w:txbxContent>"
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    run = f"<w:r><mc:AlternateContent {NS}>{both}</mc:AlternateContent></w:r>"
    document = read_word(docx_of(f"<w:p>{run}</w:p>{word_table(T([['x']]))}"))
    assert document.tables[0].above == ["", "B. Bãi bỏ"]
    assert document.lines == ["B. Bãi bỏ"]


def test_what_was_deleted_under_tracked_changes_is_not_said():
    gone = "<w:del><w:r><w:delText>1.000001</w:delText></w:r></w:del>"
    kept = "<w:ins><w:r><w:t>1.000002</w:t></w:r></w:ins>"
    row = f"<w:tr><w:tc><w:p>{gone}{kept}</w:p></w:tc></w:tr>"
    deleted_row = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('cũ')}</w:tc></w:tr>"
    table = read_word(docx_of(f"<w:tbl>{row}{deleted_row}</w:tbl>")).tables[0]
    assert texts(table) == [["1.000002"]]


def test_rows_and_cells_in_content_controls_are_read():
    cell = f"<w:sdt><w:sdtContent><w:tc>{paragraph('a')}</w:tc></w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent><w:tr>{cell}</w:tr></w:sdtContent></w:sdt>"
    body = f"<w:sdt><w:sdtContent><w:tbl>{row}</w:tbl></w:sdtContent></w:sdt>"
    assert texts(read_word(docx_of(body)).tables[0]) == [["a"]]


def test_cells_after_skipped_columns_stand_in_their_own_column():
    row = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc>{paragraph("b")}</w:tc></w:tr>'
    assert texts(read_word(docx_of(f"<w:tbl>{row}</w:tbl>")).tables[0]) == [["", "b"]]


def test_automatic_numbers_are_what_word_shows():
    numbering = (
        '<w:abstractNum w:abstractNumId="7">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/>'
        '<w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )

    def numbered(text: str, level: int) -> str:
        properties = (
            f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr></w:pPr>'
        )
        return paragraph(text).replace("<w:p>", f"<w:p>{properties}")

    body = "".join(
        numbered(text, level) for text, level in [("a", 0), ("b", 1), ("c", 1), ("d", 0), ("e", 1)]
    )
    assert read_word(docx_of(body, numbering=numbering)).lines == [
        "I. a",
        "I.1 b",
        "I.2 c",
        "II. d",
        "II.1 e",
    ]


def test_a_line_break_in_a_cell_parts_lines_and_a_tab_parts_words():
    run = "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>"
    table = read_word(docx_of(f"<w:tbl><w:tr><w:tc><w:p>{run}</w:p></w:tc></w:tr></w:tbl>")).tables[
        0
    ]
    cell = table.at(0, 0)
    assert cell is not None
    assert cell.text == "a b\nc"


@pytest.mark.parametrize(
    "data",
    [packed({"word/document.xml": "<w"}), docx([]).replace(b"document.xml", b"document.xmx")],
    ids=["no package", "part missing"],
)
def test_a_damaged_file_is_refused_with_the_mend(data):
    with pytest.raises(AnnexUnreadable, match=r"lưu lại dạng \.docx"):
        read_word(data)
