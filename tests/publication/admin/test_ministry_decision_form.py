"""By hand: a ministry decision is entered row by row; what is wrong is named by row and code."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.enums import Role
from publication.exits import approve_exit, propose_exit
from publication.gaps import record_gaps
from publication.models import AnnouncementGap, MinistryDecision, MinistryItem
from tests.factories import (
    make_agency,
    make_announcement,
    make_ministry_decision,
    make_procedure,
    make_staff,
)
from tests.publication.acts import NOON
from tests.publication.admin.ministry_form import form_data

pytestmark = pytest.mark.django_db
ADD = reverse("admin:publication_ministrydecision_add")


@pytest.fixture
def ministry():
    return make_agency("Bộ Tư pháp", kind="ministry", level="ministry", short_name="BTP")


def change(decision: MinistryDecision) -> str:
    return reverse("admin:publication_ministrydecision_change", args=[decision.pk])


def said(page):
    return page.content.decode()


def test_a_decision_is_entered_with_everything_a_row_holds(client, boss, ministry):
    agency = make_agency("Sở Tư pháp")
    row = {
        "code": "1.900001.000.00.00.H23",
        "name": "Đăng  ký khai sinh",
        "effect": "replaced",
        "levels": ["province", "commune"],
        "agencies": [agency.pk],
        "replaces_codes": "1.900002, 1900003\n1.900002",
        "exit_reason": "Tỉnh không có",
    }
    legal = {
        "legal_documents-TOTAL_FORMS": 1,
        "legal_documents-0-number": "87/2024/NĐ-CP",
        "legal_documents-0-effective_on": "2024-09-20",
    }
    data = form_data(rows=[row], issuer=ministry.pk, shortened_procedure="on", changes=legal)
    page = client.post(ADD, data)
    assert page.status_code == 302, page.context["errors"]
    decision = MinistryDecision.objects.get()
    assert (decision.created_by, decision.shortened_procedure) == (boss, True)
    assert decision.legal_documents.get().effective_on == date(2024, 9, 20)
    item = decision.items.get()
    assert (item.code, item.name, item.effect) == ("1.900001", "Đăng ký khai sinh", "replaced")
    assert (item.levels, item.replaces_codes) == (["province", "commune"], ["1.900002", "1.900003"])
    assert list(item.agencies.all()) == [agency]
    assert (item.not_applicable_reason, item.not_applicable_by) == ("Tỉnh không có", boss)


def test_a_name_left_empty_comes_from_the_register(client, boss, ministry):
    make_procedure("1.900001", name="Đăng ký khai sinh", levels=["commune"])
    data = form_data(rows=[{"code": "1.900001", "name": ""}], issuer=ministry.pk)
    assert client.post(ADD, data).status_code == 302
    item = MinistryItem.objects.get()
    assert (item.name, item.levels) == ("Đăng ký khai sinh", ["commune"])


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"code": "1.900001", "name": ""}, "Dòng 2, mã 1.900001: mã chưa có trong kho thủ tục"),
        ({"code": "90001", "name": "A"}, "Dòng 2, mã 90001: Mã thủ tục “90001” không đúng dạng"),
        (
            {"code": "1.900001", "name": "A", "replaces_codes": "1.900002, abc"},
            "Dòng 2, mã 1.900001: Mã thủ tục “abc” không đúng dạng",
        ),
        (
            {"code": "1.900001", "name": "A", "replaces_codes": "1.900001"},
            "Dòng 2, mã 1.900001: thủ tục không thay thế chính nó",
        ),
        ({"code": "1.900009", "name": "A"}, "Dòng 2, mã 1.900009: mã này đã có ở dòng 1"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_saved(client, boss, ministry, row, message):
    rows = [{"code": "1.900009", "name": "Đúng"}, row]
    page = client.post(ADD, form_data(rows=rows, issuer=ministry.pk))
    assert page.status_code == 200
    assert message in said(page)
    assert not MinistryDecision.objects.exists()


def test_a_new_row_with_a_code_that_a_saved_row_holds_is_named(client, boss):
    decision = make_ministry_decision(codes=["1.900001"], number="163/QĐ-BTP")
    page = client.post(
        change(decision), form_data(decision, rows=[{"code": "1.900001", "name": "A"}])
    )
    assert "Dòng 2, mã 1.900001: mã này đã có ở dòng 1" in said(page)
    assert decision.items.count() == 1


def test_saving_writes_the_rows_that_changed_and_no_others(client, boss):
    decision = make_ministry_decision(codes=["1.900001", "1.900002"], number="163/QĐ-BTP")
    data = form_data(decision, changes={"items-1-name": "Tên mới"})
    assert client.post(change(decision), data).status_code == 302
    assert list(decision.items.values_list("code", "name")) == [
        ("1.900001", "Thủ tục 1.900001"),
        ("1.900002", "Tên mới"),
    ]
    assert [item.history.count() for item in decision.items.all()] == [1, 2]


def test_a_row_is_deleted(client, boss):
    decision = make_ministry_decision(codes=["1.900001", "1.900002"], number="163/QĐ-BTP")
    data = form_data(decision, changes={"items-0-DELETE": "on"})
    assert client.post(change(decision), data).status_code == 302
    assert decision.items.get().code == "1.900002"


def test_a_row_that_the_register_of_gaps_holds_is_corrected_and_not_deleted(client, boss):
    decision = make_ministry_decision(codes=["1.900001", "1.900002"], number="163/QĐ-BTP")
    record_gaps(on=date(2024, 10, 3))
    page = client.post(change(decision), form_data(decision, changes={"items-1-DELETE": "on"}))
    assert page.status_code == 200
    assert "Dòng 2, mã 1.900002: đang được theo dõi công bố nên không xóa được" in said(page)
    assert "ghi “Lý do không áp dụng tại tỉnh”" in said(page)
    with pytest.raises(ProtectedError):
        decision.items.get(code="1.900002").delete()
    assert AnnouncementGap.objects.count() == 2
    data = form_data(decision, changes={"items-1-code": "1.900003"})
    assert client.post(change(decision), data).status_code == 302
    assert decision.items.filter(code="1.900003").exists()


def test_a_row_that_a_decision_of_the_province_answers_is_not_deleted(client, boss):
    decision = make_ministry_decision(codes=["1.900001"], number="163/QĐ-BTP")
    draft = make_announcement(procedures=[make_procedure("1.900001")])
    draft.items.update(answers=decision.items.get())
    page = client.post(change(decision), form_data(decision, changes={"items-0-DELETE": "on"}))
    assert page.status_code == 200
    assert "Dòng 1, mã 1.900001: có dòng trong quyết định của tỉnh trả lời" in said(page)


def test_history_names_the_agencies_that_were_set(client, boss):
    decision = make_ministry_decision(codes=["1.900001"], number="163/QĐ-BTP")
    agency = make_agency("Sở Y tế")
    data = form_data(decision, changes={"items-0-agencies": [agency.pk]})
    assert client.post(change(decision), data).status_code == 302
    row = decision.items.get().history.latest("history_id")
    assert (row.history_change_reason, row.actor_name) == (
        "Cơ quan phải công bố: Sở Y tế",
        "quan-tri",
    )


def test_editing_the_reason_takes_the_approval_off_and_emptying_it_the_exit(client, boss):
    decision = make_ministry_decision(codes=["1.900001"], number="163/QĐ-BTP")
    item = decision.items.get()
    propose_exit(item_id=item.pk, reason="Cũ", by=make_staff(Role.OFFICER), now=NOON)
    approve_exit(item_id=item.pk, by=boss, now=NOON)
    data = form_data(decision, changes={"items-0-exit_reason": "Mới"})
    assert client.post(change(decision), data).status_code == 302
    item.refresh_from_db()
    assert (item.not_applicable_reason, item.not_applicable_by) == ("Mới", boss)
    assert item.not_applicable_approved_at is None
    decision.refresh_from_db()
    data = form_data(decision, changes={"items-0-exit_reason": " "})
    assert client.post(change(decision), data).status_code == 302
    item.refresh_from_db()
    assert (item.not_applicable_reason, item.not_applicable_by) == ("", None)


def test_a_row_that_was_not_touched_keeps_its_approval(client, boss):
    decision = make_ministry_decision(codes=["1.900001"], number="163/QĐ-BTP")
    item = decision.items.get()
    propose_exit(item_id=item.pk, reason="Cũ", by=make_staff(Role.OFFICER), now=NOON)
    approve_exit(item_id=item.pk, by=boss, now=NOON)
    assert client.post(change(decision), form_data(decision)).status_code == 302
    item.refresh_from_db()
    assert item.not_applicable_approved_at == NOON


def test_every_row_says_how_far_the_province_has_answered(client, boss):
    decision = make_ministry_decision(codes=["1.900001", "1.900002"])
    record_gaps(on=date(2024, 9, 1))
    AnnouncementGap.objects.update(office_due_on=None, legal_due_on=None)
    closed = AnnouncementGap.objects.get(ministry_item__code="1.900002")
    closed.legal_due_on, closed.closed_on = date(2024, 9, 3), date(2024, 9, 2)
    closed.closure = "answered"
    closed.save()
    page = said(client.get(change(decision)))
    assert '<div class="readonly">Chưa công bố, chưa rõ hạn</div>' in page
    assert '<div class="readonly">Đã công bố đúng hạn</div>' in page


def test_the_page_takes_the_same_queries_for_1_and_3_rows(client, boss, django_assert_num_queries):
    def decision(*codes: str) -> MinistryDecision:
        made = make_ministry_decision(codes=list(codes))
        for item in made.items.all():
            item.agencies.add(make_agency(), make_agency())
        record_gaps(on=date(2024, 9, 1))
        return made

    one, three = decision("1.900001"), decision("1.900002", "1.900003", "1.900004")
    client.get(change(one))
    with CaptureQueriesContext(connection) as queries:
        client.get(change(one))
    with django_assert_num_queries(len(queries)):
        page = said(client.get(change(three)))
    for agency in three.items.get(code="1.900003").agencies.all():
        assert f">{agency.name}</option>" in page


def test_saving_one_row_takes_the_same_queries_whatever_rows_stand_beside_it(
    client, boss, django_assert_num_queries
):
    one = make_ministry_decision(codes=["1.900001"])
    three = make_ministry_decision(codes=["1.900002", "1.900003", "1.900004"])

    first, second = (
        form_data(decision, changes={"items-0-name": "Tên mới"}) for decision in (one, three)
    )
    with CaptureQueriesContext(connection) as queries:
        assert client.post(change(one), first).status_code == 302
    with django_assert_num_queries(len(queries)):
        assert client.post(change(three), second).status_code == 302


def test_200_rows_are_taken_in(client, boss, ministry):
    rows = [
        {"code": f"1.{code:06d}", "name": f"Thủ tục {code}", "levels": ["province", "commune"]}
        for code in range(200)
    ]
    assert client.post(ADD, form_data(rows=rows, issuer=ministry.pk)).status_code == 302
    assert MinistryItem.objects.count() == 200


def test_the_bulk_button_proposes_the_exit_of_ministry_only_items(client, boss):
    decision = make_ministry_decision(codes=["1.900001", "1.900002"])
    decision.items.filter(code="1.900001").update(levels=["ministry"])
    address = reverse("admin:publication_ministrydecision_ministry_only", args=[decision.pk])
    assert address in said(client.get(change(decision)))
    page = client.post(address, follow=True)
    assert "Đã đề nghị không áp dụng 1 thủ tục, chờ Văn phòng chấp thuận: 1.900001." in said(page)
    assert [item.code for item in MinistryItem.objects.awaiting_exit()] == ["1.900001"]
    assert client.get(address).status_code == 405


def test_a_proposed_decision_is_confirmed_with_its_day(client, boss, ministry):
    decision = make_ministry_decision(
        codes=["1.900001"], issuer=ministry, signed_on=None, is_proposed=True
    )
    address = reverse("admin:publication_ministrydecision_confirm", args=[decision.pk])
    assert address in said(client.get(change(decision)))
    assert "1.900001" in said(client.get(address))
    assert "signed_on" in client.post(address, {}).context["form"].errors
    page = client.post(address, {"signed_on": "2999-01-01"})
    assert "Ngày ký không được ở sau hôm nay." in said(page)
    page = client.post(address, {"signed_on": "2024-08-01", "received_on": "2024-08-05"})
    assert page.status_code == 302
    decision.refresh_from_db()
    assert (decision.is_proposed, decision.signed_on) == (False, date(2024, 8, 1))
    assert address not in said(client.get(change(decision)))


def test_departments_meet_proposed_decisions_nowhere(client, ministry):
    hidden = make_ministry_decision(codes=["1.900001"], issuer=ministry, is_proposed=True)
    client.force_login(make_staff(Role.OFFICER, make_agency()))
    listed = reverse("admin:publication_ministrydecision_changelist")
    assert hidden.number not in said(client.get(listed))
    assert client.get(change(hidden)).status_code == 302
    for name in ("confirm", "reject", "ministry_only", "draft_answer"):
        address = reverse(f"admin:publication_ministrydecision_{name}", args=[hidden.pk])
        asked = {"signed_on": "2024-08-01", "reason": "Ghi nhầm số"}
        assert client.post(address, asked).status_code == 404
    items = reverse("admin:publication_ministryitem_changelist")
    assert "1.900001" not in said(client.get(items))
    hidden.refresh_from_db()
    assert hidden.is_proposed


def test_the_list_filters_what_a_machine_proposed(client, boss, ministry):
    make_ministry_decision(number="1/QĐ-BTP", issuer=ministry, is_proposed=True)
    make_ministry_decision(number="2/QĐ-BTP", issuer=ministry)
    listed = reverse("admin:publication_ministrydecision_changelist")
    page = said(client.get(listed, {"tinh-trang": "cho"}))
    assert "1/QĐ-BTP" in page
    assert "2/QĐ-BTP" not in page
    counted = said(client.get(listed, {"tinh-trang": "tinh"}))
    assert "2/QĐ-BTP" in counted
    assert "1/QĐ-BTP" not in counted


def test_a_proposal_is_rejected_with_a_reason_and_leaves_the_daily_list(client, boss, ministry):
    decision = make_ministry_decision(
        codes=["1.900001"], issuer=ministry, signed_on=None, is_proposed=True
    )
    listed = reverse("admin:publication_ministrydecision_changelist")
    address = reverse("admin:publication_ministrydecision_reject", args=[decision.pk])
    assert address in said(client.get(change(decision)))
    assert "1.900001" in said(client.get(address))
    assert "reason" in client.post(address, {"reason": " "}).context["form"].errors
    page = client.post(address, {"reason": "Ghi nhầm số"}, follow=True)
    assert "Đã bác đề xuất" in said(page)
    assert "quan-tri bác lúc" in said(page)
    assert "Ghi nhầm số" in said(page)
    assert address not in said(page)
    assert "Lưu lại" not in said(page)
    assert client.get(address).status_code == 404
    assert decision.number not in said(client.get(listed))
    assert "Đã bác: Ghi nhầm số" in said(client.get(listed, {"tinh-trang": "bac"}))


def test_only_a_rejection_can_be_deleted_for_a_proposal_comes_back(client, boss, ministry):
    decision = make_ministry_decision(codes=["1.900001"], issuer=ministry, is_proposed=True)
    delete = reverse("admin:publication_ministrydecision_delete", args=[decision.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    MinistryDecision.objects.update(rejected_at=NOON, rejection_reason="Ghi nhầm số")
    assert client.post(delete, {"post": "yes"}).status_code == 302
    assert not MinistryDecision.objects.exists()


def test_a_decision_that_the_register_of_gaps_holds_is_not_deleted(client, boss):
    decision = make_ministry_decision(codes=["1.900001"])
    delete = reverse("admin:publication_ministrydecision_delete", args=[decision.pk])
    record_gaps(on=date(2026, 1, 5))
    page = client.post(delete, {"post": "yes"})
    assert "1.900001" in str(page.context["protected"])
    assert decision.items.exists()
    AnnouncementGap.objects.all().delete()
    assert client.post(delete, {"post": "yes"}).status_code == 302
    assert not MinistryItem.objects.exists()
