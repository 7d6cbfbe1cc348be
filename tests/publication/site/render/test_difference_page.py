"""A change between two public texts is shown word by word, and nothing else as changed."""

import re
from datetime import date, timedelta

import pytest

from publication.site.page import PageKind
from publication.site.render import NoSuchPage
from tests.factories import make_content, make_procedure
from tests.publication.acts import NOON, announce
from tests.publication.site.render.pages import html

pytestmark = pytest.mark.django_db

CODE = "1.000001"
FIRST, SECOND, THIRD = date(2024, 10, 3), date(2024, 10, 4), date(2024, 10, 5)


def _paper(*names):
    return make_content(paper_cases=[{"case": "", "papers": [{"name": it} for it in names]}])


def _history(*contents):
    """One text a day from 3 October on."""
    procedure = make_procedure(CODE, name="Đăng ký kết hôn")
    for number, content in enumerate(contents):
        procedure.content = content
        procedure.save()
        moment = NOON + timedelta(days=number)
        effect = "amended" if number else "new"
        announce(procedure, effect=effect, signed_on=moment.date(), now=moment)
    return procedure


def _words(page, tag):
    return re.findall(rf"<{tag}>(.*?)</{tag}>", page.split('class="wrap section-end"')[1])[1:]


def test_changed_words_are_marked_as_taken_out_and_as_added_and_no_others():
    _history(_paper("Bản sao thẻ", "Tờ khai"), _paper("Bản chính thẻ", "Tờ khai"))
    page = html(PageKind.DIFFERENCE, f"{CODE}/{SECOND}")
    assert (_words(page, "del"), _words(page, "ins")) == (["sao"], ["chính"])
    assert "1 đoạn giữ nguyên" in page
    assert "Từ 03/10/2024 đến hết 03/10/2024" in page
    assert "Từ 04/10/2024 đến nay" in page


def test_a_whole_passage_stands_against_words_that_say_it_is_missing():
    _history(_paper("Tờ khai", "Ảnh chân dung"), _paper("Tờ khai"))
    page = html(PageKind.DIFFERENCE, f"{CODE}/{SECOND}")
    assert _words(page, "del") == ["Ảnh chân dung"]
    assert "Đã bỏ đoạn này" in page
    assert "Chưa có đoạn này" not in page


def test_announced_markup_is_shown_and_not_obeyed():
    _history(_paper("Đơn <b>cũ</b>"), _paper("Đơn <b>mới</b>"))
    page = html(PageKind.DIFFERENCE, f"{CODE}/{SECOND}")
    assert "<b>mới" not in page
    assert "&lt;b&gt;" in page


def test_texts_that_say_the_same_are_said_to_be_the_same():
    _history(_paper("Đơn"), _paper("Đơn"))
    assert "giống nhau từng chữ" in html(PageKind.DIFFERENCE, f"{CODE}/{SECOND}")


def test_an_end_is_told_as_an_end():
    procedure = _history(_paper("Đơn"))
    moment = NOON + timedelta(days=1)
    announce(procedure, effect="abolished", signed_on=moment.date(), now=moment)
    page = html(PageKind.DIFFERENCE, f"{CODE}/{SECOND}")
    assert "Thủ tục hết hiệu lực từ ngày 04/10/2024" in page


def test_every_change_leads_to_the_one_before_and_the_one_after():
    _history(_paper("A"), _paper("B"), _paper("C"))
    middle = html(PageKind.DIFFERENCE, f"{CODE}/{SECOND}")
    last = html(PageKind.DIFFERENCE, f"{CODE}/{THIRD}")
    assert f'href="/thu-tuc/{CODE}/{THIRD}/thay-doi/" rel="next"' in middle
    assert 'rel="prev"' not in middle
    assert f'href="/thu-tuc/{CODE}/{SECOND}/thay-doi/" rel="prev"' in last
    assert 'rel="next"' not in last


def test_the_first_text_has_no_change_and_its_history_offers_none():
    _history(_paper("A"), _paper("B"))
    with pytest.raises(NoSuchPage):
        html(PageKind.DIFFERENCE, f"{CODE}/{FIRST}")
    page = html(PageKind.PROCEDURE, CODE)
    assert f"/thu-tuc/{CODE}/{SECOND}/thay-doi/" in page
    assert f"/thu-tuc/{CODE}/{FIRST}/thay-doi/" not in page


def test_any_two_texts_are_offered_once_there_are_three():
    _history(_paper("A"), _paper("B"))
    assert "/so-sanh/" not in html(PageKind.PROCEDURE, CODE)
    procedure = make_procedure("1.000002")
    for number in range(3):
        moment = NOON + timedelta(days=number)
        announce(procedure, effect="amended" if number else "new",
                 signed_on=moment.date(), now=moment)  # fmt: skip
    assert 'action="/thu-tuc/1.000002/so-sanh/"' in html(PageKind.PROCEDURE, "1.000002")


def test_the_english_page_keeps_the_announced_words():
    _history(_paper("Bản sao thẻ"), _paper("Bản chính thẻ"))
    page = html(PageKind.DIFFERENCE, f"{CODE}/{SECOND}", language="en")
    assert _words(page, "ins") == ["chính"]
    assert '<span lang="vi">Bản <ins>chính</ins> thẻ' in page
    assert f'href="/en/thu-tuc/{CODE}/{SECOND}/"' in page


def test_changes_of_many_procedures_cost_as_many_queries_as_one(django_assert_num_queries):
    from publication.site.render.changed_texts import read_changes

    _history(_paper("A"), _paper("B"))
    other = make_procedure("1.000002")
    announce(other)
    announce(other, effect="amended", signed_on=SECOND, now=NOON + timedelta(days=1))
    for codes in ([CODE], [CODE, "1.000002"]):
        with django_assert_num_queries(2):
            assert len(read_changes([f"{code}/{SECOND}" for code in codes])) == len(codes)
