"""Who may do what: the role, the agency, and never one's own entry."""

import pytest

from catalog.enums import Role
from publication.actions import (
    approve_announcement,
    recall_announcement,
    return_announcement,
    submit_announcement,
)
from publication.acts_log import StaleDecision, log_act
from publication.authority import NotAllowed
from publication.enums import DecisionActKind, DecisionStatus
from publication.models import AnnouncementDecision, DecisionAct
from tests.factories import make_agency, make_announcement, make_procedure, make_staff
from tests.publication.acts import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_agency("Sở Tư pháp")


@pytest.fixture
def draft(office):
    return make_announcement(procedures=[make_procedure()], lead_agency=office)


def test_the_head_submits_and_the_office_approves(draft, office):
    head, controller = make_staff(Role.HEAD, office), make_staff(Role.CONTROLLER)
    submit_announcement(decision_id=draft.pk, by=head, now=NOON)
    approved = approve_announcement(decision_id=draft.pk, by=controller, now=NOON)
    assert (approved.status, approved.submitted_by, approved.approved_by) == (
        DecisionStatus.APPROVED,
        head,
        controller,
    )
    acts = DecisionAct.objects.values_list("kind", "status_before", "status_after", "actor")
    assert list(acts) == [
        ("submitted", "draft", "submitted", head.pk),
        ("approved", "submitted", "approved", controller.pk),
    ]


def test_an_officer_does_not_submit(draft, office):
    with pytest.raises(NotAllowed, match="Lãnh đạo sở, ngành"):
        submit_announcement(decision_id=draft.pk, by=make_staff(Role.OFFICER, office), now=NOON)


def test_a_head_of_another_agency_does_not_submit(draft):
    stranger = make_staff(Role.HEAD, make_agency("Sở Xây dựng"))
    with pytest.raises(NotAllowed, match="cơ quan khác"):
        submit_announcement(decision_id=draft.pk, by=stranger, now=NOON)


def test_a_head_of_the_successor_submits_what_the_merged_agency_began(draft, office):
    successor = make_agency("Sở Nội vụ và Tư pháp")
    office.successors.add(successor)
    submitted = submit_announcement(
        decision_id=draft.pk, by=make_staff(Role.HEAD, successor), now=NOON
    )
    assert submitted.status == DecisionStatus.SUBMITTED


@pytest.mark.parametrize("kind", ["entered", "edited", "submitted"])
def test_nobody_approves_what_they_entered_edited_or_submitted(draft, kind):
    controller = make_staff(Role.CONTROLLER)
    submit_announcement(decision_id=draft.pk, by=None, now=NOON)
    log_act(draft, kind=DecisionActKind(kind), by=controller, now=NOON)
    with pytest.raises(NotAllowed, match="phải ghi lý do ngoại lệ"):
        approve_announcement(decision_id=draft.pk, by=controller, now=NOON)
    approved = approve_announcement(
        decision_id=draft.pk, by=controller, now=NOON, override_reason="Trực một mình dịp lễ"
    )
    assert approved.acts.get(kind="approved").override_reason == "Trực một mình dịp lễ"


def test_having_read_it_is_no_obstacle(draft):
    controller = make_staff(Role.CONTROLLER)
    submit_announcement(decision_id=draft.pk, by=None, now=NOON)
    log_act(draft, kind=DecisionActKind.READ, by=controller, now=NOON)
    approve_announcement(decision_id=draft.pk, by=controller, now=NOON)
    assert AnnouncementDecision.objects.get().status == DecisionStatus.APPROVED


def test_an_old_version_is_refused_and_told_who_changed_what(draft, office):
    head, controller = make_staff(Role.HEAD, office), make_staff(Role.CONTROLLER, username="minh")
    seen = submit_announcement(decision_id=draft.pk, by=head, now=NOON).version
    return_announcement(decision_id=draft.pk, by=controller, reason="Thiếu mức thu", now=NOON)
    with pytest.raises(
        StaleDecision, match=r"minh – trả lại lúc 12:00 03/10/2024 \(Thiếu mức thu\)"
    ):
        recall_announcement(decision_id=draft.pk, by=head, now=NOON, version=seen)


def test_the_name_stays_when_the_account_goes(draft, office):
    head = make_staff(Role.HEAD, office, username="hung")
    submit_announcement(decision_id=draft.pk, by=head, now=NOON)
    head.delete()
    assert DecisionAct.objects.get().actor_name == "hung"
    assert AnnouncementDecision.history.latest().actor_name == "hung"
