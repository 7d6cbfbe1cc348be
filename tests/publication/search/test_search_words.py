import unicodedata

import pytest

from catalog.vietnamese import fold
from publication.search.passages import PASSAGE_CHARS, mark, passage
from publication.search.question import MAX_QUESTION_CHARS, Question
from publication.search.question import read_question as read
from publication.search.words import sounds, tone_at_the_end
from tests.publication.search.known_words import KnownWords


def read_question(text: str) -> Question:
    """A question read by a portal that knows no text and no everyday word yet."""
    return read(text, KnownWords())


def terms(text: str) -> dict[str, float]:
    return dict(read_question(text).terms)


@pytest.mark.parametrize(
    "spelling", ["1.004222", "1004222", "1.004222.H23", "1.004222.000.00.00.H23", "mã 1.004222"]
)
def test_a_code_is_read_in_every_spelling(spelling):
    assert read_question(spelling).codes == ("1.004222",)


@pytest.mark.parametrize("text", ["0912345678", "12.004222", "1.00422", "ngày 1.1.2024"])
def test_a_number_that_is_no_code_is_not_read_as_one(text):
    assert read_question(text).codes == ()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("3218", "3218/"),
        ("số 3218", "3218/"),
        ("Quyết định số 3218 năm 2024", "3218/"),
        ("3218/QĐ-UBND", "3218/qd-ubnd"),
        ("3218/QD-UBND", "3218/qd-ubnd"),
        ("quyết định 3218 / QĐ", "3218/qd"),
        ("lệ phí 15000 đồng", ""),
    ],
)
def test_a_decision_number_is_read_alone_or_in_full(text, key):
    assert read_question(text).decision == key


def test_marks_and_forms_of_unicode_do_not_change_the_terms():
    plain = terms("dang ky ket hon")
    assert terms("Đăng ký kết hôn") == plain
    assert terms(unicodedata.normalize("NFD", "ĐĂNG KÝ kết hôn")) == plain
    assert plain == dict.fromkeys(("ki", "ket", "hon", "dangki", "kiket", "kethon"), 1.0)


@pytest.mark.parametrize(("one", "other"), [("đăng kí", "đăng ký"), ("Mĩ", "Mỹ"), ("quí", "quý")])
def test_i_and_y_are_one_letter_where_they_stand_alone(one, other):
    assert sounds(one) == sounds(other)


@pytest.mark.parametrize(("one", "other"), [("tay", "tai"), ("máy", "mái"), ("thủy", "thúi")])
def test_i_and_y_are_two_letters_after_another_vowel(one, other):
    assert sounds(one) != sounds(other)


def test_what_a_question_is_asked_with_is_left_out_unless_there_is_nothing_else():
    asked = read_question("Tôi muốn hỏi kết hôn cần những giấy tờ gì?")
    assert (asked.subject, asked.part) == ("kết hôn", "giay-to")
    assert set(dict(asked.terms)) == {"ket", "hon", "kethon"}
    assert set(terms("là gì")) == {"la", "gi"}


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("làm lại căn cước tốn bao nhiêu tiền", "cach-nop"),
        ("đăng ký tạm trú mất bao lâu", "cach-nop"),
        ("tách hộ cần chuẩn bị những gì", "giay-to"),
        ("cơ quan nào có thẩm quyền cấp giấy phép xây dựng", "co-quan"),
        ("căn cứ pháp lý của việc đăng ký khai tử", "can-cu"),
        ("đăng ký khai tử", ""),
    ],
)
def test_a_question_names_the_part_of_the_page_that_answers(question, part):
    assert read_question(question).part == part


@pytest.mark.parametrize(
    ("old", "new"), [("hòa", "hoà"), ("hóa", "hoá"), ("thủy", "thuỷ"), ("khỏe", "khoẻ")]
)
def test_old_and_new_tone_places_are_one_spelling(old, new):
    assert tone_at_the_end(old) == tone_at_the_end(new) == new
    assert read_question(old).marked == read_question(new).marked


def test_a_tone_inside_a_word_stays_where_it_is():
    assert tone_at_the_end("toàn") == "toàn"


def test_control_characters_and_excess_length_are_cut():
    assert read_question("kết\x00hôn\x1b").text == "kết hôn"
    assert len(read_question("ab " * 1000).text) <= MAX_QUESTION_CHARS
    assert len(read_question(" ".join(f"w{n}" for n in range(400))).terms) <= 64
    assert read_question(" \u200b?!\x07").is_empty


def test_marking_keeps_the_text_and_marks_runs_of_words():
    pieces = mark("Đăng ký lại kết hôn", read_question("dang ky ket hon").to_mark)
    assert [piece.text for piece in pieces if piece.marked] == ["Đăng ký", "kết hôn"]
    assert "".join(piece.text for piece in pieces) == "Đăng ký lại kết hôn"


@pytest.mark.parametrize("before", ["😀 ", "ﬃ ", "ß ", "Đã "])
def test_what_stands_before_a_word_does_not_shift_its_mark(before):
    pieces = mark(f"{before}KẾT HÔN ở xã", ("ket hon",))
    assert [(piece.text, piece.marked) for piece in pieces] == [
        (before, False), ("KẾT HÔN", True), (" ở xã", False)
    ]  # fmt: skip


def test_the_passage_is_where_most_words_of_the_question_are():
    filler = "Nội dung khác không liên quan đến việc này. " * 20
    text = f"{filler}\nhôn mê.\n{filler}\nHai bên kết hôn cùng nộp tờ khai đăng ký.\n{filler}"
    pieces = passage(text, read_question("đăng ký kết hôn").to_mark)
    shown = "".join(piece.text for piece in pieces)
    assert "Hai bên kết hôn cùng nộp tờ khai đăng ký." in shown
    assert len(shown) <= PASSAGE_CHARS + 4
    assert fold(" ".join(piece.text for piece in pieces if piece.marked)) == "ket hon dang ky"


def marked(text, question):
    asked = read_question(question)
    return [it.text for it in mark(text, asked.to_mark, asked.spellings) if it.marked]


def test_a_word_typed_with_its_marks_is_not_marked_where_another_stands():
    name = "Cấp lại giấy phép lái xe, hoà giải"
    assert marked(name, "cấp lại") == ["Cấp lại"]
    assert marked(name, "lái xe") == ["lái xe"]
    assert marked(name, "lai") == ["lại", "lái"]
    assert marked(name, "lái lai") == ["lại", "lái"]
    assert marked(name, "hòa giải") == ["hoà giải"]


def test_no_passage_where_no_word_is_found():
    assert passage("Nộp hồ sơ.", ("hon",)) == ()
    assert passage("", ("hon",)) == ()
