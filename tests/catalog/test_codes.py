"""Laws of codes and numbers."""

import unicodedata

import pytest

from catalog.codes import (
    CodeError,
    decision_number,
    decision_number_key,
    is_agency_code,
    procedure_code,
)


@pytest.mark.parametrize(
    "text",
    ["1.004873", "1004873", " 1.004873 ", "1.004873.H23", "1.004873.000.00.00.H23", "1.004873.h23"],
)
def test_every_accepted_spelling_gives_the_eight_characters(text):
    assert procedure_code(text) == "1.004873"


@pytest.mark.parametrize(
    "text",
    ["", "1.00487", "1.0048733", "1,004873", "a.004873", "1.004873.H2", "1.004873/x", "１.004873"],
)
def test_anything_else_is_refused_with_an_example(text):
    with pytest.raises(CodeError, match=r"1\.234567"):
        procedure_code(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3218/QĐ-UBND", "3218/QĐ-UBND"),
        ("số 3218 / QD-UBND", "3218/QĐ-UBND"),
        ("Quyết định số 6225/QĐ-BQP", "6225/QĐ-BQP"),
        ("885/QĐ-BCA-C06", "885/QĐ-BCA-C06"),
        ("3980 /qđ-bqp", "3980/QĐ-BQP"),
    ],
)
def test_decision_numbers_get_their_usual_spelling(text, number):
    assert decision_number(text) == number
    assert decision_number(unicodedata.normalize("NFD", text)) == number


@pytest.mark.parametrize("text", ["", "4777", "Quyết định số 4777", "12/TTr-SNN", "QĐ-UBND"])
def test_what_is_no_decision_number_is_refused(text):
    with pytest.raises(CodeError, match="3218/QĐ-UBND"):
        decision_number(text)


def test_numbers_compare_whatever_scan_or_case():
    assert decision_number_key("2344/QĐ-BGDĐT") == decision_number_key("2344/QD-BGDDT")
    assert decision_number_key("1/QĐ-UBND") != decision_number_key("11/QĐ-UBND")


@pytest.mark.parametrize("code", ["000.00.01.H27", "H27", "H27.01", "H27.01.05"])
def test_agency_codes_of_both_schemes(code):
    assert is_agency_code(code)
    assert not is_agency_code(f"x{code}")
