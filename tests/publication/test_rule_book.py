"""Rules as rows: the wording that holds on a day, and what a new portal begins with."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from publication.default_rules import DEFAULT_RULES, install_default_rules
from publication.enums import DayUnit
from publication.models import DeadlineRule
from publication.rule_book import NoRuleThen, find_deadline, read_rule_book

pytestmark = pytest.mark.django_db


def amounts() -> dict[str, int]:
    return dict(DeadlineRule.objects.values_list("code", "amount"))


def test_a_new_portal_has_every_rule_with_its_citation():
    assert amounts() == {
        "ministry_announces": 20,
        "province_announces": 5,
        "shortened_announces": 3,
        "ministry_database_entry": 10,
        "national_database_entry": 5,
        "shortened_database_entry": 2,
        "publicised_at_offices": 5,
        "province_after_receipt": 10,
        "feedback_refused": 2,
        "feedback_more_asked": 5,
        "feedback_handled": 15,
        "feedback_published": 2,
    }
    assert not DeadlineRule.objects.filter(citation="").exists()
    units = set(DeadlineRule.objects.values_list("code", "unit"))
    assert {code for code, unit in units if unit == DayUnit.CALENDAR} == {"shortened_announces"}


def test_numbers_that_no_law_gives_say_that_the_office_must_check_them():
    settings = {"publicised_at_offices", "province_after_receipt"}
    asking = DeadlineRule.objects.filter(note__contains="Văn phòng UBND tỉnh kiểm tra")
    assert set(asking.values_list("code", flat=True)) == settings


def test_the_office_has_the_last_word_on_a_rule():
    DeadlineRule.objects.filter(code="province_after_receipt").update(amount=7)
    DeadlineRule.objects.filter(code="feedback_refused").delete()
    install_default_rules(using="default")
    install_default_rules(using="default")
    assert amounts()["province_after_receipt"] == 7
    assert amounts()["feedback_refused"] == 2  # a code without any row gets its default back
    assert DeadlineRule.objects.count() == len(DEFAULT_RULES)


def test_a_schema_older_than_the_rules_is_left_alone():
    class Older:
        def get_model(self, *_names):
            raise LookupError

    DeadlineRule.objects.all().delete()
    install_default_rules(using="default", apps=Older())
    assert amounts() == {}
    install_default_rules(using="default", apps=apps)
    assert len(amounts()) == len(DEFAULT_RULES)


def new_decree(**facts):
    """A later wording of the province's rule; answers the row of the earlier one."""
    row = DeadlineRule.objects.get(code="province_announces")
    kept = {name: getattr(row, name) for name in ("code", "label", "unit", "anchor")}
    new = {"amount": 3, "citation": "Điều 9 nghị định mới", "valid_from": date(2026, 7, 1)}
    DeadlineRule.objects.create(**kept | new | facts)
    return row


def test_the_wording_that_holds_on_the_day_decides():
    old = new_decree()
    DeadlineRule.objects.filter(pk=old.pk).update(valid_to=date(2026, 6, 30))
    book = read_rule_book()
    around = (date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 2))
    assert [book.wording("province_announces", on=day).amount for day in around] == [5, 3, 3]


def test_of_two_wordings_that_hold_the_later_one_decides():
    new_decree()  # the old one was left without an end
    assert find_deadline("province_announces", day=date(2026, 9, 1)).rule.amount == 3
    assert find_deadline("province_announces", day=date(2026, 6, 1)).rule.amount == 5


def test_a_day_without_a_wording_is_refused_and_not_guessed():
    DeadlineRule.objects.filter(code="province_announces").update(valid_from=date(2010, 10, 14))
    assert read_rule_book().rule("province_announces", on=date(2010, 10, 13)) is None
    with pytest.raises(NoRuleThen, match="13/10/2010"):
        find_deadline("province_announces", day=date(2010, 10, 13))
    DeadlineRule.objects.filter(code="province_announces").update(valid_to=date(2026, 6, 30))
    assert read_rule_book().rule("province_announces", on=date(2026, 6, 30)) is not None
    assert read_rule_book().rule("province_announces", on=date(2026, 7, 1)) is None
    assert read_rule_book().rule("unheard_of", on=date(2024, 1, 1)) is None


def test_a_rule_has_one_wording_from_a_day_on():
    with pytest.raises(IntegrityError), transaction.atomic():
        new_decree(valid_from=None)


def test_the_book_is_one_query(django_assert_num_queries):
    new_decree()
    with django_assert_num_queries(1):
        book = read_rule_book()
        book.wording("feedback_handled", on=date(2024, 1, 1))
        book.wording("province_announces", on=date(2024, 1, 1))
