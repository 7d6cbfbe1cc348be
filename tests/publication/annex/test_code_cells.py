"""Codes of cells: every spelling of one code, and nothing that only looks like it."""

import unicodedata

import pytest

from publication.annex.code_cells import codes_in_text, read_code_cell, without_codes


@pytest.mark.parametrize(
    "text",
    [
        "1.004873",
        "1.004873.000.00.00.H23",
        "1.004873.H23",
        "1004873",
        " 1.004873 ",
        "1. 004873",
        "1.0048\n73",
        "1.004873.000.00.\n00.H23",
        "(1.004873)",
        "1.004873;",
        "Mã TTHC: 1.004873",
        "1.004873\n1.004873.000.00.00.H23",
        unicodedata.normalize("NFD", "Mã số: 1.004873"),
    ],
)
def test_every_spelling_gives_the_eight_characters(text):
    cell = read_code_cell(text)
    assert (cell.code, cell.is_guess) == ("1.004873", False)


@pytest.mark.parametrize(
    "text",
    ["1.O04873", "1.00487", "1.0048731", "l.004873", "1,004873", "1.004873.X", "BCA-1004873"],
)
def test_no_digit_is_changed_added_or_left_out(text):
    cell = read_code_cell(text)
    assert cell.code == ""
    assert cell.remark


def test_a_code_without_its_point_and_with_spaces_is_a_guess():
    cell = read_code_cell("1 004873")
    assert (cell.code, cell.is_guess) == ("1.004873", True)


def test_several_codes_are_none():
    cell = read_code_cell("1.004873\n2.000001")
    assert (cell.code, cell.codes) == ("", ("1.004873", "2.000001"))


@pytest.mark.parametrize("text", ["", " - ", "–"])
def test_an_empty_cell_is_no_mistake(text):
    assert read_code_cell(text).remark == ""


def test_zeros_lost_in_a_number_are_named():
    cell = read_code_cell("1.00487", is_number=True)
    assert (cell.code, cell.is_guess) == ("1.004870", True)
    assert cell.remark == "ô là số, có thể mất số 0 ở cuối: 1.00487 hay 1.004870"


def test_codes_in_running_text_are_found_apart_from_other_numbers():
    text = "Thay thế 1.004873 và 2.000001.000.00.00.H23; Nghị định 1.0048731, 01.004873, 3.5"
    assert codes_in_text(text) == ("1.004873", "2.000001")


def test_a_name_is_freed_of_the_code_it_carries():
    assert without_codes("Cấp giấy phép (Mã TTHC: 1.004873.H23)") == "Cấp giấy phép"
    assert without_codes("1.004873 - Cấp giấy phép") == "Cấp giấy phép"
