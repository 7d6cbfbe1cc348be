"""Every save leaves who, when, old, new and why; no save goes over another's unseen."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from catalog.enums import Role
from publication.actions import return_announcement, submit_announcement
from publication.enums import DecisionActKind
from publication.models import AnnouncementDecision, DecisionAct, MinistryDecision
from publication.reading import record_read
from tests.factories import (
    make_agency,
    make_announcement,
    make_ministry_decision,
    make_procedure,
    make_staff,
)
from tests.publication.acts import NOON
from tests.staff_pages import form_of

pytestmark = pytest.mark.django_db
NEXT_DAY = datetime(2024, 10, 4, 5, 0, tzinfo=UTC)


@pytest.fixture
def office():
    return make_agency("Sở Tư pháp")


@pytest.fixture
def lan(client, office):
    user = make_staff(Role.OFFICER, office, username="lan")
    client.force_login(user)
    return user


@pytest.fixture
def draft(office, lan):
    procedure = make_procedure("1.900001", lead_agency=office)
    return make_announcement(
        procedures=[procedure], title="Công bố lần đầu", lead_agency=office, created_by=lan
    )


def page(row, name: str = "change") -> str:
    opts = row._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=[row.pk])


def error_lines(answer) -> str:
    return "\n".join(answer.context["adminform"].form.non_field_errors())


def test_a_save_leaves_who_old_new_and_why(client, lan, draft):
    typed = {"title": "Công bố lần hai", "change_reason": "Theo góp ý của phòng"}
    assert client.post(page(draft), form_of(client.get(page(draft)), **typed)).status_code == 302
    history = client.get(page(draft, "history")).content.decode()
    assert "<strong>Trích yếu:</strong> Công bố lần đầu → Công bố lần hai" in history
    assert "Theo góp ý của phòng" in history
    act = draft.acts.get()
    assert (act.kind, act.actor, act.remarks) == (
        DecisionActKind.EDITED,
        lan,
        "Theo góp ý của phòng\nTrích yếu: Công bố lần đầu → Công bố lần hai",
    )


def test_the_history_names_the_actor_when_the_account_is_gone(client, office, draft):
    minh = make_staff(Role.CONTROLLER, username="minh")
    client.force_login(minh)
    client.post(page(draft), form_of(client.get(page(draft)), title="Công bố lần hai"))
    minh.delete()
    client.force_login(make_staff(Role.OFFICER, office))
    assert "<td>minh</td>" in client.get(page(draft, "history")).content.decode()
    assert "<td>minh</td>" in client.get(page(draft)).content.decode()


def test_what_changed_in_the_rows_of_a_decision_is_kept_with_old_and_new(client, lan, draft):
    form = form_of(client.get(page(draft)), **{"items-0-effect": "amended"})
    assert client.post(page(draft), form).status_code == 302
    expected = "Sửa đổi, bổ sung: 1.900001 – Loại: Mới ban hành → Sửa đổi, bổ sung"
    assert draft.history.latest().history_change_reason == expected
    assert draft.acts.get().remarks == expected


def test_a_reason_longer_than_a_line_is_kept_whole(client, lan, draft):
    reason = "Căn cứ văn bản " * 30
    form = form_of(client.get(page(draft)), title="Khác", change_reason=reason)
    client.post(page(draft), form)
    assert draft.history.latest().history_change_reason == reason.strip()


def test_entering_a_decision_is_an_act_and_saving_it_unchanged_is_none(client, lan, office):
    issuer = make_agency("Ủy ban nhân dân tỉnh", kind="province")
    new = reverse("admin:publication_announcementdecision_add")
    typed = {"title": "Mới", "issuer": issuer.pk}
    assert client.post(new, form_of(client.get(new), **typed)).status_code == 302
    decision = AnnouncementDecision.objects.get()
    assert decision.lead_agency == office  # offered, because it is the officer's only agency
    client.post(page(decision), form_of(client.get(page(decision))))
    assert [act.kind for act in decision.acts.all()] == [DecisionActKind.ENTERED]


@pytest.mark.parametrize("kind", ["announcement", "ministry", "procedure"])
def test_a_save_on_an_old_version_is_refused_and_told_who_changed_what(
    client, lan, office, draft, kind
):
    row, name, label = {
        "announcement": lambda: (draft, "title", "Trích yếu"),
        "ministry": lambda: (
            make_ministry_decision(codes=["1.900001"], created_by=lan),
            "title",
            "Trích yếu",
        ),
        "procedure": lambda: (make_procedure(lead_agency=office), "name", "Tên thủ tục"),
    }[kind]()
    before = getattr(row, name)
    mine = form_of(client.get(page(row)), **{name: "Của tôi"})
    minh = make_staff(Role.CONTROLLER, username="minh")
    client.force_login(minh)
    theirs = form_of(client.get(page(row)), **{name: "Của Minh"})
    assert client.post(page(row), theirs).status_code == 302
    client.force_login(lan)
    refused = client.post(page(row), mine)
    assert refused.status_code == 200
    assert "Chưa lưu: có người đã sửa" in error_lines(refused)
    assert f"{label}: {before} → Của Minh" in error_lines(refused)
    assert error_lines(refused).splitlines()[1].startswith("minh, ")
    assert "Của tôi" in refused.content.decode()
    row.refresh_from_db()
    assert getattr(row, name) == "Của Minh"


def test_a_change_of_rows_alone_makes_the_page_of_the_other_person_old(client, lan, draft):
    mine = form_of(client.get(page(draft)), title="Của tôi")
    theirs = form_of(client.get(page(draft)), **{"items-0-effect": "amended"})
    assert client.post(page(draft), theirs).status_code == 302
    assert "Loại: Mới ban hành → Sửa đổi, bổ sung" in error_lines(client.post(page(draft), mine))


def test_an_act_makes_an_open_page_old(client, lan, draft):
    mine = form_of(client.get(page(draft)), title="Của tôi")
    submit_announcement(decision_id=draft.pk, by=None, now=NOON)
    return_announcement(decision_id=draft.pk, by=None, reason="Thiếu mức thu", now=NOON)
    errors = error_lines(client.post(page(draft), mine))
    assert "Trạng thái: Dự thảo → Đã trình" in errors
    assert "Trả lại: Thiếu mức thu" in errors


def test_a_page_without_its_version_is_not_saved(client, lan, draft):
    form = form_of(client.get(page(draft)), title="Của tôi", version_read="")
    assert "tải lại trang" in error_lines(client.post(page(draft), form))


@pytest.mark.parametrize("why", ["", "Bấm nhầm"])
def test_a_save_that_changes_nothing_makes_no_version_and_no_record(client, lan, draft, why):
    """Else it would make the pages of others old."""
    form = form_of(client.get(page(draft)), change_reason=why)
    assert client.post(page(draft), form).status_code == 302
    draft.refresh_from_db()
    assert (draft.version, draft.history.count(), draft.acts.count()) == (1, 1, 0)


def test_a_draft_that_never_left_its_agency_is_deleted_with_its_log(client, lan, draft):
    client.post(page(draft), form_of(client.get(page(draft)), title="Nhầm"))
    assert client.post(page(draft, "delete"), {"post": "yes"}).status_code == 302
    assert not AnnouncementDecision.objects.exists()
    assert not DecisionAct.objects.exists()


def test_a_decision_that_was_submitted_once_is_never_deleted(client, lan, draft):
    submit_announcement(decision_id=draft.pk, by=None, now=NOON)
    return_announcement(decision_id=draft.pk, by=None, reason="Thiếu phí", now=NOON)
    assert client.post(page(draft, "delete"), {"post": "yes"}).status_code == 403
    assert draft.acts.count() == 2


def test_an_earlier_state_can_be_read_and_not_put_back(client, lan, draft):
    client.post(page(draft), form_of(client.get(page(draft)), title="Công bố lần hai"))
    first = draft.history.earliest()
    past = reverse(
        "admin:publication_announcementdecision_simple_history", args=[draft.pk, first.pk]
    )
    assert "Công bố lần đầu" in client.get(past).content.decode()
    assert client.post(past, {"title": "Công bố lần đầu"}).status_code == 403
    draft.refresh_from_db()
    assert draft.title == "Công bố lần hai"


def test_opening_anothers_draft_is_logged_once_a_person_and_day(client, lan, draft):
    client.get(page(draft))
    assert not draft.acts.exists()  # one's own
    minh = make_staff(Role.CONTROLLER, username="minh")
    client.force_login(minh)
    for name in ("change", "history", "change"):
        assert client.get(page(draft, name)).status_code == 200
    assert [(act.kind, act.actor) for act in draft.acts.all()] == [(DecisionActKind.READ, minh)]


def test_reading_again_on_the_next_day_is_logged_again_and_what_is_public_never(lan, draft):
    minh = make_staff(Role.CONTROLLER)
    for moment in (NOON, NOON, NEXT_DAY):
        record_read(draft, by=minh, now=moment)
    assert [act.acted_at for act in draft.acts.all()] == [NOON, NEXT_DAY]
    DecisionAct.objects.all()._raw_delete("default")
    draft.status = "issued"
    record_read(draft, by=minh, now=NOON)
    assert not draft.acts.exists()


def test_overrides_are_counted_for_the_office(client, lan, draft):
    submit_announcement(decision_id=draft.pk, by=None, now=NOON)
    from publication.acts_log import log_act

    minh = make_staff(Role.CONTROLLER)
    log_act(
        draft, kind=DecisionActKind.APPROVED, by=minh, now=NOON, override_reason="Trực một mình"
    )
    acts = reverse("admin:publication_decisionact_changelist")
    assert client.get(acts).status_code == 403  # officers read the log on the decision's page
    client.force_login(minh)
    assert "Tự duyệt có lý do (1)" in client.get(acts).content.decode()
    (only,) = client.get(acts, {"ngoai-le": "co"}).context["cl"].result_list
    assert only.override_reason == "Trực một mình"


def test_officers_change_only_the_ministry_decisions_they_entered(client, lan):
    own = make_ministry_decision(codes=["1.900001"], created_by=lan)
    other = make_ministry_decision(codes=["1.900001"])
    assert "_save" in client.get(page(own)).content.decode()
    assert "_save" not in client.get(page(other)).content.decode()
    assert client.post(page(other), form_of(client.get(page(own)))).status_code == 403
    assert MinistryDecision.objects.get(pk=other.pk).version == 1
