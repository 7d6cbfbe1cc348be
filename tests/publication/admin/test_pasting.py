"""Pasting shows what would be added, and saves nothing before it is confirmed."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from catalog.enums import Role
from publication.models import MinistryItem
from tests.factories import make_agency, make_ministry_decision, make_staff

pytestmark = pytest.mark.django_db
GOOD = "1.900001\tĐăng ký khai sinh\tMới\n1.900002\tKết hôn\t"


@pytest.fixture
def address(client):
    client.force_login(get_user_model().objects.create_superuser("quan-tri", password="x"))
    decision = make_ministry_decision()
    return reverse("admin:publication_ministrydecision_paste", args=[decision.pk])


def post(client, address, text: str, **facts):
    return client.post(address, {"text": text, "effect": "amended", **facts})


def test_a_paste_is_shown_first_and_saved_when_confirmed(client, address):
    page = post(client, address, GOOD, review="x")
    assert page.status_code == 200
    assert "Kết hôn" in page.content.decode()
    assert 'name="confirm"' in page.content.decode()
    assert not MinistryItem.objects.exists()
    assert post(client, address, GOOD, confirm="x").status_code == 302
    assert list(MinistryItem.objects.values_list("code", "effect")) == [
        ("1.900001", "new"),
        ("1.900002", "amended"),
    ]


def test_a_wrong_row_leaves_no_way_to_confirm(client, address):
    text = f"{GOOD}\nabc9\tTên\tMới"
    page = post(client, address, text, review="x").content.decode()
    assert "Dòng 3, mã abc9" in page
    assert 'name="confirm"' not in page
    assert "abc9\tTên" in page
    assert post(client, address, text, confirm="x").status_code == 200
    assert not MinistryItem.objects.exists()


def test_an_empty_box_is_an_error_of_the_form(client, address):
    page = post(client, address, "", review="x")
    assert "text" in page.context["form"].errors


def test_who_may_not_see_or_edit_the_decision_pastes_nothing(client):
    hidden = make_ministry_decision(is_proposed=True)
    address = reverse("admin:publication_ministrydecision_paste", args=[hidden.pk])
    client.force_login(make_staff(Role.OFFICER, make_agency()))
    assert post(client, address, GOOD, confirm="x").status_code == 404
    stranger = get_user_model().objects.create_user("khach", is_staff=True)
    client.force_login(stranger)
    shown = make_ministry_decision()
    address = reverse("admin:publication_ministrydecision_paste", args=[shown.pk])
    assert post(client, address, GOOD, confirm="x").status_code in (403, 404)
    assert not MinistryItem.objects.exists()
