"""Each role is offered its acts and no others, and is told why where it is refused."""

import pytest

from catalog.enums import Role
from publication.actions import (
    approve_announcement,
    issue_announcement,
    return_announcement,
    submit_announcement,
)
from publication.admin.acts import VIEWS
from publication.enums import DecisionStatus
from publication.models import AnnouncementDecision, Listing
from tests.factories import (
    make_agency,
    make_announcement,
    make_procedure,
    make_staff,
)
from tests.publication.acts import NOON
from tests.publication.admin.act_pages import act, issue_facts, perform, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keeps_no_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def offered(client, decision) -> set[str]:
    """The acts whose buttons the page shows."""
    page = text_of(client.get(act("change", decision)))
    return {name for name in VIEWS if f'href="{act(name, decision)}"' in page}


def test_each_role_is_offered_the_acts_it_may_do_and_no_others(client, draft, department):
    staff = {role: make_staff(role, department) for role in Role}
    system = {"decision_id": draft.pk, "by": None, "now": NOON}

    def seen_by(role):
        client.force_login(staff[role])
        return offered(client, draft)

    assert [seen_by(role) for role in (Role.OFFICER, Role.HEAD, Role.CONTROLLER)] == [
        set(),
        {"submit"},
        set(),
    ]
    submit_announcement(**system)
    assert [seen_by(role) for role in (Role.OFFICER, Role.HEAD, Role.CONTROLLER)] == [
        set(),
        {"recall"},
        {"approve", "return"},
    ]
    approve_announcement(**system)
    assert [seen_by(role) for role in (Role.OFFICER, Role.HEAD, Role.CONTROLLER)] == [
        set(),
        set(),
        {"issue", "return"},
    ]
    issue_announcement(
        **system,
        number="1/QĐ-UBND",
        signed_on=NOON.date(),
        signed_by="Chủ tịch Nguyễn Văn Mẫu",
        effective_on=NOON.date(),
    )
    assert [seen_by(role) for role in (Role.OFFICER, Role.HEAD, Role.CONTROLLER)] == [
        {"correct"},
        {"correct"},
        {"correct", "withdraw"},
    ]


def test_an_act_of_another_role_is_refused_with_the_reason(client, draft, department):
    client.force_login(make_staff(Role.HEAD, department))
    perform(client, "submit", draft)
    answer = perform(client, "approve", draft)
    assert answer.status_code == 403
    assert "Việc này do Kiểm soát thủ tục hành chính" in text_of(answer)
    draft.refresh_from_db()
    assert draft.status == DecisionStatus.SUBMITTED


def test_an_act_out_of_turn_is_refused_with_the_reason(client, draft):
    client.force_login(make_staff(Role.CONTROLLER))
    answer = perform(client, "issue", draft, **issue_facts())
    assert answer.status_code == 409
    assert "Quyết định đang ở trạng thái “Dự thảo”" in text_of(answer)
    assert not Listing.objects.exists()


def test_another_agency_s_draft_has_no_act_pages(client, draft):
    client.force_login(make_staff(Role.HEAD, make_agency("Sở Y tế")))
    assert [client.get(act(name, draft)).status_code for name in sorted(VIEWS)] == [404] * 7


def test_an_act_on_what_somebody_changed_meanwhile_says_who_did_what(client, boss, draft):
    head = make_staff(Role.HEAD, draft.lead_agency, username="hung")
    controller = make_staff(Role.CONTROLLER, username="minh")
    submit_announcement(decision_id=draft.pk, by=head, now=NOON)
    seen = AnnouncementDecision.objects.get(pk=draft.pk).version
    return_announcement(decision_id=draft.pk, by=controller, reason="Thiếu phí", now=NOON)
    submit_announcement(decision_id=draft.pk, by=head, now=NOON)
    answer = client.post(act("approve", draft), {"version": seen})
    assert answer.status_code == 200
    assert "Quyết định đã thay đổi từ khi anh/chị mở: hung – trình" in text_of(answer)
    draft.refresh_from_db()
    assert draft.status == DecisionStatus.SUBMITTED


def test_who_entered_it_must_say_why_they_approve_it_themselves(client):
    controller = make_staff(Role.CONTROLLER)
    client.force_login(controller)
    own = make_announcement(procedures=[make_procedure()], created_by=controller)
    submit_announcement(decision_id=own.pk, by=None, now=NOON)
    assert "Lý do ngoại lệ" in text_of(client.get(act("approve", own)))
    assert perform(client, "approve", own).status_code == 200
    own.refresh_from_db()
    assert own.status == DecisionStatus.SUBMITTED
    reason = "Người duyệt thứ hai nghỉ ốm"
    assert perform(client, "approve", own, override_reason=reason).status_code == 302
    assert own.acts.get(kind="approved").override_reason == reason


def test_who_had_no_hand_in_it_is_asked_for_no_reason(client, draft):
    client.force_login(make_staff(Role.CONTROLLER))
    submit_announcement(decision_id=draft.pk, by=None, now=NOON)
    assert "Lý do ngoại lệ" not in text_of(client.get(act("approve", draft)))
    assert perform(client, "approve", draft).status_code == 302


def test_a_returned_decision_shows_who_returned_it_and_why(client, draft, department):
    controller = make_staff(Role.CONTROLLER, username="minh")
    submit_announcement(decision_id=draft.pk, by=None, now=NOON)
    return_announcement(decision_id=draft.pk, by=controller, reason="Dòng 1 thiếu phí", now=NOON)
    client.force_login(make_staff(Role.OFFICER, department))
    page = text_of(client.get(act("change", draft)))
    assert "<blockquote>Dòng 1 thiếu phí</blockquote>" in page
    assert "minh, 12:00 03/10/2024" in page
