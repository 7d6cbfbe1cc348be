"""The page of keys: given by an administrator, shown once, revoked after a second look."""

import re

import pytest
from django.urls import reverse

from catalog.enums import Role
from publication.api_tokens import find_token, give_token
from publication.models import ApiToken
from tests.factories import make_agency, make_staff
from tests.publication.acts import NOON

pytestmark = pytest.mark.django_db
LIST = reverse("admin:publication_apitoken_changelist")
ADD = reverse("admin:publication_apitoken_add")


@pytest.fixture
def administrator(client):
    user = make_staff(Role.ADMINISTRATOR)
    client.force_login(user)
    return user


@pytest.fixture
def token(administrator):
    return give_token(
        agency=make_agency("Sở Y tế"),
        name="Trang của sở",
        scopes=["read"],
        expires_on=None,
        by=administrator,
        now=NOON,
    )[0]


def test_a_new_key_is_shown_once_and_opens_the_api(client, administrator):
    agency = make_agency("Sở Y tế")
    facts = {"agency": agency.pk, "name": "Trang của sở", "scopes": ["read", "bulk"]}
    page = client.post(ADD, facts)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    secret = re.search(r"<pre>(vnp_[\w-]+)</pre>", page.content.decode())
    assert secret is not None
    token = ApiToken.objects.get()
    assert find_token(secret[1], now=NOON) == token
    assert (token.agency, token.scopes, token.created_by) == (
        agency,
        ["read", "bulk"],
        str(administrator.username),
    )
    for address in (LIST, reverse("admin:publication_apitoken_change", args=[token.pk])):
        again = client.get(address)
        assert again.status_code == 200
        assert secret[1] not in again.content.decode()
        assert secret[1] not in str(again.cookies)


def test_a_key_without_scope_or_agency_is_refused_with_words(client, administrator):
    page = client.post(ADD, {"name": "x"})
    assert page.status_code == 200
    assert set(page.context_data["adminform"].form.errors) == {"agency", "scopes"}
    assert not ApiToken.objects.exists()


def test_revoking_is_asked_once_more_and_then_done(client, administrator, token):
    chosen = {"action": "revoke", "_selected_action": [token.pk]}
    asked = client.post(LIST, chosen)
    assert token.prefix in asked.content.decode()
    token.refresh_from_db()
    assert token.revoked_at is None
    client.post(LIST, chosen | {"post": "yes"})
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert token.revoked_by == administrator.username


def test_nothing_about_a_key_is_changed_or_deleted(client, administrator, token):
    change = reverse("admin:publication_apitoken_change", args=[token.pk])
    client.post(change, {"name": "khác", "agency": token.agency_id, "scopes": ["bulk"]})
    client.post(reverse("admin:publication_apitoken_delete", args=[token.pk]), {"post": "yes"})
    assert list(ApiToken.objects.values_list("name", "scopes")) == [("Trang của sở", ["read"])]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD, Role.CONTROLLER])
def test_keys_are_the_administrators(client, token, role):
    client.force_login(make_staff(role, token.agency))
    change = reverse("admin:publication_apitoken_change", args=[token.pk])
    assert [client.get(url).status_code for url in (LIST, ADD, change)] == [403, 403, 403]


def test_the_list_costs_the_same_queries_for_one_key_and_for_three(
    client, administrator, token, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(LIST)
    for _n in range(2):
        give_token(
            agency=make_agency(), name="x", scopes=["read"], expires_on=None,
            by=administrator, now=NOON,
        )  # fmt: skip
    with django_assert_num_queries(len(one)):
        client.get(LIST)
