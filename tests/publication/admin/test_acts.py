"""By hand: a ministry decision is entered, answered, submitted and issued, and refusals explain."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalog.enums import Role
from publication.actions import (
    approve_announcement,
)
from publication.enums import DecisionStatus
from publication.gaps import record_gaps
from publication.models import AnnouncementDecision, AnnouncementGap, Listing, MinistryDecision
from tests.factories import (
    make_agency,
    make_announcement,
    make_ministry_decision,
    make_procedure,
    make_staff,
)
from tests.publication.acts import NOON, announce
from tests.publication.admin.act_pages import ISSUE, act, issue_facts, perform, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keeps_no_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


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

    assert perform(client, "submit", draft).status_code == 302
    approve_announcement(decision_id=draft.pk, by=None, now=NOON)
    assert perform(client, "issue", draft, **issue_facts()).status_code == 302
    assert Listing.objects.current().get().code == "1.900001"
    record_gaps(on=date(2024, 10, 4))
    assert AnnouncementGap.objects.open().get().ministry_item.code == "1.900002"


def test_a_refused_submission_names_the_row_and_changes_nothing(client, boss):
    procedure = make_procedure("1.900001")
    announce(procedure, signed_on=date(2024, 9, 3))
    decision = make_announcement(procedures=[procedure], effect="new")
    page = perform(client, "submit", decision)
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
    perform(client, "submit", decision)
    approve_announcement(decision_id=decision.pk, by=None, now=NOON)
    page = perform(client, "issue", decision, **issue_facts(**facts)).content.decode()
    assert message in page
    assert "Chủ tịch Nguyễn Văn Mẫu" in page
    decision.refresh_from_db()
    assert decision.status == DecisionStatus.APPROVED


def test_returning_needs_a_reason_and_opens_the_draft_again(client, boss):
    decision = make_announcement(procedures=[make_procedure()])
    perform(client, "submit", decision)
    assert perform(client, "return", decision, reason="").status_code == 200
    assert perform(client, "return", decision, reason="Thiếu mức thu").status_code == 302
    decision.refresh_from_db()
    assert decision.status == DecisionStatus.RETURNED
    assert decision.history.first().history_change_reason == "Trả lại: Thiếu mức thu"


def test_who_may_only_draft_can_neither_submit_nor_return_nor_issue(client, officer):
    agency = officer.memberships.get().agency
    decision = make_announcement(procedures=[make_procedure()], lead_agency=agency)
    assert perform(client, "submit", decision).status_code == 403
    assert perform(client, "return", decision, reason="x").status_code == 403
    assert perform(client, "issue", decision, **issue_facts()).status_code == 403
    assert not Listing.objects.exists()


def test_a_submitted_decision_is_shown_but_not_edited_or_deleted(client, boss):
    decision = make_announcement(procedures=[make_procedure()])
    perform(client, "submit", decision)
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


def test_no_page_of_an_act_tells_findings_about_another_agency_s_register_text(client):
    own, other = make_agency("Sở Tư pháp"), make_agency("Sở Y tế")
    theirs = make_procedure("1.900001", lead_agency=other, content={})
    mine = make_procedure("1.900002", lead_agency=own, content={})
    decision = make_announcement(procedures=[theirs, mine], lead_agency=own)
    client.force_login(make_staff(Role.HEAD, own))
    rows = [finding.code for finding in client.get(act("submit", decision)).context["findings"]]
    assert set(rows) == {"1.900002"}
    client.force_login(make_staff(Role.HEAD, other, own))
    rows = [finding.code for finding in client.get(act("submit", decision)).context["findings"]]
    assert set(rows) == {"1.900001", "1.900002"}


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (None, "Trường này là bắt buộc"),
        (SimpleUploadedFile("qd.pdf", b"PK word in disguise"), "không phải PDF"),
    ],
)
def test_a_decision_is_not_issued_without_its_signed_pdf(client, boss, draft, file, message):
    perform(client, "submit", draft)
    approve_announcement(decision_id=draft.pk, by=None, now=NOON)
    facts = ISSUE | ({"signed_file": file} if file else {})
    answer = perform(client, "issue", draft, **facts)
    assert (answer.status_code, message in text_of(answer)) == (200, True)
    draft.refresh_from_db()
    assert draft.status == DecisionStatus.APPROVED


def test_the_signed_pdf_is_kept_with_the_decision(client, boss, draft):
    perform(client, "submit", draft)
    approve_announcement(decision_id=draft.pk, by=None, now=NOON)
    perform(client, "issue", draft, **issue_facts())
    draft.refresh_from_db()
    with draft.signed_file.open() as kept:
        assert kept.read() == b"%PDF-1.7 signed"


def test_a_correction_takes_the_chosen_rows_and_leaves_the_original(client, boss):
    wrong = announce(make_procedure("1.900001"), make_procedure("1.900002"))
    answer = perform(client, "correct", wrong, codes=["1.900002"])
    correction = AnnouncementDecision.objects.get(corrects=wrong)
    assert answer["Location"] == act("change", correction)
    assert [item.procedure.code for item in correction.items.all()] == ["1.900002"]
    assert AnnouncementDecision.objects.get(pk=wrong.pk).status == DecisionStatus.ISSUED


def test_a_correction_is_issued_for_the_day_of_what_it_corrects(client, boss):
    wrong = announce(make_procedure(), effective_on=date(2024, 10, 20))
    perform(client, "correct", wrong, codes=[wrong.items.get().procedure.code])
    correction = AnnouncementDecision.objects.get(corrects=wrong)
    perform(client, "submit", correction)
    approve_announcement(decision_id=correction.pk, by=None, now=NOON)
    form = client.get(act("issue", correction)).context["form"]
    assert form["effective_on"].initial == date(2024, 10, 20)


@pytest.mark.parametrize(("day", "status"), [("03/10/2024", 302), ("02/10/2024", 200)])
def test_a_correction_signed_later_holds_from_the_day_of_what_it_corrects_and_no_earlier(
    client, boss, day, status
):
    wrong = announce(make_procedure(), effective_on=date(2024, 10, 3))
    perform(client, "correct", wrong, codes=[wrong.items.get().procedure.code])
    correction = AnnouncementDecision.objects.get(corrects=wrong)
    perform(client, "submit", correction)
    approve_announcement(decision_id=correction.pk, by=None, now=NOON)
    answer = perform(
        client, "issue", correction, **issue_facts(signed_on="09/10/2024", effective_on=day)
    )
    assert answer.status_code == status
    if status == 200:
        assert "không được trước ngày 03/10/2024 của quyết định được đính chính" in text_of(answer)
        return
    assert Listing.objects.get(decision=wrong).set_aside_by == Listing.objects.current().get()


def test_withdrawing_needs_the_document_and_ends_the_texts(client, boss):
    decision = announce(make_procedure("1.900001"))
    assert perform(client, "withdraw", decision).status_code == 200
    assert perform(client, "withdraw", decision, basis="99/QĐ-UBND").status_code == 302
    decision.refresh_from_db()
    assert (decision.status, decision.withdrawal_basis) == ("withdrawn", "99/QĐ-UBND")


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
    assert '<span class="work-count">2</span>' in page
