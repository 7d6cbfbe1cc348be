import pytest

from publication.search.question import read_question
from publication.search.spelling import read_words
from publication.search.words import spelt_words
from tests.publication.search.known_words import KnownWords

LINES = (
    "Đăng ký tạm trú",
    "Đăng ký thường trú",
    "Cấp giấy phép xây dựng nhà ở riêng lẻ",
    "Cấp lại thẻ căn cước",
    "Đăng ký kết hôn",
    "Thủ tục nhập khẩu",
    "Chủ hộ kinh doanh",
)


def read(text, *lines):
    return " ".join(read_words(spelt_words(text), KnownWords(*LINES, *lines)))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dang ky tam tru", "đăng ký tạm trú"),
        ("giay phep xay dung nha o", "giấy phép xây dựng nhà ở"),
        ("đang ky ket hon", "đăng ký kết hôn"),
        ("the can cuoc", "thẻ căn cước"),
    ],
)
def test_marks_are_put_back_by_what_stands_beside(typed, meant):
    assert read(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("đăng kí", "đăng ký"),
        ("đăng ký tạm chú", "đăng ký tạm trú"),
        ("cấp giấy phép sây dựng", "cấp giấy phép xây dựng"),
        ("thủ tục ngập khẩu", "thủ tục nhập khẩu"),
    ],
)
def test_a_word_that_sounds_like_the_known_one_is_read_as_it(typed, meant):
    assert read(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("thẻ căn cuowc", "thẻ căn cước"),
        ("thẻ căn cuoc", "thẻ căn cước"),
        ("ddawng kys kết hôn", "đăng ký kết hôn"),
        ("giấy phep xay dunhg", "giấy phép xây dựng"),
        ("thuong trsu", "thường trú"),
    ],
)
def test_a_slip_of_the_finger_is_mended(typed, meant):
    assert read(typed) == meant


def test_a_known_word_is_read_otherwise_only_where_its_neighbours_say_so():
    assert read("tạm chủ") == "tạm trú"
    assert read("chủ hộ") == "chủ hộ"
    assert read("chủ xe") == "chủ xe"


def test_what_nothing_is_known_of_stays_as_typed():
    assert read("zzqx 1234 wifi") == "zzqx 1234 wifi"
    assert read_words([], KnownWords()) == ()


def test_a_mended_word_is_told_and_a_restored_one_is_not():
    known = KnownWords(*LINES)
    assert read_question("dang ky tam tru", known).mended == ()
    assert read_question("đăng ký tạm chú", known).mended == (("chú", "trú"),)


def test_words_are_taken_as_typed_when_asked_so():
    known = KnownWords(*LINES, everyday={"tạm chú": "tạm trú"})
    as_typed = read_question("tạm chú", known, as_typed=True)
    assert (as_typed.subject, as_typed.mended, as_typed.meant) == ("tạm chú", (), ())
