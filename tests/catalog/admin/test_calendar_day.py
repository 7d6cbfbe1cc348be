"""The calendar's staff pages: propose, confirm, enter by hand, and who may."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from catalog.calendar import read_calendar
from catalog.enums import Role
from catalog.models import CalendarDay
from tests.factories import make_staff

pytestmark = pytest.mark.django_db
LIST = reverse("admin:catalog_calendarday_changelist")
ADD = reverse("admin:catalog_calendarday_add")
PROPOSE = reverse("admin:catalog_calendarday_propose")


def confirm(client, *days):
    chosen = {"action": "confirm", "_selected_action": [day.pk for day in days]}
    return client.post(LIST, chosen, follow=True)


def test_a_year_is_proposed_then_confirmed_by_name(client, controller):
    page = client.get(LIST).content.decode()
    assert f'href="{PROPOSE}"' in page
    done = client.post(PROPOSE, {"year": "2027"}, follow=True)
    assert "Năm 2027: đề xuất" in done.content.decode()
    days = list(CalendarDay.objects.all())
    assert len(days) > 9
    assert len(done.context["cl"].result_list) == len(days)  # the list of what waits
    assert read_calendar().known_years == set()
    before = now()
    assert f"Đã xác nhận {len(days)} ngày" in confirm(client, *days).content.decode()
    rows = CalendarDay.objects.filter(confirmed_by=controller, confirmed_at__gte=before)
    assert rows.count() == len(days)
    assert read_calendar().known_years == {2027}


@pytest.mark.parametrize("year", ["", "2009", "2100", "nam nay"])
def test_a_year_that_cannot_be_proposed_is_refused(client, controller, year):
    page = client.post(PROPOSE, {"year": year})
    assert page.status_code == 200
    assert page.context["form"].errors["year"]
    assert CalendarDay.objects.count() == 0


def test_a_day_typed_by_a_person_counts_at_once(client, controller):
    typed = {"day": "10/01/2026", "kind": "make_up", "name": "Làm bù", "source": "Thông báo"}
    assert client.post(ADD, typed).status_code == 302
    day = CalendarDay.objects.get()
    assert (day.day, day.confirmed_by) == (date(2026, 1, 10), controller)
    assert read_calendar().make_up_days == {date(2026, 1, 10)}


def test_mending_a_proposal_does_not_confirm_it(client, controller):
    day = CalendarDay.objects.create(day=date(2027, 1, 1), kind="day_off", name="Tết")
    change = reverse("admin:catalog_calendarday_change", args=[day.pk])
    client.post(change, {"day": "01/01/2027", "kind": "day_off", "name": "Tết Dương lịch"})
    day.refresh_from_db()
    assert (day.name, day.confirmed_at) == ("Tết Dương lịch", None)


def test_a_weekday_cannot_be_a_make_up_day(client, controller):
    page = client.post(ADD, {"day": "09/01/2026", "kind": "make_up", "name": "Làm bù"})  # Friday
    assert page.context["errors"]
    assert "thứ Bảy hoặc Chủ nhật" in page.content.decode()
    assert CalendarDay.objects.count() == 0


def test_an_officer_reads_the_calendar_and_changes_nothing_in_it(client, officer):
    day = CalendarDay.objects.create(day=date(2027, 1, 1), kind="day_off", name="Tết")
    page = client.get(LIST).content.decode()
    assert "01/01/2027" in page
    assert PROPOSE not in page
    assert client.get(PROPOSE).status_code == 403
    assert client.post(PROPOSE, {"year": "2027"}).status_code == 403
    confirm(client, day)
    day.refresh_from_db()
    assert day.confirmed_at is None
    assert CalendarDay.objects.count() == 1


def test_the_list_takes_the_same_queries_whatever_its_length(client, controller):
    counts = []
    for day in (1, 2, 3):
        CalendarDay.objects.create(
            day=date(2027, 1, day),
            kind="day_off",
            name=f"Ngày {day}",
            confirmed_at=now(),
            confirmed_by=make_staff(Role.CONTROLLER),
        )
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get(LIST).context["cl"].result_list) == day
        counts.append(len(queries))
    assert counts[0] == counts[2]
