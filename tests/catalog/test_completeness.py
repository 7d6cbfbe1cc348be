"""Laws of completeness (Decree 63/2010/NĐ-CP art. 8.2)."""

import pytest

from catalog.completeness import find_defects
from catalog.content import Part, read_content
from tests.factories import make_content


def lacking(**overrides):
    return [defect.part for defect in find_defects(read_content(make_content(**overrides)))]


def test_a_complete_text_has_no_defect():
    assert lacking() == []


def test_an_empty_text_lacks_every_part_in_the_order_of_the_law():
    assert [defect.part for defect in find_defects(read_content({}))] == [
        Part.STEPS,
        Part.FILING_METHODS,
        Part.PAPERS,
        Part.PROCESSING_TIME,
        Part.LEGAL_BASES,
        Part.FORMS,
        Part.RESULTS,
        Part.CONDITIONS,
        Part.FEES,
    ]


@pytest.mark.parametrize(
    ("overrides", "part"),
    [
        ({"steps": [{"steps": []}]}, Part.STEPS),
        ({"paper_cases": [{"case": "Cấp mới"}], "forms": "unknown"}, Part.PAPERS),
        ({"legal_bases": []}, Part.LEGAL_BASES),
        ({"results": {"presence": "unknown"}}, Part.RESULTS),
        ({"conditions": {"presence": "unknown"}}, Part.CONDITIONS),
    ],
)
def test_each_missing_part_is_named_with_a_mend(overrides, part):
    found = find_defects(read_content(make_content(**overrides)))
    assert part in [defect.part for defect in found]
    assert all(":" in defect.message for defect in found)


@pytest.mark.parametrize("part", ["results", "conditions"])
def test_declared_none_is_an_answer(part):
    assert lacking(**{part: {"presence": "declared_none"}}) == []


def method(**option):
    return {"filing_methods": [{"channel": "direct", "options": [option]}]}


TIME = {"amount": "5", "unit": "day"}


def test_every_option_needs_a_time_in_number_or_words():
    free = [{"state": "free"}]
    assert lacking(**method(statutory=TIME, fees=free)) == []
    assert lacking(**method(local=TIME, fees=free)) == []
    assert lacking(**method(note="Trong ngày", fees=free)) == []
    assert lacking(**method(fees=free)) == [Part.PROCESSING_TIME]


def test_every_option_needs_a_fee_that_is_known():
    assert lacking(**method(statutory=TIME)) == [Part.FEES]
    assert lacking(**method(statutory=TIME, fees=[{"state": "unknown"}])) == [Part.FEES]
    assert lacking(**method(statutory=TIME, fees=[{"state": "not_regulated"}])) == []


def test_a_part_kept_in_the_sources_words_is_there():
    written = make_content(legal_bases=[], as_written={"legal_bases": "Luật mẫu"})
    assert find_defects(read_content(written)) == []
