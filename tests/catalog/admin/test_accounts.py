"""Administrators keep accounts: roles and agencies, never their own, and one always remains."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from catalog.accounts import LastAdministrator, administrators, check_an_administrator_remains
from catalog.enums import Role
from catalog.models import Membership
from tests.factories import make_agency, make_staff
from tests.staff_pages import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = make_staff(Role.ADMINISTRATOR, username="quan-tri")
    client.force_login(user)
    return user


def page(account, name: str = "change") -> str:
    return reverse(f"admin:auth_user_{name}", args=[account.pk])


def role_keys(*roles: Role) -> list[int]:
    return [Group.objects.get(name=role.value).pk for role in roles]


def roles_of(account) -> set[str]:
    return {group.name for group in account.groups.all()}


def test_an_account_is_made_and_given_a_role_and_an_agency(client, administrator):
    agency = make_agency("Sở Tư pháp")
    made = client.post(
        reverse("admin:auth_user_add"),
        {
            "username": "lan",
            "usable_password": "true",
            "password1": "mat-khau-dai-2024",
            "password2": "mat-khau-dai-2024",
        },
    )
    lan = get_user_model().objects.get(username="lan")
    assert made["Location"] == page(lan)
    form = client.get(page(lan))
    assert "Cán bộ sở, ngành" in form.content.decode()
    typed = form_of(
        form,
        first_name="Nguyễn Thị Lan",
        groups=role_keys(Role.OFFICER),
        **{"memberships-TOTAL_FORMS": 1, "memberships-0-agency": agency.pk},
    )
    assert client.post(page(lan), typed).status_code == 302
    assert roles_of(lan) == {Role.OFFICER}
    assert Membership.objects.get().agency == agency
    assert client.login(username="lan", password="mat-khau-dai-2024")
    assert (
        client.get(reverse("admin:publication_announcementdecision_changelist")).status_code == 200
    )


def test_nobody_changes_their_own_rights(client, administrator):
    agency = make_agency()
    typed = form_of(
        client.get(page(administrator)),
        first_name="Trần Văn An",
        is_superuser="on",
        groups=role_keys(Role.ADMINISTRATOR, Role.CONTROLLER),
        **{
            "memberships-TOTAL_FORMS": 1,
            "memberships-INITIAL_FORMS": 0,
            "memberships-0-agency": agency.pk,
        },
    )
    client.post(page(administrator), typed)
    administrator.refresh_from_db()
    assert administrator.first_name == "Trần Văn An"
    assert (administrator.is_superuser, roles_of(administrator)) == (False, {Role.ADMINISTRATOR})
    assert not Membership.objects.exists()
    assert client.post(page(administrator, "delete"), {"post": "yes"}).status_code == 403


def test_an_administrator_neither_gives_full_rights_nor_takes_over_who_has_them(
    client, administrator
):
    root = get_user_model().objects.create_superuser("goc", password="x")
    lan = make_staff(Role.OFFICER, make_agency())
    client.post(page(lan), form_of(client.get(page(lan)), is_superuser="on"))
    lan.refresh_from_db()
    assert not lan.is_superuser
    assert client.post(page(root), {"username": "goc", "is_active": ""}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[root.pk])
    assert client.get(password).status_code == 403
    assert client.post(page(root, "delete"), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD, Role.CONTROLLER])
def test_accounts_are_open_to_administrators_alone(client, administrator, role):
    client.force_login(make_staff(role, make_agency()))
    assert client.get(reverse("admin:auth_user_changelist")).status_code == 403
    assert client.get(reverse("admin:auth_user_add")).status_code == 403
    assert client.get(page(administrator)).status_code in (302, 403)


def test_one_administrator_takes_another_away_and_the_last_one_stays(client, administrator):
    root = get_user_model().objects.create_superuser("goc", password="x")
    client.force_login(root)
    typed = form_of(client.get(page(administrator)), groups=role_keys(Role.OFFICER))
    assert [user.pk for user in administrators().order_by("pk")] == [administrator.pk, root.pk]
    assert client.post(page(administrator), typed).status_code == 302
    assert list(administrators()) == [root]
    with pytest.raises(LastAdministrator, match="quản trị viên cuối cùng"):
        check_an_administrator_remains(leaving=root.pk)


def test_the_form_refuses_to_take_the_last_administrator_away(administrator, rf):
    from django.contrib import admin as pages

    request = rf.get("/")
    request.user = get_user_model().objects.create_superuser("goc", password="x")
    get_user_model().objects.filter(pk=request.user.pk).update(is_staff=False)
    page_of_accounts = pages.site._registry[get_user_model()]
    form_class = page_of_accounts.get_form(request, administrator, change=True)
    typed = {"username": "quan-tri", "groups": role_keys(Role.OFFICER), "is_active": True}
    form = form_class({**typed, "is_staff": True}, instance=administrator)
    assert "Đây là quản trị viên cuối cùng" in str(form.non_field_errors())
    roles = role_keys(Role.OFFICER, Role.ADMINISTRATOR)
    form = form_class({**typed, "is_staff": True, "groups": roles}, instance=administrator)
    assert form.is_valid(), form.errors
