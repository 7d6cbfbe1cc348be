"""A proposed ministry decision that the Office rejects stays away, and says why."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from catalog.enums import AgencyKind, Role
from catalog.models import Procedure
from publication.authority import NotAllowed
from publication.confirming import NotConfirmed, confirm_ministry_decision
from publication.gaps import record_gaps
from publication.ministry_decisions import record_ministry_decisions
from publication.models import AnnouncementGap, MinistryDecision, MinistryItem, RegisterAlarm
from publication.register_refresh import review_register
from publication.rejecting import NotRejected, reject_ministry_decision
from tests.factories import make_agency, make_ministry_decision, make_procedure, make_staff
from tests.publication.acts import NOON
from tests.publication.national_texts import list_row, text

pytestmark = pytest.mark.django_db
WHY = "Số quyết định ghi nhầm trong dữ liệu quốc gia"


@pytest.fixture(autouse=True)
def justice():
    return make_agency("Bộ Tư pháp", kind=AgencyKind.MINISTRY, level="ministry", short_name="BTP")


@pytest.fixture
def office():
    return make_staff(Role.CONTROLLER, username="kiem-soat")


@pytest.fixture
def proposal() -> MinistryDecision:
    """What a review proposes of one new code."""
    list_row(make_procedure("1.900000"))
    text(make_procedure("1.900001"), "163/QĐ-BTP")
    review_register(now=NOON)
    return MinistryDecision.objects.proposed().get()


def reject(decision, by, reason=WHY) -> MinistryDecision:
    return reject_ministry_decision(decision_id=decision.pk, by=by, now=NOON, reason=reason)


def test_a_rejection_keeps_who_when_why_and_a_row_of_history(proposal, office):
    reject(proposal, office, f"  {WHY} ")
    proposal.refresh_from_db()
    assert (proposal.rejected_at, proposal.rejected_by, proposal.rejection_reason) == (
        NOON,
        "kiem-soat",
        WHY,
    )
    assert (proposal.is_proposed, proposal.version) == (True, 2)
    row = proposal.history.latest("history_id")
    assert (row.history_change_reason, row.actor_name, row.history_date) == (
        f"Bác đề xuất: {WHY}",
        "kiem-soat",
        NOON,
    )
    assert list(MinistryDecision.objects.rejected()) == [proposal]
    assert not MinistryDecision.objects.proposed().exists()


def test_the_next_review_does_not_bring_it_back_and_raises_no_alarm(proposal, office):
    reject(proposal, office)
    again = review_register(now=NOON)
    assert (again.new_decisions, again.new_items, again.new_alarms) == (0, 0, 0)
    assert (again.rejected, again.proposed) == ({"new": 1}, {})
    assert MinistryDecision.objects.get() == proposal
    assert not RegisterAlarm.objects.exists()


def test_another_code_of_the_same_number_is_a_new_proposal(proposal, office):
    reject(proposal, office)
    text(make_procedure("1.900002"), "163/QĐ-BTP")
    review_register(now=NOON)
    fresh = MinistryDecision.objects.proposed().get()
    assert list(fresh.items.values_list("code", flat=True)) == ["1.900002"]
    assert list(proposal.items.values_list("code", flat=True)) == ["1.900001"]


def test_the_same_code_under_another_number_is_proposed(proposal, office):
    reject(proposal, office)
    later = date(2026, 8, 20)
    text(Procedure.objects.get(code="1.900001"), "164/QĐ-BTP", taken_on=later)
    review_register(now=NOON)
    assert MinistryDecision.objects.proposed().get().number == "164/QĐ-BTP"


def test_a_rejection_that_is_deleted_is_taken_back(proposal, office):
    reject(proposal, office)
    proposal.delete()
    review_register(now=NOON)
    assert MinistryDecision.objects.proposed().get().number == "163/QĐ-BTP"


def test_recording_what_national_texts_name_leaves_rejected_codes_out(proposal, office):
    reject(proposal, office)
    text(make_procedure("1.900002"), "163/QĐ-BTP")
    record_ministry_decisions()
    proposal.refresh_from_db()
    assert proposal.rejected_at == NOON
    recorded = MinistryItem.objects.filter(decision__is_proposed=False)
    assert list(recorded.values_list("code", flat=True)) == ["1.900002"]


def test_what_was_rejected_starts_no_clock_and_is_not_confirmed(proposal, office):
    reject(proposal, office)
    with pytest.raises(NotConfirmed, match=WHY):
        confirm_ministry_decision(
            decision_id=proposal.pk, by=office, now=NOON, signed_on=NOON.date(), received_on=None
        )
    record_gaps(on=date(2026, 12, 1))
    assert not AnnouncementGap.objects.exists()


def test_the_paper_may_be_entered_beside_a_rejection(proposal, office, justice):
    reject(proposal, office)
    make_ministry_decision(issuer=justice, number="163/QĐ-BTP", signed_on=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_ministry_decision(issuer=justice, number="163/QĐ-BTP", signed_on=None)


@pytest.mark.parametrize(
    ("reason", "message"), [("  ", "Ghi lý do"), ("x" * 501, "dài quá 500 ký tự")]
)
def test_a_reason_is_asked_for(proposal, office, reason, message):
    with pytest.raises(NotRejected, match=message):
        reject(proposal, office, reason)
    assert MinistryDecision.objects.proposed().get() == proposal


def test_a_confirmed_or_rejected_decision_is_not_rejected(proposal, office, justice):
    confirmed = make_ministry_decision(issuer=justice, number="9/QĐ-BTP")
    with pytest.raises(NotRejected, match="đã được xác nhận"):
        reject(confirmed, office)
    reject(proposal, office)
    with pytest.raises(NotRejected, match="đã bị bác"):
        reject(proposal, office, "Lý do khác")
    assert MinistryDecision.objects.rejected().get().rejection_reason == WHY


def test_departments_reject_nothing(proposal):
    with pytest.raises(NotAllowed):
        reject(proposal, make_staff(Role.HEAD, make_agency()))
    assert MinistryDecision.objects.proposed().get() == proposal


@pytest.mark.parametrize("facts", [{"rejection_reason": ""}, {"is_proposed": False}])
def test_the_database_keeps_a_rejection_whole(proposal, facts):
    whole = {"rejected_at": NOON, "rejection_reason": WHY}
    with pytest.raises(IntegrityError), transaction.atomic():
        MinistryDecision.objects.filter(pk=proposal.pk).update(**whole | facts)


def test_the_command_counts_what_was_rejected(proposal, office, capsys):
    reject(proposal, office)
    call_command("review_register")
    assert capsys.readouterr().out.splitlines()[0] == (
        "Mã mới: 0 thuộc quyết định đề xuất, 0 chưa rõ quyết định, 0 đã có quyết định, "
        "1 thuộc đề xuất đã bác."
    )
