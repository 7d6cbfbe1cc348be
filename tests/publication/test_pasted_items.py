"""Rows copied from a spreadsheet are read whole, faults named, and added all or none."""

import pytest

from catalog.enums import Role
from publication.models import MinistryItem
from publication.pasted_items import PasteRefused, add_pasted_items, read_pasted
from tests.factories import make_ministry_decision, make_procedure, make_staff
from tests.publication.acts import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision():
    return make_ministry_decision(codes=["1.900009"])


def read(decision, text: str, effect: str = "") -> list[tuple[str, str, str]]:
    rows = read_pasted(text, decision=decision, effect=effect)
    assert [fault for row in rows for fault in row.faults] == []
    return [(row.code, row.name, row.effect) for row in rows]


def faults(decision, text: str, effect: str = "") -> list[str]:
    return [
        fault for row in read_pasted(text, decision=decision, effect=effect) for fault in row.faults
    ]


def test_columns_are_code_name_and_kind(decision):
    text = "1.900001\tĐăng ký  khai sinh\tMới ban hành\r\n1900002\tKết hôn\tbãi bỏ\n"
    assert read(decision, text) == [
        ("1.900001", "Đăng ký khai sinh", "new"),
        ("1.900002", "Kết hôn", "abolished"),
    ]


@pytest.mark.parametrize(
    ("kind", "effect"),
    [
        ("Mới", "new"),
        ("SỬA ĐỔI, BỔ SUNG", "amended"),
        ("sửa đổi", "amended"),
        ("SĐBS", "amended"),
        ("Thay thế", "replaced"),
        ("Hủy bỏ", "abolished"),
        ("", "replaced"),
    ],
)
def test_kinds_are_understood_as_decisions_write_them(decision, kind, effect):
    assert read(decision, f"1.900001\tTên\t{kind}", "replaced") == [("1.900001", "Tên", effect)]


def test_headings_empty_lines_and_ordinals_are_passed_over(decision):
    text = "STT\tMã TTHC\tTên\tLoại\n\n1\t1.900001\tTên\tMới\n2.\t1.900002\tTên hai\tMới"
    rows = read_pasted(text, decision=decision)
    assert [(row.number, row.code, row.faults) for row in rows] == [
        (3, "1.900001", []),
        (4, "1.900002", []),
    ]


def test_a_cell_with_line_breaks_is_one_name(decision):
    assert read(decision, '1.900001\t"Tên\ndài"\tMới') == [("1.900001", "Tên dài", "new")]


def test_a_name_left_out_comes_from_the_register_with_its_levels(decision):
    make_procedure("1.900001", name="Đăng ký khai sinh", levels=["commune"])
    (row,) = read_pasted("1.900001\t\tMới", decision=decision)
    assert (row.name, row.levels, row.from_register) == ("Đăng ký khai sinh", ["commune"], True)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("abc 1\tTên\tMới", "Dòng 1, mã abc 1: Mã thủ tục “abc 1” không đúng dạng"),
        ("1.900001\tTên\tkhác", "Dòng 1, mã 1.900001: loại “khác” không rõ; ghi một trong"),
        ("1.900001\tTên", "Dòng 1, mã 1.900001: loại “” không rõ"),
        ("1.900001\t\tMới", "Dòng 1, mã 1.900001: mã chưa có trong kho thủ tục"),
        ("1.900009\tTên\tMới", "Dòng 1, mã 1.900009: đã có trong quyết định này"),
        (f"1.900001\t{'x' * 1501}\tMới", "Dòng 1, mã 1.900001: tên dài 1501 ký tự"),
        (f'1.900001\t"{"x" * 140_000}', "Dòng 1: có dấu ngoặc kép mở mà không đóng"),
    ],
)
def test_a_wrong_line_is_named_with_its_mend(decision, line, fault):
    (said,) = faults(decision, line)
    assert said.startswith(fault)


def test_a_code_that_stands_twice_is_named_at_its_second_place(decision):
    text = "1.900001\tTên\tMới\n1.900002\tHai\tMới\n1.900001\tTên\tMới"
    assert faults(decision, text) == ["Dòng 3, mã 1.900001: đã có ở dòng 1; bỏ một trong hai dòng."]


def test_all_rows_are_added_behind_those_that_stand_there(decision):
    by = make_staff(Role.OFFICER)
    text = "1.900001\tTên\tMới\n1.900002\tHai\t"
    add_pasted_items(decision_id=decision.pk, text=text, effect="amended", by=by, now=NOON)
    assert list(MinistryItem.objects.values_list("ordinal", "code", "name", "effect"))[1:] == [
        (2, "1.900001", "Tên", "new"),
        (3, "1.900002", "Hai", "amended"),
    ]
    row = MinistryItem.objects.get(code="1.900002").history.get()
    assert (row.actor_name, row.history_change_reason) == (by.username, "Dán danh sách")


@pytest.mark.parametrize("text", ["", "STT\tMã", "1.900001\tTên\tMới\n1.900002\tHai\tkhác"])
def test_one_wrong_row_or_none_at_all_adds_nothing(decision, text):
    with pytest.raises(PasteRefused):
        add_pasted_items(decision_id=decision.pk, text=text, effect="", by=None, now=NOON)
    assert MinistryItem.objects.count() == 1


def test_reading_takes_the_same_queries_for_1_and_3_rows(decision, django_assert_num_queries):
    for number in (1, 2):
        text = "\n".join(f"1.90000{digit}\tTên\tMới" for digit in range(1, 2 * number))
        with django_assert_num_queries(2):
            assert len(read(decision, text)) == 2 * number - 1
