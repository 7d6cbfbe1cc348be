"""Acts from the shell meet the same walls as acts in the pages."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from catalog.enums import Role
from publication.enums import DecisionStatus
from publication.models import AnnouncementDecision, DecisionAct, Listing
from tests.factories import make_agency, make_announcement, make_procedure, make_staff
from tests.publication.acts import announce

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    agency = make_agency("Sở Tư pháp")
    make_staff(Role.HEAD, agency, username="hung")
    make_staff(Role.CONTROLLER, username="minh")
    return agency


def act(name: str, decision: AnnouncementDecision, by: str, **facts: object) -> None:
    call_command("act_on_announcement", name, decision.pk, by=by, **facts)


def test_a_decision_goes_from_draft_to_public_by_named_people(people, tmp_path, capsys):
    signed = tmp_path / "signed.pdf"
    signed.write_bytes(b"%PDF-1.7")
    decision = make_announcement(procedures=[make_procedure()], lead_agency=people)
    act("submit", decision, "hung")
    act("approve", decision, "minh")
    act(
        "issue",
        decision,
        "minh",
        number="3218/QĐ-UBND",
        signed_on=date(2024, 10, 3),
        signed_by="Chủ tịch",
        effective_on=date(2024, 10, 3),
        signed_file=signed,
    )
    assert capsys.readouterr().out.endswith("3218/QĐ-UBND ngày 03/10/2024: Đã ban hành.\n")
    assert Listing.objects.current().get().decision == decision
    actors = DecisionAct.objects.values_list("kind", "actor__username")
    assert list(actors) == [("submitted", "hung"), ("approved", "minh"), ("issued", "minh")]


@pytest.mark.parametrize(
    ("name", "by", "message"),
    [
        ("approve", "minh", "không thể chuyển sang “Đã duyệt”"),
        ("submit", "minh", "Lãnh đạo sở, ngành"),
        ("submit", "nobody", "Không có tài khoản nobody"),
        ("withdraw", "minh", "Thiếu --basis"),
    ],
)
def test_a_refusal_says_why_and_changes_nothing(people, name, by, message):
    decision = make_announcement(procedures=[make_procedure()], lead_agency=people)
    with pytest.raises(CommandError, match=message):
        act(name, decision, by)
    decision.refresh_from_db()
    assert decision.status == DecisionStatus.DRAFT
    assert not DecisionAct.objects.exists()


def test_a_withdrawal_from_the_shell_reaches_the_public(people):
    decision = announce(make_procedure())
    act("withdraw", decision, "minh", basis="Quyết định 99/QĐ-UBND")
    decision.refresh_from_db()
    assert decision.status == DecisionStatus.WITHDRAWN
