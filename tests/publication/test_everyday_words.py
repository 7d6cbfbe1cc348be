"""The table of everyday words and what it is shipped with."""

from io import StringIO

import pytest
from django.core.management import call_command

from publication.everyday_words import words_in_use
from publication.models import EverydayWord
from publication.search.everyday import Meant, default_pairs

pytestmark = pytest.mark.django_db


def add_everyday_words():
    told = StringIO()
    call_command("add_everyday_words", stdout=told)
    return told.getvalue().splitlines()


def test_phrases_of_a_new_version_come_into_a_table_that_staff_keep():
    whole = EverydayWord.objects.count()
    EverydayWord.objects.filter(phrase__in=["sổ đỏ", "cà vẹt"]).delete()
    lines = add_everyday_words()
    assert lines[-1] == "Đã thêm 2 cách gọi; dòng đã có giữ nguyên."
    assert len(lines) == 3
    assert EverydayWord.objects.count() == whole
    assert set(words_in_use()) == set(default_pairs())
    assert add_everyday_words() == ["Đã thêm 0 cách gọi; dòng đã có giữ nguyên."]


def test_what_staff_wrote_or_set_out_of_use_stays():
    EverydayWord.objects.filter(phrase="sổ đỏ").update(meaning="giấy tờ nhà đất")
    EverydayWord.objects.filter(phrase="cà vẹt").update(in_use=False)
    add_everyday_words()
    used = {one.phrase: one for one in words_in_use()}
    assert used["sổ đỏ"] == Meant("sổ đỏ", "giấy tờ nhà đất")
    assert "cà vẹt" not in used
