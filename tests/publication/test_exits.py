"""An item leaves the gap register by a reason of one person and the consent of another."""

from datetime import UTC, datetime

import pytest

from catalog.enums import Role
from publication.authority import NotAllowed
from publication.exits import (
    MINISTRY_ONLY,
    NoExit,
    approve_exit,
    propose_exit,
    propose_exits_for_ministry_only,
    refuse_exit,
    withdraw_exit,
)
from publication.models import MinistryItem
from tests.factories import (
    make_agency,
    make_announcement,
    make_ministry_decision,
    make_procedure,
    make_staff,
)
from tests.publication.acts import NOON

pytestmark = pytest.mark.django_db
LATER = datetime(2024, 10, 4, 2, 0, tzinfo=UTC)
REASON = "Tỉnh không có cảng biển"


@pytest.fixture
def item():
    return make_ministry_decision(codes=["1.900001"]).items.get()


@pytest.fixture
def officer():
    return make_staff(Role.OFFICER, make_agency())


@pytest.fixture
def office():
    return make_staff(Role.CONTROLLER, username="kiem-soat")


def is_owed() -> bool:
    return MinistryItem.objects.applicable().exists()


def test_a_proposal_alone_takes_nothing_out_of_the_gap_register(item, officer):
    propose_exit(item_id=item.pk, reason=f" {REASON} ", by=officer, now=NOON)
    item.refresh_from_db()
    assert (item.not_applicable_reason, item.not_applicable_by) == (REASON, officer)
    assert list(MinistryItem.objects.awaiting_exit()) == [item]
    assert is_owed()


def test_the_consent_of_the_office_takes_the_item_out_and_keeps_who_and_when(item, officer, office):
    propose_exit(item_id=item.pk, reason=REASON, by=officer, now=NOON)
    approve_exit(item_id=item.pk, by=office, now=LATER)
    item.refresh_from_db()
    assert (item.not_applicable_approved_at, item.not_applicable_approved_by) == (
        LATER,
        "kiem-soat",
    )
    assert not is_owed()
    assert list(MinistryItem.objects.awaiting_exit()) == []


def test_every_step_leaves_a_row_of_history_with_old_and_new(item, officer, office):
    propose_exit(item_id=item.pk, reason=REASON, by=officer, now=NOON)
    approve_exit(item_id=item.pk, by=office, now=LATER)
    withdraw_exit(item_id=item.pk, by=office, now=LATER)
    rows = item.history.order_by("history_id").values_list(
        "history_change_reason", "history_user", "actor_name", "not_applicable_reason"
    )
    assert list(rows)[1:] == [
        (f"Đề nghị không áp dụng: {REASON}", officer.pk, officer.username, REASON),
        ("Chấp thuận không áp dụng", office.pk, "kiem-soat", REASON),
        ("Rút đề nghị không áp dụng", office.pk, "kiem-soat", ""),
    ]
    assert item.history.filter(history_date=LATER).count() == 2


def test_nobody_approves_their_own_proposal(item, office):
    propose_exit(item_id=item.pk, reason=REASON, by=office, now=NOON)
    with pytest.raises(NotAllowed, match=r"1\.900001: kiem-soat đã đề nghị"):
        approve_exit(item_id=item.pk, by=office, now=LATER)
    assert is_owed()


def test_an_administrator_has_no_way_round_the_second_person(item):
    boss = make_staff(Role.ADMINISTRATOR)
    propose_exit(item_id=item.pk, reason=REASON, by=boss, now=NOON)
    with pytest.raises(NotAllowed):
        approve_exit(item_id=item.pk, by=boss, now=LATER)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD])
def test_departments_neither_approve_nor_refuse(item, officer, role):
    propose_exit(item_id=item.pk, reason=REASON, by=officer, now=NOON)
    other = make_staff(role, make_agency())
    with pytest.raises(NotAllowed, match="Văn phòng UBND tỉnh"):
        approve_exit(item_id=item.pk, by=other, now=LATER)
    with pytest.raises(NotAllowed, match="Văn phòng UBND tỉnh"):
        refuse_exit(item_id=item.pk, by=other, now=LATER, remarks="Không đúng")
    item.refresh_from_db()
    assert (item.not_applicable_reason, item.not_applicable_approved_at) == (REASON, None)


def test_another_reason_takes_the_approval_off(item, officer, office):
    propose_exit(item_id=item.pk, reason=REASON, by=officer, now=NOON)
    approve_exit(item_id=item.pk, by=office, now=NOON)
    propose_exit(item_id=item.pk, reason="Lý do khác", by=officer, now=LATER)
    item.refresh_from_db()
    assert (item.not_applicable_approved_at, item.not_applicable_approved_by) == (None, "")
    assert is_owed()


def test_the_same_reason_again_leaves_the_approval_and_its_proposer(item, officer, office):
    propose_exit(item_id=item.pk, reason=REASON, by=officer, now=NOON)
    approve_exit(item_id=item.pk, by=office, now=NOON)
    propose_exit(item_id=item.pk, reason=REASON, by=office, now=LATER)
    item.refresh_from_db()
    assert (item.not_applicable_by, item.not_applicable_approved_at) == (officer, NOON)


def test_a_refusal_says_why_and_puts_the_item_back(item, officer, office):
    propose_exit(item_id=item.pk, reason=REASON, by=officer, now=NOON)
    with pytest.raises(NoExit, match="ghi lý do từ chối"):
        refuse_exit(item_id=item.pk, by=office, now=LATER, remarks=" ")
    refuse_exit(item_id=item.pk, by=office, now=LATER, remarks="Tỉnh có thực hiện")
    item.refresh_from_db()
    assert (item.not_applicable_reason, item.not_applicable_by) == ("", None)
    assert (
        item.history.latest("history_id").history_change_reason
        == "Từ chối không áp dụng: Tỉnh có thực hiện"
    )


def test_what_the_office_approved_only_the_office_takes_back(item, officer, office):
    propose_exit(item_id=item.pk, reason=REASON, by=officer, now=NOON)
    approve_exit(item_id=item.pk, by=office, now=NOON)
    with pytest.raises(NotAllowed):
        withdraw_exit(item_id=item.pk, by=officer, now=LATER)
    assert not is_owed()


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_proposal_without_a_reason_is_refused(item, officer, reason):
    with pytest.raises(NoExit, match=r"1\.900001: ghi lý do"):
        propose_exit(item_id=item.pk, reason=reason, by=officer, now=NOON)


def test_there_is_nothing_to_approve_refuse_or_withdraw_without_a_proposal(item, office):
    for step in (approve_exit, withdraw_exit):
        with pytest.raises(NoExit, match="chưa có đề nghị"):
            step(item_id=item.pk, by=office, now=NOON)
    with pytest.raises(NoExit, match="chưa có đề nghị"):
        refuse_exit(item_id=item.pk, by=office, now=NOON, remarks="Sai")
    assert item.history.count() == 1


def test_an_exit_is_not_approved_twice(item, officer, office):
    propose_exit(item_id=item.pk, reason=REASON, by=officer, now=NOON)
    approve_exit(item_id=item.pk, by=office, now=NOON)
    with pytest.raises(NoExit, match="đã chấp thuận"):
        approve_exit(item_id=item.pk, by=make_staff(Role.CONTROLLER), now=LATER)


def test_items_of_a_proposed_decision_are_no_officers_business(officer):
    hidden = make_ministry_decision(codes=["1.900002"], is_proposed=True).items.get()
    with pytest.raises(NotAllowed, match="không thuộc phần việc"):
        propose_exit(item_id=hidden.pk, reason=REASON, by=officer, now=NOON)


def test_only_untouched_items_of_the_ministry_alone_are_proposed_in_bulk(officer):
    codes = [f"1.90000{digit}" for digit in range(1, 7)]
    decision = make_ministry_decision(codes=codes)
    levels = {
        "1.900001": ["ministry"],
        "1.900002": ["ministry", "province"],
        "1.900003": ["commune"],
        "1.900004": [],
        "1.900005": ["ministry"],
        "1.900006": ["ministry"],
    }
    for item in decision.items.all():
        item.levels = levels[item.code]
        item.save()
    spoken = decision.items.get(code="1.900005")
    propose_exit(item_id=spoken.pk, reason=REASON, by=officer, now=NOON)
    answer = make_announcement(procedures=[make_procedure("1.900006")])
    answer.items.update(answers=decision.items.get(code="1.900006"))
    elsewhere = make_ministry_decision(codes=["1.900009"])
    elsewhere.items.update(levels=["ministry"])

    proposed = propose_exits_for_ministry_only(decision_id=decision.pk, by=officer, now=LATER)

    assert proposed == ["1.900001"]
    reasons = MinistryItem.objects.exclude(not_applicable_reason="")
    assert dict(reasons.values_list("code", "not_applicable_reason")) == {
        "1.900001": MINISTRY_ONLY,
        "1.900005": REASON,
    }
    row = decision.items.get(code="1.900001").history.latest("history_id")
    assert (row.actor_name, row.history_date, row.not_applicable_reason) == (
        officer.username,
        LATER,
        MINISTRY_ONLY,
    )


def test_proposing_in_bulk_takes_the_same_queries_for_1_and_3_items(
    officer, django_assert_num_queries
):
    one = make_ministry_decision(codes=["1.900001"])
    three = make_ministry_decision(codes=["1.900002", "1.900003", "1.900004"])
    MinistryItem.objects.update(levels=["ministry"])
    propose_exits_for_ministry_only(decision_id=0, by=officer, now=NOON)  # reads the person
    with django_assert_num_queries(5):
        assert len(propose_exits_for_ministry_only(decision_id=one.pk, by=officer, now=NOON)) == 1
    with django_assert_num_queries(5):
        assert len(propose_exits_for_ministry_only(decision_id=three.pk, by=officer, now=NOON)) == 3
