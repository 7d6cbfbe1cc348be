"""Effects, levels and fields of headings, and how long each holds."""

import pytest

from publication.annex.headings import Headings, find_headings, is_heading, read_heading
from publication.enums import ItemEffect

NEW, AMENDED, REPLACED, ABOLISHED = ItemEffect


@pytest.mark.parametrize(
    ("text", "effects"),
    [
        ("A. Danh mục thủ tục hành chính mới ban hành", {NEW}),
        ("DANH MỤC THỦ TỤC HÀNH CHÍNH BAN HÀNH MỚI TRONG LĨNH VỰC CHĂN NUÔI", {NEW}),
        ("II. Thủ tục hành chính được sửa đổi, bổ sung", {AMENDED}),
        ("C. TTHC thay thế", {REPLACED}),
        ("3. Danh mục thủ tục hành chính bị hủy bỏ, bãi bỏ", {ABOLISHED}),
        ("B. THỦ TỤC HÀNH CHÍNH NỘI BỘ BỊ BÃI BỎ", {ABOLISHED}),
        ("Mới ban hành", {NEW}),
        ("DANH MỤC TTHC MỚI BAN HÀNH; ĐƯỢC SỬA ĐỔI, BỔ SUNG; BỊ BÃI BỎ", {NEW, AMENDED, ABOLISHED}),
        ("Danh mục thủ tục hành chính sửa đổi, bổ sung hoặc thay thế", {AMENDED, REPLACED}),
        ("1. Thủ tục cấp sửa đổi, bổ sung giấy phép nuôi ong", set()),
        ("Cấp giấy xác nhận thay thế giấy đã mất", set()),
        ("I. Lĩnh vực Hộ tịch", set()),
    ],
)
def test_a_heading_says_what_becomes_of_its_procedures(text, effects):
    assert read_heading(text).effects == effects


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("I. Thủ tục hành chính cấp tỉnh", ("province",)),
        ("TTHC THUỘC THẨM QUYỀN GIẢI QUYẾT CỦA UBND CẤP HUYỆN", ("district",)),
        ("Thủ tục hành chính cấp xã", ("commune",)),
        ("Thủ tục áp dụng chung", ("province", "district", "commune")),
        ("Trợ cấp xã hội", ()),
        ("Cấp giấy phép", ()),
    ],
)
def test_a_heading_names_its_levels(text, levels):
    assert read_heading(text).levels == levels


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("I. Lĩnh vực: Lưu thông hàng hóa trong nước", "Lưu thông hàng hóa trong nước"),
        ("LĨNH VỰC HỘ TỊCH (05 TTHC)", "Hộ tịch"),
        ("Danh mục TTHC lĩnh vực chăn nuôi thuộc thẩm quyền của UBND cấp huyện", "chăn nuôi"),
        ("Trong các lĩnh vực do Sở quản lý", ""),
    ],
)
def test_a_heading_names_its_field_without_what_follows(text, field):
    assert read_heading(text).field == field


@pytest.mark.parametrize(
    "line",
    [
        "Căn cứ Nghị định số 92/2017/NĐ-CP được sửa đổi, bổ sung",
        "Điều 1. Công bố danh mục thủ tục hành chính bị bãi bỏ",
        "(Ban hành kèm theo Quyết định công bố thủ tục hành chính bị bãi bỏ)",
        "Thủ tục này được sửa đổi theo quy định mới và có hiệu lực từ ngày ký.",
        "12",
    ],
)
def test_prose_of_the_decision_is_no_heading(line):
    assert not is_heading(line)


def test_a_title_over_two_lines_is_one_heading():
    found = find_headings(
        ["DANH MỤC THỦ TỤC HÀNH CHÍNH", "MỚI BAN HÀNH TRONG LĨNH VỰC CHĂN NUÔI", "văn xuôi"]
    )
    assert [(one.effects, one.field) for one in found] == [({NEW}, "Chăn nuôi")]


def entered(*texts: str) -> Headings:
    headings = Headings()
    for text in texts:
        headings.enter(read_heading(text))
    return headings


def test_deeper_headings_keep_what_outer_ones_say():
    held = entered("A. TTHC mới ban hành", "I. TTHC cấp tỉnh", "1. Lĩnh vực Hộ tịch")
    assert (held.effects, held.levels, held.field) == ({NEW}, ("province",), "Hộ tịch")


def test_a_sister_ends_what_stood_below_the_one_before():
    held = entered("A. TTHC mới ban hành", "I. Lĩnh vực Hộ tịch", "B. TTHC bị bãi bỏ")
    assert (held.effects, held.field) == ({ABOLISHED}, "")


def test_the_order_of_marks_is_each_annexs_own():
    """As in Decision 378/QĐ-UBND of Hà Giang (2022): "1." above "A." above "I."."""
    held = entered(
        "Phần I. DANH MỤC",
        "1. Danh mục thủ tục hành chính mới ban hành",
        "A. Danh mục thủ tục hành chính cấp tỉnh",
        "I. Lĩnh vực: Hộ tịch",
        "2. Danh mục thủ tục hành chính sửa đổi, bổ sung",
    )
    assert (held.effects, held.levels, held.field) == ({AMENDED}, (), "")


def test_an_effect_beyond_the_outer_one_ends_it_whatever_its_mark():
    held = entered("I. TTHC mới ban hành", "1. Lĩnh vực Hộ tịch", "B. TTHC bị bãi bỏ")
    assert (held.effects, held.field) == ({ABOLISHED}, "")


def test_a_title_of_several_kinds_is_narrowed_by_what_stands_under_it():
    title = "DANH MỤC TTHC MỚI BAN HÀNH; BỊ BÃI BỎ"
    held = entered(title, "B. TTHC bị bãi bỏ")
    assert (held.effects, len(held.stack)) == ({ABOLISHED}, 2)


def test_a_path_that_grows_long_keeps_its_inner_end():
    held = entered(*(f"{mark}. {'Thủ tục hành chính mới ban hành ' * 3}" for mark in "A1"))
    held.enter(read_heading("I. Lĩnh vực Hộ tịch"))
    assert held.path(limit=90).endswith("I. Lĩnh vực Hộ tịch")
    assert len(held.path(limit=90)) <= 90
