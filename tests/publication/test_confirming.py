"""A proposed ministry decision counts from the moment a person says when it was signed."""

from datetime import UTC, date, datetime

import pytest

from catalog.enums import Role
from publication.authority import NotAllowed
from publication.confirming import NotConfirmed, confirm_ministry_decision
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

pytestmark = pytest.mark.django_db
SIGNED, RECEIVED = date(2024, 9, 2), date(2024, 9, 6)


@pytest.fixture
def ministry():
    return make_agency("Bộ Tư pháp", kind="ministry", level="ministry", short_name="BTP")


@pytest.fixture
def office():
    return make_staff(Role.CONTROLLER, username="kiem-soat")


def propose(ministry, *codes: str) -> MinistryDecision:
    return make_ministry_decision(
        codes=list(codes), issuer=ministry, number="163/QĐ-BTP", signed_on=None, is_proposed=True
    )


def confirm(decision, by, *, signed_on=SIGNED, received_on=RECEIVED) -> MinistryDecision:
    return confirm_ministry_decision(
        decision_id=decision.pk, by=by, now=NOON, signed_on=signed_on, received_on=received_on
    )


def test_confirming_states_the_days_and_makes_the_items_owed(ministry, office):
    decision = propose(ministry, "1.900001")
    record_gaps(on=RECEIVED)
    assert not AnnouncementGap.objects.exists()
    confirm(decision, office)
    decision.refresh_from_db()
    assert (decision.is_proposed, decision.signed_on, decision.received_on) == (
        False,
        SIGNED,
        RECEIVED,
    )
    assert (decision.created_by, decision.version) == (office, 2)
    record_gaps(on=date(2024, 10, 3))
    assert AnnouncementGap.objects.get().ministry_item.code == "1.900001"


def test_confirming_leaves_a_row_of_history(ministry, office):
    decision = propose(ministry, "1.900001")
    confirm(decision, office)
    row = decision.history.latest("history_id")
    assert (row.history_change_reason, row.actor_name, row.history_date) == (
        "Xác nhận quyết định do máy đề xuất",
        "kiem-soat",
        NOON,
    )


def test_what_is_entered_already_takes_the_missing_codes_in(ministry, office):
    entered = make_ministry_decision(
        codes=["1.900001"], issuer=ministry, number="163/QĐ-BTP", signed_on=SIGNED
    )
    proposal = propose(ministry, "1.900001", "1.900002")
    assert confirm(proposal, office) == entered
    assert MinistryDecision.objects.get() == entered
    assert list(MinistryItem.objects.values_list("decision", "ordinal", "code")) == [
        (entered.pk, 1, "1.900001"),
        (entered.pk, 2, "1.900002"),
    ]


def test_what_the_province_answered_of_a_proposal_answers_the_decision_it_joins(ministry, office):
    entered = make_ministry_decision(
        codes=["1.900001"], issuer=ministry, number="163/QĐ-BTP", signed_on=SIGNED
    )
    proposal = propose(ministry, "1.900001", "1.900002")
    draft = make_announcement(procedures=[make_procedure("1.900001"), make_procedure("1.900002")])
    for item in draft.items.select_related("procedure"):
        item.answers = proposal.items.get(code=item.procedure.code)
        item.save()
    confirm(proposal, office)
    answered = draft.items.values_list("answers__decision", "answers__code")
    assert list(answered) == [(entered.pk, "1.900001"), (entered.pk, "1.900002")]


def test_the_same_number_of_another_year_is_another_decision(ministry, office):
    make_ministry_decision(
        codes=["1.900001"], issuer=ministry, number="163/QĐ-BTP", signed_on=date(2023, 9, 2)
    )
    proposal = propose(ministry, "1.900001")
    assert confirm(proposal, office) == proposal
    assert MinistryDecision.objects.count() == 2


def test_another_day_of_the_same_year_is_a_mistake_to_be_looked_at(ministry, office):
    make_ministry_decision(issuer=ministry, number="163/QĐ-BTP", signed_on=date(2024, 8, 1))
    proposal = propose(ministry, "1.900001")
    with pytest.raises(NotConfirmed, match="163/QĐ-BTP ngày 01/08/2024 đã được nhập"):
        confirm(proposal, office)
    proposal.refresh_from_db()
    assert proposal.is_proposed


@pytest.mark.parametrize(
    ("signed_on", "received_on", "message"),
    [
        (date(2024, 10, 4), None, "ở sau hôm nay"),
        (date(2024, 9, 2), date(2024, 9, 1), "trước ngày ký"),
        (date(2024, 9, 2), date(2024, 10, 4), "Ngày nhận không được ở sau hôm nay"),
    ],
)
def test_days_that_cannot_be_are_refused(ministry, office, signed_on, received_on, message):
    proposal = propose(ministry, "1.900001")
    with pytest.raises(NotConfirmed, match=message):
        confirm(proposal, office, signed_on=signed_on, received_on=received_on)
    proposal.refresh_from_db()
    assert (proposal.is_proposed, proposal.signed_on) == (True, None)


def test_a_decision_signed_today_can_be_confirmed_today(ministry, office):
    proposal = propose(ministry, "1.900001")
    assert confirm(proposal, office, signed_on=date(2024, 10, 3), received_on=None).signed_on


def test_today_is_the_day_of_the_province_also_for_the_receipt(ministry, office):
    proposal = propose(ministry, "1.900001")
    tomorrow = date(2024, 10, 4)
    confirm_ministry_decision(
        decision_id=proposal.pk,
        by=office,
        now=datetime(2024, 10, 3, 17, 0, tzinfo=UTC),
        signed_on=SIGNED,
        received_on=tomorrow,
    )
    proposal.refresh_from_db()
    assert proposal.received_on == tomorrow


def test_departments_do_not_see_and_not_confirm_what_a_machine_proposes(ministry):
    officer = make_staff(Role.OFFICER, make_agency())
    proposal = propose(ministry, "1.900001")
    assert not MinistryDecision.objects.visible_to(officer).exists()
    assert not MinistryItem.objects.visible_to(officer).exists()
    with pytest.raises(NotAllowed):
        confirm(proposal, officer)
    proposal.refresh_from_db()
    assert proposal.is_proposed


def test_an_account_without_a_role_confirms_nothing(ministry, django_user_model):
    stranger = django_user_model.objects.create_user("khach", is_staff=True)
    with pytest.raises(NotAllowed):
        confirm(propose(ministry, "1.900001"), stranger)


def test_a_confirmed_decision_is_not_confirmed_again(ministry, office):
    decision = propose(ministry, "1.900001")
    confirm(decision, office)
    with pytest.raises(NotConfirmed, match="đã được xác nhận"):
        confirm(decision, office)


def test_joining_takes_the_same_queries_for_1_and_3_codes(
    ministry, office, django_assert_num_queries
):
    numbers = iter(range(1, 9))

    def twice(*codes: str) -> MinistryDecision:
        number = f"{next(numbers)}/QĐ-BTP"
        make_ministry_decision(issuer=ministry, number=number, signed_on=SIGNED)
        return make_ministry_decision(
            codes=list(codes), issuer=ministry, number=number, signed_on=None, is_proposed=True
        )

    confirm(twice("1.900001"), office)  # reads the person
    one, three = twice("1.900002"), twice("1.900003", "1.900004", "1.900005")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        confirm(one, office)
    with django_assert_num_queries(len(queries)):
        confirm(three, office)
