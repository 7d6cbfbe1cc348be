"""Search by meaning, with the language model itself."""

import numpy as np
import pytest

from publication import tasks
from publication.models import EverydayWord
from publication.search import index_file, language_model
from publication.search.build import catch_up
from publication.search.find import search
from publication.search.index_file import SearchUnavailable
from publication.search.meanings import learn_meanings, meanings_path
from tests.factories import make_procedure
from tests.publication.acts import announce

pytestmark = pytest.mark.django_db

NAMES = {
    "1.000001": "Đăng ký kết hôn",
    "1.000002": "Cấp giấy phép xây dựng nhà ở riêng lẻ",
    "1.000003": "Cấp lại giấy phép lái xe",
    "1.000004": "Xác nhận nguồn gốc loài thủy sản",
}


@pytest.fixture(autouse=True)
def _own_index(settings, tmp_path):
    settings.PORTAL_SITE_DIR = tmp_path
    settings.PORTAL_SEARCH_BY_MEANING = True
    if not language_model.is_available():
        pytest.skip("the language model is not packaged for this machine")
    EverydayWord.objects.all().delete()  # learning the shipped ones takes a minute
    yield
    index_file.forget_reader()


@pytest.fixture
def announced():
    announce(*(make_procedure(code, name=name) for code, name in NAMES.items()))
    catch_up()


def say(phrase, meaning):
    EverydayWord.objects.update_or_create(
        key=phrase, defaults={"phrase": phrase, "meaning": meaning}
    )
    catch_up()


def codes(text, **kwargs):
    return [hit.summary["code"] for hit in search(text, **kwargs).hits]


def test_what_shares_no_word_is_found_by_its_meaning_once_it_is_learnt(announced):
    question = "tôm cá đánh bắt ngoài biển"
    assert codes(question)[0] != "1.000004"
    assert learn_meanings(most=10) == 0
    assert codes(question)[0] == "1.000004"


def test_the_very_words_are_not_searched_by_meaning(announced):
    learn_meanings(most=10)
    assert codes("tôm cá đánh bắt ngoài biển", as_typed=True)[0] != "1.000004"


def test_what_means_nothing_here_finds_nothing(announced):
    learn_meanings(most=10)
    assert codes("zzqx wkp") == []


def test_a_question_is_asked_a_little_for_what_the_nearest_everyday_phrase_means(announced):
    question = "đập đi làm lại cái bếp"
    learn_meanings(most=10)
    assert codes(question)[0] == "1.000003"
    say("sửa bếp", "xây dựng nhà ở riêng lẻ")
    assert codes(question)[0] == "1.000003"
    assert learn_meanings(most=10) == 0
    assert codes(question)[0] == "1.000002"


def test_staff_change_what_a_phrase_means_without_its_being_learnt_again(announced):
    say("sửa bếp", "đăng ký kết hôn")
    learn_meanings(most=10)
    assert codes("đập đi làm lại cái bếp")[0] == "1.000001"
    say("sửa bếp", "xây dựng nhà ở riêng lẻ")
    assert codes("đập đi làm lại cái bếp")[0] == "1.000002"


def test_a_phrase_that_is_not_near_means_nothing(announced):
    say("sửa xe", "cấp lại giấy phép lái xe")
    learn_meanings(most=10)
    assert codes("xác nhận sửa cái mái")[0] == "1.000004"


def test_a_phrase_means_nothing_where_a_name_is_nearer(announced):
    say("tôm hùm", "đăng ký kết hôn")
    learn_meanings(most=10)
    assert "1.000001" not in codes("lại giấy phép con tôm")


def test_a_phrase_alone_answers_nothing_that_no_text_and_no_name_does(announced):
    say("cất nhà", "xây dựng nhà ở riêng lẻ")
    learn_meanings(most=10)
    assert codes("cất chòi") == []


def test_names_are_learnt_before_everyday_phrases(announced):
    say("bằng lái", "giấy phép lái xe")
    assert learn_meanings(most=4) == 1
    assert codes("tôm cá đánh bắt ngoài biển")[0] == "1.000004"


def test_learning_goes_on_where_it_was_left(announced):
    assert learn_meanings(most=3) == 1
    first = np.load(meanings_path())
    assert learn_meanings(most=3) == 0
    both = np.load(meanings_path())
    assert (len(first), len(both)) == (3, 4)
    assert set(first["key"]) < set(both["key"])


def test_a_name_is_learnt_once_and_forgotten_when_nobody_bears_it(announced, monkeypatch):
    learn_meanings(most=10)
    monkeypatch.setattr(language_model, "text_vectors", None)
    assert learn_meanings(most=10) == 0
    monkeypatch.undo()
    announce(make_procedure("1.000005", name="Đăng ký khai tử"), number="2/QĐ-UBND")
    catch_up()

    def forget(index):
        index.execute("DELETE FROM procedure WHERE name = 'Đăng ký kết hôn'")

    with index_file.sole_writer():
        index_file.change(forget)
    learn_meanings(most=10)
    assert len(np.load(meanings_path())) == 4


def test_filters_hold_for_what_is_found_by_meaning(announced):
    learn_meanings(most=10)
    assert codes("tôm cá đánh bắt ngoài biển", filters={"kind": ["internal"]}) == []


@pytest.mark.parametrize("damage", [b"", b"\x93NUMPY torn", b"not numbers at all"])
def test_a_damaged_file_of_meanings_is_made_anew_and_search_goes_on_without(announced, damage):
    learn_meanings(most=10)
    meanings_path().write_bytes(damage)
    assert codes("đăng ký kết hôn")[0] == "1.000001"
    assert learn_meanings(most=10) == 0
    assert len(np.load(meanings_path())) == len(NAMES)


def test_without_an_index_there_is_nothing_to_learn():
    with pytest.raises(SearchUnavailable):
        learn_meanings(most=1)
    assert tasks.learn_meanings() == 0


def test_search_by_meaning_can_be_turned_off(announced, settings):
    learn_meanings(most=10)
    settings.PORTAL_SEARCH_BY_MEANING = False
    assert not language_model.is_available()
    assert codes("tôm cá đánh bắt ngoài biển")[0] != "1.000004"
    assert learn_meanings(most=10) == 0
