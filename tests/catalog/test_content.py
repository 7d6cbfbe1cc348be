"""Laws of the content document."""

import unicodedata
from decimal import Decimal

import pytest
from pydantic import ValidationError

from catalog.content import Content, Duration, Fee, FeeState, TimeUnit, read_content
from tests.factories import make_content


def test_the_stored_form_reads_back_as_the_same_document():
    content = read_content(make_content())
    assert read_content(content.to_json()) == content
    assert read_content(content.to_json()).digest == content.digest


def test_the_empty_document_is_a_document():
    assert read_content({}) == Content()


def test_both_unicode_forms_have_one_digest():
    composed = Content(summary="Đăng ký khai sinh")
    decomposed = Content(summary=unicodedata.normalize("NFD", "Đăng ký  khai sinh\r\n"))
    assert decomposed.digest == composed.digest


@pytest.mark.parametrize("amount", ["10", "10.0", "1E+1", 10])
def test_one_amount_has_one_spelling(amount):
    stored = Duration(amount=amount, unit=TimeUnit.DAY).model_dump(mode="json")
    assert stored == {"amount": "10", "unit": "day"}


def test_a_half_day_stays_a_half_day():
    assert Duration(amount=Decimal("16.50"), unit="day").model_dump(mode="json")["amount"] == "16.5"


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "amount"},
        {"state": "free", "amount": "1"},
        {"state": "formula"},
        {"state": "amount", "amount": "-1"},
        {"state": "amount", "amount": "NaN"},
        {"state": "amount", "amount": "1", "currency": "XYZ"},
        {"state": "free", "valid_from": "1/1/2024"},
    ],
)
def test_a_fee_that_contradicts_itself_is_refused(facts):
    with pytest.raises(ValidationError):
        Fee.model_validate(facts)


def test_free_and_not_regulated_are_two_states():
    assert Fee(state=FeeState.FREE) != Fee(state=FeeState.NOT_REGULATED)


@pytest.mark.parametrize(
    "facts",
    [
        {"results": {"presence": "has"}},
        {"results": {"presence": "unknown", "items": [{"name": "x"}]}},
        {"conditions": {"presence": "has", "text": " "}},
        {"conditions": {"presence": "declared_none", "text": "x"}},
        {
            "forms": "declared_none",
            "paper_cases": [{"papers": [{"name": "a", "forms": [{"name": "b"}]}]}],
        },
        {"legal_bases": [{"issuer": "Chính phủ"}]},
        {"surprise": 1},
        {"steps": "chữ"},
        {"schema_version": 2},
        {"paper_cases": [{"papers": [{"name": "a", "copies": 100}]}]},
    ],
)
def test_a_document_that_contradicts_itself_is_refused(facts):
    with pytest.raises(ValidationError):
        read_content(facts)


def test_a_text_without_end_is_refused():
    with pytest.raises(ValidationError):
        Content(summary="x" * 200_001)
