"""New, renamed and changed codes are told from the national texts that were kept."""

from datetime import date

import pytest

from publication.register_changes import find_changes
from tests.factories import make_content, make_procedure
from tests.publication.national_texts import (
    APRIL_2025,
    JULY_2026,
    list_row,
    text,
)

pytestmark = pytest.mark.django_db
AUGUST_2026 = date(2026, 8, 20)


def seen() -> list[tuple[str, str, str, str]]:
    return [(change.code, change.kind, change.before, change.after) for change in find_changes()]


def test_the_first_import_is_what_later_ones_are_compared_with():
    list_row(make_procedure("1.900001"))
    text(make_procedure("1.900002"), "163/QĐ-BTP", taken_on=APRIL_2025)
    assert seen() == []


def test_a_code_that_a_later_text_brings_is_new():
    list_row(make_procedure("1.900001"))
    text(make_procedure("1.900002", name="Cấp thẻ"), "163/QĐ-BTP")
    (change,) = find_changes()
    assert (change.code, change.kind, change.after) == ("1.900002", "new", "Cấp thẻ")
    assert (change.named_decision, change.since) == ("163/QĐ-BTP", None)


def test_the_first_list_of_another_issuer_makes_none_of_its_codes_new():
    list_row(make_procedure("1.900001"))
    list_row(make_procedure("1.900002"), issuer="Bộ Y tế", taken_on=JULY_2026)
    list_row(make_procedure("1.900003"), issuer="Bộ Tư pháp", taken_on=JULY_2026)
    assert [(code, kind) for code, kind, *_ in seen()] == [("1.900003", "new")]


def test_a_first_text_under_the_same_name_is_no_change():
    procedure = make_procedure("1.900001")
    list_row(procedure)
    text(procedure, "163/QĐ-BTP")
    assert seen() == []


def test_a_new_name_is_told_with_the_old_one():
    procedure = make_procedure("1.900001", name="Cấp bản sao trích lục hộ tịch")
    list_row(procedure, name="Cấp bản sao trích lục")
    text(procedure, "163/QĐ-BTP")
    assert seen() == [
        ("1.900001", "renamed", "Cấp bản sao trích lục", "Cấp bản sao trích lục hộ tịch")
    ]


def test_a_source_that_words_a_name_its_own_way_renames_nothing():
    procedure = make_procedure("1.900001", name="Cấp thẻ")
    list_row(procedure, name="Cấp thẻ.")
    text(procedure, "163/QĐ-BTP")
    list_row(procedure, name="Cấp thẻ.", taken_on=AUGUST_2026)
    assert [(kind, after) for _code, kind, _before, after in seen()] == [("renamed", "Cấp thẻ")]


def test_sources_of_one_day_are_not_compared_with_each_other():
    procedure = make_procedure("1.900001", name="Cấp thẻ")
    list_row(procedure, name="Cấp thẻ.")
    text(procedure, "163/QĐ-BTP", taken_on=APRIL_2025)
    assert seen() == []


def test_another_decision_number_is_a_change_although_the_words_are_the_same():
    procedure = make_procedure("1.900001")
    text(procedure, "163/QĐ-BTP")
    text(procedure, "885/QĐ-BTP", taken_on=AUGUST_2026)
    assert seen() == [("1.900001", "changed", "163/QĐ-BTP", "885/QĐ-BTP")]


def test_a_changed_text_names_the_parts_that_changed():
    procedure = make_procedure("1.900001")
    text(procedure, "163/QĐ-BTP")
    other = make_content(steps=[{"steps": [{"text": "Nộp ở xã."}]}], reception_address="Số 1")
    text(procedure, "163/QĐ-BTP", content=other, taken_on=AUGUST_2026)
    (change,) = find_changes()
    assert (change.before, change.after) == (
        "Bản lấy ngày 17/07/2026",
        "Đổi: trình tự thực hiện; địa chỉ tiếp nhận",
    )
    assert (change.named_decision, change.earlier_decision) == ("163/QĐ-BTP", "163/QĐ-BTP")
    assert (change.since, change.seen_on) == (JULY_2026, AUGUST_2026)


def test_another_raw_record_with_the_same_text_is_no_change():
    procedure = make_procedure("1.900001")
    text(procedure, "163/QĐ-BTP")
    text(procedure, "163/QĐ-BTP", taken_on=AUGUST_2026)
    assert seen() == []


def test_a_change_that_no_review_saw_in_time_is_still_told():
    procedure = make_procedure("1.900001")
    text(procedure, "163/QĐ-BTP")
    text(procedure, "885/QĐ-BTP", taken_on=AUGUST_2026)
    text(procedure, "885/QĐ-BTP", taken_on=date(2026, 9, 1))
    assert [(kind, after) for _code, kind, _before, after in seen()] == [("changed", "885/QĐ-BTP")]


def test_finding_changes_takes_the_same_queries_for_1_and_3_codes(django_assert_num_queries):
    def change(code: str) -> None:
        procedure = make_procedure(code)
        list_row(procedure, name="Tên cũ")
        text(procedure, "163/QĐ-BTP")
        other = make_content(reception_address="Số 1")
        text(procedure, "163/QĐ-BTP", content=other, taken_on=AUGUST_2026)

    change("1.900001")
    with django_assert_num_queries(4):
        assert len(find_changes()) == 2
    change("1.900002")
    change("1.900003")
    with django_assert_num_queries(4):
        assert len(find_changes()) == 6
