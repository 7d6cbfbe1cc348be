"""Rules in the staff pages, and the page where dates are tried."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from catalog.enums import Role
from catalog.models import CalendarDay
from publication.models import DeadlineRule
from tests.factories import make_agency, make_staff

pytestmark = pytest.mark.django_db
LIST = reverse("admin:publication_deadlinerule_changelist")
ADD = reverse("admin:publication_deadlinerule_add")
TRY = reverse("admin:publication_deadlinerule_try")
WORDING = {
    "code": "province_announces",
    "label": "Tỉnh công bố",
    "amount": "3",
    "unit": "working",
    "anchor": "before_effect",
    "valid_from": "01/07/2026",
    "valid_to": "",
    "citation": "Điều 9",
    "note": "",
}


def test_an_officer_finds_the_trial_page_and_gets_day_and_reasons(client, officer):
    CalendarDay.objects.create(
        day=date(2024, 9, 2), kind="day_off", name="Quốc khánh", confirmed_at=now()
    )
    assert f'href="{TRY}"' in client.get(LIST).content.decode()
    page = client.get(TRY, {"rule": "province_announces", "day": "04/09/2024", "unit": ""})
    text = page.content.decode()
    assert page.context["deadline"].due_on == date(2024, 8, 27)  # Tue 3, Fri 30, 29, 28, Tue 27
    assert "Hạn cuối: thứ Ba 27/08/2024" in text
    assert "Không tính thứ Hai 02/09/2024: Quốc khánh." in text
    address = page.context["api_address"]
    assert address == "/api/v1/deadlines/?rule=province_announces&effective_on=2024-09-04"
    assert client.get(address).json()["due_on"] == "2024-08-27"


def test_the_trial_page_counts_in_the_unit_that_was_chosen(client, officer):
    asked = {"rule": "province_announces", "day": "20/09/2024", "unit": "calendar"}
    page = client.get(TRY, asked)
    assert page.context["deadline"].due_on == date(2024, 9, 15)
    assert client.get(page.context["api_address"]).json()["due_on"] == "2024-09-15"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"rule": "unheard_of", "day": "20/09/2024"}, "rule"),
        ({"rule": "province_announces", "day": ""}, "day"),
        ({"rule": "province_announces", "day": "31/02/2024"}, "day"),
        ({"rule": "province_announces", "day": "01/01/1900"}, "day"),
        ({"rule": "province_announces", "day": "20/09/2024", "unit": "weeks"}, "unit"),
    ],
)
def test_what_cannot_be_tried_is_said_beside_the_field(client, officer, asked, field):
    page = client.get(TRY, asked)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert "deadline" not in page.context


def test_a_day_without_a_rule_is_said_beside_the_day(client, officer):
    DeadlineRule.objects.filter(code="province_announces").update(valid_from=date(2025, 1, 1))
    page = client.get(TRY, {"rule": "province_announces", "day": "20/09/2024"})
    assert "20/09/2024" in page.context["form"].errors["day"][0]
    assert "deadline" not in page.context


def test_trying_dates_needs_the_right_to_read_rules(client):
    user = make_staff(Role.OFFICER)
    user.groups.clear()
    client.force_login(user)
    assert client.get(TRY).status_code == 403


def test_the_trial_page_has_no_inline_script_or_style(client, officer):
    text = client.get(TRY, {"rule": "province_announces", "day": "20/09/2024"}).content.decode()
    main = text[text.index('id="content-main"') :]
    assert "<script" not in main.partition("</div>\n<br")[0].partition("</main>")[0]
    assert " style=" not in main


def test_the_office_adds_a_wording_and_officers_do_not(client, controller):
    assert client.post(ADD, WORDING).status_code == 302
    row = DeadlineRule.objects.get(code="province_announces", valid_from=date(2026, 7, 1))
    assert row.amount == 3
    client.force_login(make_staff(Role.OFFICER, make_agency()))
    assert client.post(ADD, WORDING | {"valid_from": "01/01/2027"}).status_code == 403
    assert DeadlineRule.objects.filter(code="province_announces").count() == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": "provincial_announces"}, "code"),  # a slip would be a rule that nobody asks for
        ({"amount": "0"}, "amount"),
        ({"valid_from": ""}, "__all__"),
        ({"valid_to": "30/06/2026"}, "__all__"),
    ],
)
def test_a_wording_that_makes_no_sense_is_refused(client, controller, change, field):
    page = client.post(ADD, WORDING | change)
    assert list(page.context["adminform"].form.errors) == [field]
    assert DeadlineRule.objects.filter(code="province_announces").count() == 1


def test_a_new_wording_begins_as_a_copy_and_leaves_the_old_one(client, controller):
    old = DeadlineRule.objects.get(code="province_announces")
    change = reverse("admin:publication_deadlinerule_change", args=[old.pk])
    page = client.get(change).content.decode()
    assert 'name="_saveasnew"' in page
    assert 'value="Lưu mới"' in page  # the words of the field's help
    assert client.post(change, WORDING | {"_saveasnew": "1"}).status_code == 302
    old.refresh_from_db()
    assert (old.amount, old.valid_from) == (5, None)
    assert DeadlineRule.objects.filter(code="province_announces").count() == 2


def test_the_list_takes_the_same_queries_whatever_its_length(client, controller):
    client.get(LIST)
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(LIST).context["cl"].result_list) == 12
    DeadlineRule.objects.exclude(code="province_announces").delete()
    with CaptureQueriesContext(connection) as one:
        assert len(client.get(LIST).context["cl"].result_list) == 1
    assert len(one) == len(many)
