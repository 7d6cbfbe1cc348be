"""Changes without a decision are listed before and after, and closed one by one or together."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.enums import Role
from publication.admin.marked_words import marked_words
from publication.models import RegisterAlarm
from tests.factories import make_agency, make_ministry_decision, make_staff
from tests.publication.acts import NOON
from tests.publication.test_alarms import make_alarm

pytestmark = pytest.mark.django_db
LIST = reverse("admin:publication_registeralarm_changelist")


@pytest.fixture
def office(client):
    user = make_staff(Role.CONTROLLER, username="kiem-soat")
    client.force_login(user)
    return user


def change(alarm: RegisterAlarm) -> str:
    return reverse("admin:publication_registeralarm_change", args=[alarm.pk])


@pytest.mark.parametrize(
    ("before", "after", "html"),
    [
        ("Cấp thẻ", "Cấp lại thẻ", "Cấp <ins>lại</ins> thẻ"),
        ("Cấp lại thẻ", "Cấp đổi thẻ", "Cấp <del>lại</del> <ins>đổi</ins> thẻ"),
        ("", "<b>Mới</b>", "<ins>&lt;b&gt;Mới&lt;/b&gt;</ins>"),
        ("Cũ", "", "<del>Cũ</del>"),
        ("", "", ""),
    ],
)
def test_what_went_is_struck_out_and_what_came_is_underlined(before, after, html):
    assert marked_words(before, after) == html


def test_the_list_shows_open_alarms_with_the_change_marked(client, office):
    make_alarm("1.900001", before="Cấp thẻ", after="Cấp lại thẻ", named_decision="226/QĐ-UBND")
    make_alarm("1.900002", resolved_at=NOON, resolution="Xong")
    page = client.get(LIST).content.decode()
    assert '<span class="marked">Cấp <ins>lại</ins> thẻ</span>' in page
    assert "226/QĐ-UBND" in page
    assert "1.900002" not in page
    closed = client.get(LIST, {"tinh-trang": "xong"}).context["cl"].queryset
    assert [alarm.code for alarm in closed] == ["1.900002"]
    assert client.get(LIST, {"tinh-trang": "tat-ca"}).context["cl"].queryset.count() == 2


def test_an_alarm_is_closed_with_words(client, office):
    alarm = make_alarm()
    page = client.post(change(alarm), {"resolution": "", "decision": ""})
    assert "Ghi kết quả xử lý hoặc chọn quyết định của bộ." in page.content.decode()
    assert client.post(change(alarm), {"resolution": "Lỗi chính tả"}).status_code == 302
    alarm.refresh_from_db()
    assert (alarm.resolution, alarm.resolved_by) == ("Lỗi chính tả", office)


def test_an_alarm_is_tied_to_a_decision(client, office):
    alarm = make_alarm(kind="vanished")
    decision = make_ministry_decision(number="163/QĐ-BTP")
    assert client.post(change(alarm), {"decision": decision.pk}).status_code == 302
    item = decision.items.get()
    assert (item.code, item.effect) == ("1.900001", "abolished")
    alarm.refresh_from_db()
    assert alarm.resolution == "Gắn với quyết định 163/QĐ-BTP ngày 01/08/2024."


def test_a_proposed_decision_cannot_be_chosen(client, office):
    alarm = make_alarm()
    hidden = make_ministry_decision(is_proposed=True)
    assert client.post(change(alarm), {"decision": hidden.pk}).status_code == 200
    assert RegisterAlarm.objects.open().exists()
    assert hidden.items.count() == 0


def test_alarms_are_closed_together(client, office):
    keys = [make_alarm(code).pk for code in ("1.900001", "1.900002")]
    data = {"action": "resolve", "_selected_action": keys}
    page = client.post(LIST, data | {"words": ""}, follow=True).content.decode()
    assert "1.900002: ghi kết quả xử lý" in page
    assert RegisterAlarm.objects.open().count() == 2
    page = client.post(LIST, data | {"words": "Thủ tục của ngành dọc"}, follow=True)
    assert "Đã ghi kết quả xử lý cho 2 thay đổi." in page.content.decode()
    assert not RegisterAlarm.objects.open().exists()


def test_a_closed_alarm_is_shown_and_not_edited(client, office):
    alarm = make_alarm(resolved_at=NOON, resolution="Xong", resolved_by=office)
    assert "Xong" in client.get(change(alarm)).content.decode()
    assert client.post(change(alarm), {"resolution": "Khác"}).status_code == 403


def test_departments_look_at_alarms_and_close_none(client):
    client.force_login(make_staff(Role.OFFICER, make_agency()))
    alarm = make_alarm()
    assert client.get(LIST).status_code == 200
    data = {"action": "resolve", "_selected_action": [alarm.pk], "words": "Xong"}
    client.post(LIST, data)
    assert client.post(change(alarm), {"resolution": "Xong"}).status_code == 403
    assert RegisterAlarm.objects.open().get() == alarm


def test_the_list_takes_the_same_queries_for_1_and_3_rows(
    client, office, django_assert_num_queries
):
    def add(code: str) -> None:
        make_alarm(
            code, resolved_at=NOON, resolution="Xong", resolved_by=make_staff(Role.CONTROLLER)
        )

    add("1.900001")
    everything = {"tinh-trang": "tat-ca"}
    client.get(LIST, everything)
    with CaptureQueriesContext(connection) as queries:
        client.get(LIST, everything)
    add("1.900002")
    add("1.900003")
    with django_assert_num_queries(len(queries)):
        client.get(LIST, everything)
