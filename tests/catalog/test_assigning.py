"""The Office gives procedures to the agency that leads them."""

import pytest
from django.urls import reverse

from catalog.assigning import assign_lead_agency
from catalog.enums import Role
from catalog.models import Procedure
from tests.factories import make_agency, make_procedure, make_staff
from tests.publication.acts import NOON

pytestmark = pytest.mark.django_db
LIST = "admin:catalog_procedure_changelist"


def test_what_is_given_leaves_a_record_with_who_and_why():
    agency = make_agency("Sở Tư pháp")
    minh = make_staff(Role.CONTROLLER, username="minh")
    make_procedure("1.900001")
    make_procedure("1.900002", lead_agency=agency)
    given = assign_lead_agency(procedures=Procedure.objects.all(), agency=agency, by=minh, now=NOON)
    assert given == 1
    procedure = Procedure.objects.get(code="1.900001")
    assert (procedure.lead_agency, procedure.changed_at) == (agency, NOON)
    record = procedure.history.latest()
    assert (record.history_change_reason, record.actor_name) == ("Giao cho Sở Tư pháp", "minh")
    assert record.prev_record.lead_agency is None


def test_an_officer_sees_a_procedure_once_it_is_given(client):
    agency = make_agency("Sở Tư pháp")
    procedure = make_procedure("1.900001")
    lan = make_staff(Role.OFFICER, agency)
    assert list(Procedure.objects.visible_to(lan)) == []
    client.force_login(make_staff(Role.CONTROLLER))
    chosen = {"action": "assign_action", "_selected_action": [procedure.pk]}
    asked = client.post(reverse(LIST), chosen)
    assert "1 thủ tục đã chọn" in asked.content.decode()
    assert client.post(reverse(LIST), {**chosen, "agency": agency.pk}).status_code == 302
    assert list(Procedure.objects.visible_to(lan)) == [procedure]


def test_officers_give_nothing_away(client):
    own, other = make_agency(), make_agency()
    procedure = make_procedure(lead_agency=own)
    client.force_login(make_staff(Role.HEAD, own))
    client.post(
        reverse(LIST),
        {"action": "assign_action", "_selected_action": [procedure.pk], "agency": other.pk},
    )
    procedure.refresh_from_db()
    assert procedure.lead_agency == own
