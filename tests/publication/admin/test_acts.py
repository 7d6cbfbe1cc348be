"""By hand: a ministry decision is entered, answered, submitted and issued, and refusals explain."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from publication.actions import approve_announcement
from publication.enums import DecisionStatus
from publication.gaps import record_gaps
from publication.models import AnnouncementDecision, AnnouncementGap, Listing, MinistryDecision
from tests.factories import (
    make_agency,
    make_announcement,
    make_ministry_decision,
    make_procedure,
)
from tests.publication.acts import NOON, announce

pytestmark = pytest.mark.django_db
ISSUE = {
    "number": "3218/QĐ-UBND",
    "signed_on": "03/10/2024",
    "signed_by": "Chủ tịch Nguyễn Văn Mẫu",
    "effective_on": "03/10/2024",
}


@pytest.fixture
def boss(client):
    user = get_user_model().objects.create_superuser("quan-tri", password="x")
    client.force_login(user)
    return user


def act(name: str, decision: AnnouncementDecision) -> str:
    return reverse(f"admin:publication_announcementdecision_{name}", args=[decision.pk])


def test_a_decision_is_entered_answered_submitted_and_issued(client, boss):
    make_agency("Ủy ban nhân dân tỉnh", kind="province")
    make_procedure("1.900001")
    ministry = make_agency("Bộ Tư pháp", kind="ministry", level="ministry")
    entered = client.post(
        reverse("admin:publication_ministrydecision_add"),
        {
            "issuer": ministry.pk,
            "issuer_name": "",
            "number": "163/QĐ-BTP",
            "signed_on": "01/08/2024",
            "title": "Công bố thủ tục hộ tịch",
            "legal_documents-TOTAL_FORMS": 0,
            "legal_documents-INITIAL_FORMS": 0,
            "items-TOTAL_FORMS": 2,
            "items-INITIAL_FORMS": 0,
            "items-0-ordinal": 1,
            "items-0-code": "1.900001",
            "items-0-name": "Đăng ký khai sinh",
            "items-0-effect": "new",
            "items-1-ordinal": 2,
            "items-1-code": "1.900002",
            "items-1-name": "Chưa có trong kho",
            "items-1-effect": "new",
        },
    )
    assert entered.status_code == 302, entered.context["errors"]
    decision = MinistryDecision.objects.get()
    assert decision.issuer_name == "Bộ Tư pháp"
    record_gaps(on=date(2024, 9, 1))

    drafted = client.post(
        reverse("admin:publication_ministrydecision_draft_answer", args=[decision.pk]), follow=True
    )
    assert "1.900002: chưa có trong kho thủ tục" in drafted.content.decode()
    draft = AnnouncementDecision.objects.get()
    assert draft.created_by == boss
    assert [item.answers for item in draft.items.all()] == [decision.items.get(ordinal=1)]

    assert client.post(act("submit", draft)).status_code == 302
    approve_announcement(decision_id=draft.pk, by=None, now=NOON)
    assert client.post(act("issue", draft), ISSUE).status_code == 302
    assert Listing.objects.current().get().code == "1.900001"
    record_gaps(on=date(2024, 10, 4))
    assert AnnouncementGap.objects.open().get().ministry_item.code == "1.900002"


def test_a_refused_submission_names_the_row_and_changes_nothing(client, boss):
    procedure = make_procedure("1.900001")
    announce(procedure, signed_on=date(2024, 9, 3))
    decision = make_announcement(procedures=[procedure], effect="new")
    page = client.post(act("submit", decision))
    assert "Dòng 1, mã 1.900001: Loại – thủ tục đang được công khai" in page.content.decode()
    decision.refresh_from_db()
    assert decision.status == DecisionStatus.DRAFT


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"number": "ba nghìn"}, "không phải số quyết định"),
        ({"effective_on": "02/10/2024"}, "Ngày có hiệu lực không được trước ngày ký"),
        ({"number": "77/QĐ-UBND"}, "đã được dùng trong năm"),
    ],
)
def test_a_refused_issue_keeps_what_was_typed(client, boss, facts, message):
    first = announce(make_procedure(), number="77/QĐ-UBND")
    decision = make_announcement(procedures=[make_procedure()], issuer=first.issuer)
    client.post(act("submit", decision))
    approve_announcement(decision_id=decision.pk, by=None, now=NOON)
    page = client.post(act("issue", decision), ISSUE | facts).content.decode()
    assert message in page
    assert "Chủ tịch Nguyễn Văn Mẫu" in page
    decision.refresh_from_db()
    assert decision.status == DecisionStatus.APPROVED


def test_returning_needs_a_reason_and_opens_the_draft_again(client, boss):
    decision = make_announcement(procedures=[make_procedure()])
    client.post(act("submit", decision))
    assert client.post(act("return", decision), {"reason": ""}).status_code == 200
    assert client.post(act("return", decision), {"reason": "Thiếu mức thu"}).status_code == 302
    decision.refresh_from_db()
    assert decision.status == DecisionStatus.RETURNED
    assert decision.history.first().history_change_reason == "Trả lại: Thiếu mức thu"


def test_who_may_only_draft_can_neither_submit_nor_return_nor_issue(client, officer):
    agency = officer.memberships.get().agency
    decision = make_announcement(procedures=[make_procedure()], lead_agency=agency)
    assert client.post(act("submit", decision)).status_code == 403
    assert client.post(act("return", decision), {"reason": "x"}).status_code == 403
    assert client.post(act("issue", decision), ISSUE).status_code == 403
    assert not Listing.objects.exists()


def test_a_submitted_decision_is_shown_but_not_edited_or_deleted(client, boss):
    decision = make_announcement(procedures=[make_procedure()])
    client.post(act("submit", decision))
    change = reverse("admin:publication_announcementdecision_change", args=[decision.pk])
    assert client.post(change, {"title": "Khác"}).status_code == 403
    delete = reverse("admin:publication_announcementdecision_delete", args=[decision.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    page = client.get(change).content.decode()
    decision.refresh_from_db()
    assert decision.frozen_digest in page
    assert act("approve", decision) in page
    assert act("submit", decision) not in page


def test_a_draft_page_shows_its_findings(client, boss):
    decision = make_announcement(procedures=[make_procedure(content={})])
    change = reverse("admin:publication_announcementdecision_change", args=[decision.pk])
    assert "Chưa có trình tự thực hiện" in client.get(change).content.decode()


LISTS = [
    "announcementdecision",
    "announcementgap",
    "listing",
    "ministrydecision",
    "ministryitem",
    "publicationevent",
    "release",
]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_the_same_queries_for_1_and_3_rows(
    client, boss, name, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address = reverse(f"admin:publication_{name}_changelist")

    def add_row() -> None:
        procedure = make_procedure()
        make_ministry_decision(codes=[procedure.code, "8.000001"])
        record_gaps(on=date(2024, 9, 1))
        announce(procedure)

    add_row()
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        assert client.get(address).status_code == 200
    add_row()
    add_row()
    with django_assert_num_queries(len(one)):
        client.get(address)


def test_the_front_page_says_what_waits(client, boss):
    make_ministry_decision(codes=["1.900001", "1.900002"])
    record_gaps(on=date(2024, 9, 1))
    page = client.get(reverse("admin:index")).content.decode()
    assert "Cần anh/chị xử lý" in page
    assert '<td class="number">2</td>' in page
