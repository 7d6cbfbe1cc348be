from collections import Counter

from publication.search.everyday import MAX_WORDS, default_pairs, phrase_key
from publication.search.question import read_question
from tests.publication.search.known_words import KnownWords

KNOWN = KnownWords(
    everyday={"sổ đỏ": "giấy chứng nhận quyền sử dụng đất", "đạo": "tôn giáo", "mất": "cấp lại"}
)


def meant(text):
    return [(one.phrase, one.meaning) for one in read_question(text, KNOWN).meant]


def test_an_everyday_phrase_adds_what_it_means_at_less_than_what_is_said():
    terms = dict(read_question("làm sổ đỏ", KNOWN).terms)
    assert terms["sodo"] == 1.0
    assert terms["chungnhan"] == 0.5


def test_a_hint_adds_at_less_than_what_is_meant_and_takes_nothing_away():
    question = read_question("làm sổ đỏ", KNOWN)
    hinted = question.with_hint("đăng ký đất đai, sổ đỏ")
    terms = dict(hinted.terms)
    assert (terms["datdai"], terms["chungnhan"], terms["sodo"]) == (0.3, 0.5, 1.0)
    assert hinted.words == question.words
    assert (hinted.hinted & {"dat", "so"}, "dai" in hinted.hinted) == (set(), True)


def test_a_phrase_is_known_without_its_marks_and_in_either_tone_place():
    assert meant("so do") == [("sổ đỏ", "giấy chứng nhận quyền sử dụng đất")]
    known = KnownWords(everyday={"hóa giá": "bán đấu giá"})
    assert read_question("hoá giá nhà", known).meant


def test_a_word_that_differs_in_marks_is_another_word():
    assert meant("dao") == [("đạo", "tôn giáo")]
    assert meant("đào") == []


def test_a_phrase_of_asking_is_not_taken_for_what_it_would_mean_elsewhere():
    assert meant("làm sổ đỏ mất bao nhiêu tiền") == [("sổ đỏ", "giấy chứng nhận quyền sử dụng đất")]


def test_the_shipped_phrases_are_each_there_once_short_and_meaning_something_else():
    pairs = list(default_pairs())
    keys = Counter(phrase_key(pair.phrase) for pair in pairs)
    assert len(pairs) > 400
    assert [key for key, times in keys.items() if times > 1] == []
    assert [key for key in keys if not 1 <= len(key.split()) <= MAX_WORDS] == []
    assert [pair for pair in pairs if phrase_key(pair.phrase) == phrase_key(pair.meaning)] == []


def test_the_language_model_is_asked_in_official_words():
    known = KnownWords(
        "chấm đốm", everyday={"sổ đỏ": "giấy chứng nhận quyền sử dụng đất", "ốm": "ốm đau"}
    )
    assert read_question("đổi sổ đỏ", known).officially == ("đổi giấy chứng nhận quyền sử dụng đất")
    assert read_question("chấm đốm ốm", known).officially == "chấm đốm ốm đau"
    assert read_question("đổi thẻ", known).officially == "đổi thẻ"
