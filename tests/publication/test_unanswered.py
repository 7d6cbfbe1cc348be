from datetime import date, timedelta

import pytest

from publication.models import UnansweredQuestion
from publication.unanswered import ENOUGH, forget_unanswered, note_unanswered

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)


def ask(text, times=1, on=MONDAY):
    for _ in range(times):
        note_unanswered(text, on=on)


def test_what_fewer_than_enough_have_asked_is_counted_but_not_kept_in_words():
    ask("xin giấy cho ông Nguyễn Văn Mẫu", ENOUGH - 1)
    row = UnansweredQuestion.objects.get()
    assert (row.words, row.times) == ("", ENOUGH - 1)


def test_what_enough_have_asked_is_kept_folded_and_without_numbers():
    ask("Xin giấy đi đường 0912345678", ENOUGH - 1)
    ask("xin giay di duong 0987654321")
    row = UnansweredQuestion.objects.get()
    assert (row.words, row.times) == ("xin giay di duong", ENOUGH)
    assert row.last_asked_on == MONDAY


def test_a_question_of_numbers_alone_is_not_counted():
    ask("0912345678 2024")
    assert not UnansweredQuestion.objects.exists()


def test_what_nobody_asked_for_a_quarter_is_forgotten():
    ask("cũ", on=MONDAY - timedelta(days=91))
    ask("mới", on=MONDAY - timedelta(days=90))
    assert forget_unanswered(on=MONDAY) == 1
    assert UnansweredQuestion.objects.count() == 1
