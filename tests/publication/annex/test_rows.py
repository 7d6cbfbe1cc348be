"""Rows out of tables: what is handed on, what is told, and what is never silently lost."""

import pytest

from publication.annex.annex_rows import ReadAnnex
from publication.annex.columns import Column, column_of
from publication.annex.matching import Candidate, Register, match_rows
from publication.annex.proposals import Take, propose
from publication.annex.rows import read_rows
from publication.annex.word import read_word
from tests.publication.annex.files import C, T, docx

HEAD = ["STT", "Mã TTHC", "Tên TTHC"]
NEW = "A. Danh mục thủ tục hành chính mới ban hành"


def read(*blocks) -> ReadAnnex:
    return read_rows(read_word(docx(blocks)))


def named(annex: ReadAnnex) -> list[str]:
    return [row.name for row in annex.rows]


@pytest.mark.parametrize(
    ("head", "column"),
    [
        ("STT", Column.ORDINAL),
        ("Số TT", Column.ORDINAL),
        ("TT", Column.ORDINAL),
        ("Mã số TTHC", Column.CODE),
        ("MÃ SỐ HỒ SƠ TTHC", Column.CODE),
        ("Mã TTHC gốc", Column.CODE),
        ("Mã TTHC\n(CSDLQG)", Column.CODE),
        ("Mã thủ tục", Column.CODE),
        ("Mã lĩnh vực", Column.FIELD),
        ("Mã TTHC được thay thế", Column.OLD_CODE),
        ("Tên thủ tục hành chính bị thay thế", Column.OLD_NAME),
        ("Tên thủ tục hành chính thay thế", Column.NAME),
        ("Tên TTHC", Column.NAME),
        ("Tên thủ tục hành\nchính", Column.NAME),
        ("Tên TTHC/Mã TTHC", Column.NAME_AND_CODE),
        ("Lĩnh vực", Column.FIELD),
        ("Thời hạn giải quyết", Column.TIME),
        ("Địa điểm, cách thức thực hiện", Column.PLACE),
        ("Phí, lệ phí (nếu có)", Column.FEE),
        ("Căn cứ pháp lý", Column.LEGAL_BASIS),
        ("Cơ quan thực hiện", Column.AGENCY),
        ("Tên VBQPPL quy định việc bãi bỏ thủ tục hành chính", Column.CHANGE_BASIS),
        ("Nội dung sửa đổi, bổ sung", Column.CHANGE),
        ("Cấp thực hiện", Column.LEVEL),
        ("Ghi chú", Column.NOTE),
        ("Người dịch mà người dịch không", None),
        ("", None),
    ],
)
def test_a_column_is_known_by_the_words_of_its_head(head, column):
    assert column_of(head) == column


def test_a_name_of_a_procedure_is_no_head():
    annex = read(
        NEW,
        T([HEAD, ["1", "9.100001", "Chứng thực chữ ký mà người dịch có tên thủ tục"],
           ["2", "9.100002", "Công nhận nghệ nhân"]]),
    )  # fmt: skip
    assert len(annex.rows) == 2


def test_totals_and_column_numbers_are_no_rows():
    annex = read(
        NEW,
        T([HEAD, ["(1)", "(2)", "(3)"], ["1", "9.100001", "Công nhận nghệ nhân"],
           [C("Tổng cộng: 01 thủ tục", 3)]]),
    )  # fmt: skip
    assert named(annex) == ["Công nhận nghệ nhân"]


def test_a_table_without_a_head_goes_on_with_the_columns_of_the_one_before():
    annex = read(
        NEW, T([HEAD, ["1", "9.100001", "Một"]]), "", T([["2", "9.100002.000.00.00.H23", "Hai"]])
    )
    assert [(row.code, row.name, row.effect) for row in annex.rows] == [
        ("9.100001", "Một", "new"),
        ("9.100002", "Hai", "new"),
    ]


def test_a_table_of_other_content_does_not_go_on_though_it_is_as_wide():
    annex = read(NEW, T([HEAD, ["1", "9.100001", "Một"]]), T([["Họ tên", "Nơi ở", "Chữ ký"]] * 6))
    assert named(annex) == ["Một"]
    assert annex.remarks == ["Bảng 2 không có dòng tiêu đề nhận ra được: không đọc."]


def test_another_list_without_a_heading_does_not_keep_the_effect_of_a_section_before():
    abolished = [*HEAD, "VBQPPL quy định việc bãi bỏ"]
    annex = read(
        T([HEAD, ["I", C("Thủ tục hành chính mới ban hành", 2)], ["1", "9.100001", "Một"]]),
        T([abolished, ["1", "9.100002", "Hai", "Luật 01"]]),
    )
    effects = [(row.effect, row.origin.effect) for row in annex.rows]
    assert effects == [("new", "inherited"), ("abolished", "guessed")]


def test_a_heading_and_a_column_that_disagree_leave_the_effect_a_guess():
    annex = read(NEW, T([[*HEAD, "VBQPPL quy định việc bãi bỏ"], ["1", "9.100001", "Một", "x"]]))
    assert (annex.rows[0].effect, annex.rows[0].origin.effect) == ("new", "guessed")
    assert annex.rows[0].remarks == ("tiêu đề mục và tên cột nói hai loại khác nhau",)


def test_a_title_of_two_kinds_gives_no_effect():
    annex = read(
        "DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH; BỊ BÃI BỎ", T([HEAD, ["1", "9.100001", "Một"]])
    )
    assert annex.rows[0].effect is None


def test_a_hole_in_the_numbers_is_told():
    annex = read(NEW, T([HEAD, ["1", "9.100001", "Một"], ["4", "9.100004", "Bốn"]]))
    assert annex.remarks == ["Thiếu số thứ tự 2–3 trước bảng 1, dòng 3: xem lại tệp."]


def test_codes_outside_the_rows_are_told():
    annex = read(NEW, T([HEAD, ["1", "9.100001", "Một"]]), "Kèm theo thủ tục 9.100009.")
    assert annex.remarks == ["Tệp còn nhắc 1 mã ngoài các dòng đã đọc: 9.100009."]


def test_a_row_without_a_number_among_numbered_ones_is_marked():
    annex = read(NEW, T([HEAD, ["1", "9.100001", "Một"], ["", "", "và tiếp theo"]]))
    assert annex.rows[1].remarks == ("không có số thứ tự: có thể là phần tiếp của dòng trên",)


def test_further_lines_of_a_merged_procedure_are_not_more_procedures():
    fees = [*HEAD, "Phí"]
    annex = read(
        NEW,
        T([fees, [C("1", rows=2), C("9.100001", rows=2), C("Một", rows=2), "10.000"], ["20.000"]]),
    )
    assert named(annex) == ["Một"]


def test_one_code_merged_over_two_names_is_only_a_guess():
    annex = read(NEW, T([HEAD, ["1", C("9.100001", rows=2), "Một"], ["2", "Hai"]]))
    assert [(row.name, row.origin.code) for row in annex.rows] == [
        ("Một", "read"),
        ("Hai", "guessed"),
    ]


def test_a_guessed_code_waits_for_a_person_even_under_the_same_name():
    rows = read(NEW, T([HEAD, ["1", "9 100001", "Công nhận nghệ nhân"]])).rows
    register = Register([Candidate(code="9.100001", name="Công nhận nghệ nhân")])
    proposal = propose(rows, match_rows(rows, register))[0]
    assert (proposal.match.code, proposal.choice.take) == ("9.100001", Take.OPEN)


def test_a_replacing_procedure_that_names_no_old_one_waits_for_a_person():
    rows = read("C. TTHC thay thế", T([HEAD, ["1", "9.100001", "Công nhận nghệ nhân"]])).rows
    register = Register([Candidate(code="9.100001", name="Công nhận nghệ nhân")])
    proposal = propose(rows, match_rows(rows, register))[0]
    assert (proposal.row.effect, proposal.choice.take) == ("replaced", Take.OPEN)


def test_a_note_too_long_for_the_item_is_told_and_not_cut():
    annex = read(NEW, T([[*HEAD, "Ghi chú"], ["1", "9.100001", "Một", "x" * 1001]]))
    assert annex.rows[0].note == ""
    assert annex.rows[0].remarks == ("nội dung thay đổi dài 1001 ký tự, quá 1000: chưa đưa vào",)
