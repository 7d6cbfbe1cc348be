"""Laws of Vietnamese text at the door."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.vietnamese import (
    clean_line,
    clean_text,
    fold,
    initial,
    nfc,
    says_nothing,
    search_form,
    slug,
    sort_key,
)


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_text(clean_text(text)) == clean_text(text)


@given(st.text())
def test_both_unicode_forms_clean_and_fold_alike(text):
    decomposed = unicodedata.normalize("NFD", text)
    assert clean_line(decomposed) == clean_line(nfc(text))
    assert fold(decomposed) == fold(nfc(text))


@given(st.text())
def test_a_line_holds_no_break_and_no_nul(text):
    assert not set(clean_line(text)) & set("\n\r\t\x00")
    assert "\x00" not in clean_text(text)


def test_a_text_keeps_its_lines_and_loses_its_furniture():
    assert clean_text(" a \t b \r\n\r\n\r\n c\u200b\ufeff ") == "a b\nc"


@given(st.text(alphabet=" a\n\t\r\x0b\u00a0\u2003\u2028\u200be\u0301", max_size=12))
def test_a_text_that_is_left_as_it_is_has_nothing_to_mend(text):
    lines = nfc(text.replace("\u200b", "")).replace("\r", "\n").split("\n")
    mended = [re.sub(r"\s+", " ", line).strip() for line in lines]
    assert clean_text(text) == "\n".join(line for line in mended if line)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Đất đai", "dat dai"), ("ĐĂNG KÝ", "dang ky"), ("Thủy/Thuỷ", "thuy/thuy"), ("ưỡng", "uong")],
)
def test_folding_takes_every_mark_and_the_bar_of_d(text, folded):
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


def test_search_forms_and_slugs_hold_plain_letters_only():
    assert search_form("Cấp “Giấy” (lần 2)") == "cap giay lan 2"
    assert slug("Cấp, quản lý căn cước!") == "cap-quan-ly-can-cuoc"


@pytest.mark.parametrize(
    "text", ["", "Không có thông tin", " không có thông tin. ", "-", "--", "null"]
)
def test_values_that_say_nothing(text):
    assert says_nothing(text)
    assert says_nothing(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize("text", ["Không", "Không quy định", "0"])
def test_a_declared_none_says_something(text):
    assert not says_nothing(text)


def test_names_stand_in_dictionary_order():
    names = ["ấm", "an", "ăn", "da", "đa", "âm", "àn", "ạn", "ba", "án", "e", "ê"]
    expected = ["an", "àn", "án", "ạn", "ăn", "âm", "ấm", "ba", "da", "đa", "e", "ê"]
    assert sorted(names, key=sort_key) == expected


def test_names_are_filed_under_their_first_letter():
    names = ["Ấp", "“Đất", "đa", "ưu", "9 bước", "...", "Wifi", "Cấp"]
    assert [initial(name) for name in names] == ["Â", "Đ", "Đ", "Ư", "#", "#", "W", "C"]
