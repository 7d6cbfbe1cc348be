"""Exits are proposed and approved in bulk, and every row says what became of it."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.enums import Role
from publication.exits import propose_exit
from publication.models import MinistryItem
from tests.factories import make_agency, make_ministry_decision, make_staff
from tests.publication.acts import NOON

pytestmark = pytest.mark.django_db
LIST = reverse("admin:publication_ministryitem_changelist")


@pytest.fixture
def office(client):
    user = make_staff(Role.CONTROLLER, username="kiem-soat")
    client.force_login(user)
    return user


@pytest.fixture
def officer():
    return make_staff(Role.OFFICER, make_agency())


def propose(code: str, by) -> None:
    item = MinistryItem.objects.get(code=code)
    propose_exit(item_id=item.pk, reason="Chỉ ở bộ", by=by, now=NOON)


def act(client, name: str, words: str = ""):
    keys = list(MinistryItem.objects.order_by("code").values_list("pk", flat=True))
    data = {"action": name, "_selected_action": keys, "words": words}
    return client.post(LIST, data, follow=True).content.decode()


def approved() -> list[str]:
    rows = MinistryItem.objects.exclude(not_applicable_approved_at=None).order_by("code")
    return list(rows.values_list("code", flat=True))


def test_the_office_approves_in_bulk_and_is_told_row_by_row(client, office, officer):
    make_ministry_decision(codes=["1.900001", "1.900002", "1.900003", "1.900004"])
    propose("1.900001", officer)
    propose("1.900002", office)
    propose("1.900004", officer)
    page = act(client, "approve")
    assert approved() == ["1.900001", "1.900004"]
    assert "Đã làm xong với 2 thủ tục: 1.900001, 1.900004." in page
    assert "1.900002: kiem-soat đã đề nghị nên không được chấp thuận" in page
    assert "1.900003: chưa có đề nghị không áp dụng." in page


def test_a_refusal_in_bulk_carries_its_words(client, office, officer):
    make_ministry_decision(codes=["1.900001"])
    propose("1.900001", officer)
    assert "1.900001: ghi lý do từ chối." in act(client, "refuse")
    act(client, "refuse", "Tỉnh có thực hiện")
    item = MinistryItem.objects.get()
    assert item.not_applicable_reason == ""
    assert item.history.latest("history_id").history_change_reason == (
        "Từ chối không áp dụng: Tỉnh có thực hiện"
    )


def test_departments_propose_and_withdraw_in_bulk_but_are_not_offered_to_approve(client, officer):
    make_ministry_decision(codes=["1.900001", "1.900002"])
    client.force_login(officer)
    page = act(client, "propose", "Chỉ ở bộ")
    assert MinistryItem.objects.awaiting_exit().count() == 2
    assert 'value="withdraw"' in page
    assert 'value="approve"' not in page
    act(client, "approve")
    assert approved() == []
    act(client, "withdraw")
    assert MinistryItem.objects.awaiting_exit().count() == 0


def test_the_filter_shows_what_waits_for_the_office(client, office, officer):
    make_ministry_decision(codes=["1.900001", "1.900002", "1.900003"])
    propose("1.900001", officer)
    propose("1.900002", officer)
    MinistryItem.objects.filter(code="1.900002").update(not_applicable_approved_at=NOON)

    def shown(choice: str) -> list[str]:
        found = client.get(LIST, {"khong-ap-dung": choice}).context["cl"].queryset
        return sorted(found.values_list("code", flat=True))

    assert shown("cho") == ["1.900001"]
    assert shown("roi") == ["1.900002"]
    assert shown("khong") == ["1.900003"]


def test_the_list_takes_the_same_queries_for_1_and_3_exits(
    client, office, django_assert_num_queries
):
    def add(code: str) -> None:
        make_ministry_decision(codes=[code])
        propose(code, make_staff(Role.OFFICER, make_agency()))

    add("1.900001")
    client.get(LIST)
    with CaptureQueriesContext(connection) as queries:
        client.get(LIST)
    add("1.900002")
    add("1.900003")
    with django_assert_num_queries(len(queries)):
        client.get(LIST)


def test_the_history_of_an_item_shows_each_step(client, office, officer):
    make_ministry_decision(codes=["1.900001"])
    propose("1.900001", officer)
    item = MinistryItem.objects.get()
    page = client.get(reverse("admin:publication_ministryitem_history", args=[item.pk]))
    assert "Đề nghị không áp dụng: Chỉ ở bộ" in page.content.decode()


def test_nobody_types_an_item_past_its_decision(client):
    user = get_user_model().objects.create_superuser("quan-tri", password="x")
    client.force_login(user)
    make_ministry_decision(codes=["1.900001"])
    item = MinistryItem.objects.get()
    change = reverse("admin:publication_ministryitem_change", args=[item.pk])
    assert client.post(change, {"name": "Khác"}).status_code == 403
    assert client.get(reverse("admin:publication_ministryitem_add")).status_code == 403
