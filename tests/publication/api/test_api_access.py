"""Keys, scopes, limits and other people's pages: who may read how much."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.timezone import now

from catalog.enums import Role
from publication.api_tokens import find_token, give_token, note_seen, revoke_token
from publication.authority import NotAllowed
from publication.models import ApiToken
from tests.factories import make_agency, make_procedure, make_staff
from tests.publication.acts import NOON, announce
from tests.publication.api.calls import URL, problem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


@pytest.fixture
def administrator():
    return make_staff(Role.ADMINISTRATOR)


@pytest.fixture
def give(administrator):
    def make(**facts):
        known = {
            "agency": make_agency("Sở Y tế"),
            "name": "Trang của sở",
            "scopes": ["read", "bulk"],
            "expires_on": None,
            "by": administrator,
            "now": NOON,
        }
        return give_token(**known | facts)

    return make


def read(client, secret="", url=URL):
    headers = {"authorization": f"Bearer {secret}"} if secret else {}
    return client.get(url, headers=headers)


# --- Keys ----------------------------------------------------------------------------------------


def test_a_key_lets_its_system_in_and_only_its_digest_is_kept(client, give):
    token, secret = give()
    assert read(client, secret).status_code == 200
    assert secret.startswith(token.prefix)
    assert len(secret) > 50
    for value in ApiToken.objects.values().get().values():
        assert secret.removeprefix(token.prefix) not in str(value)


def test_no_two_keys_are_alike(give):
    assert len({give()[1] for _n in range(3)}) == 3


@pytest.mark.parametrize(
    "header", ["Bearer vnp_00000000_x", "Bearer", "Basic eDp4", "Bearer a b", ""]
)
def test_a_wrong_key_is_refused_and_not_passed_over(client, give, header):
    give()
    response = client.get(URL, headers={"authorization": header})
    problem(response, 401)
    assert response["WWW-Authenticate"] == 'Bearer realm="api", error="invalid_token"'


def test_a_revoked_key_is_refused_from_then_on(client, give, administrator):
    token, secret = give()
    revoke_token(token_id=token.pk, by=administrator, now=NOON)
    problem(read(client, secret), 401)
    again = revoke_token(token_id=token.pk, by=administrator, now=NOON + timedelta(days=1))
    assert again.revoked_at == NOON


def test_a_key_ends_with_its_last_day_in_the_province(give):
    _token, secret = give(expires_on=date(2024, 10, 4))
    before_midnight = datetime(2024, 10, 4, 16, 59, tzinfo=UTC)
    assert find_token(secret, now=before_midnight)
    assert find_token(secret, now=before_midnight + timedelta(minutes=1)) is None


def test_a_key_opens_what_it_was_given_for(client, give):
    announce(make_procedure())
    _token, reading = give(scopes=["read"])
    response = read(client, reading, f"{URL}?format=csv")
    problem(response, 403)
    assert 'error="insufficient_scope", scope="bulk"' in response["WWW-Authenticate"]
    _token, bulk = give(scopes=["bulk"])
    assert read(client, bulk, f"{URL}?format=csv").getvalue()
    problem(read(client, bulk), 403)


def test_use_is_noted_every_few_minutes_at_most(give, django_assert_num_queries):
    token, _secret = give()
    note_seen(token, now=NOON)
    token.refresh_from_db()
    assert token.last_seen_at == NOON
    with django_assert_num_queries(0):
        note_seen(token, now=NOON + timedelta(minutes=4))
    note_seen(token, now=NOON + timedelta(minutes=5))
    token.refresh_from_db()
    assert token.last_seen_at == NOON + timedelta(minutes=5)


def test_reading_with_a_key_is_seen(client, give):
    token, secret = give()
    read(client, secret)
    token.refresh_from_db()
    assert token.last_seen_at is not None
    assert now() - token.last_seen_at < timedelta(minutes=1)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD, Role.CONTROLLER])
def test_only_administrators_give_and_revoke(give, role):
    someone = make_staff(role)
    with pytest.raises(NotAllowed):
        give(by=someone)
    token, _secret = give()
    with pytest.raises(NotAllowed):
        revoke_token(token_id=token.pk, by=someone, now=NOON)
    assert ApiToken.objects.get().revoked_at is None


@pytest.mark.parametrize("scopes", [[], ["all"], ["read", "read"]])
def test_a_scope_that_there_is_not_is_refused(give, scopes):
    with pytest.raises(ValidationError):
        give(scopes=scopes)
    assert not ApiToken.objects.exists()


def test_a_key_costs_one_query_more(client, give, django_assert_num_queries):
    announce(make_procedure())
    _token, secret = give()
    read(client, secret)
    with django_assert_num_queries(3):
        read(client, secret)


# --- Limits --------------------------------------------------------------------------------------


def test_answers_tell_what_is_left_and_the_one_too_many_when_to_come_back(client, settings):
    settings.PORTAL_API_PER_MINUTE = 2
    first, second, third = (read(client) for _n in range(3))
    assert first["RateLimit-Policy"] == '"read";q=2;w=60'
    assert first["RateLimit"].startswith('"read";r=1;t=')
    assert second["RateLimit"].startswith('"read";r=0;t=')
    problem(third, 429)
    assert 1 <= int(third["Retry-After"]) <= 60
    assert third["RateLimit"] == f'"read";r=0;t={third["Retry-After"]}'


def test_addresses_and_keys_are_counted_apart(client, give, settings):
    settings.PORTAL_API_PER_MINUTE = settings.PORTAL_API_KEY_PER_MINUTE = 1
    (_t, one), (_t, other) = give(), give()
    assert [read(client, who).status_code for who in ("", one, other)] == [200, 200, 200]
    assert [read(client, who).status_code for who in ("", one, other)] == [429, 429, 429]
    elsewhere = client.get(URL, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 200


def test_who_tries_keys_is_counted_too(client, settings):
    settings.PORTAL_API_PER_MINUTE = 2
    tried = [read(client, f"vnp_{n}").status_code for n in range(3)]
    assert tried == [401, 401, 429]


def test_whole_lists_are_counted_apart_from_pages(client, settings):
    settings.PORTAL_API_BULK_PER_HOUR = 1
    announce(make_procedure())
    first = client.get(f"{URL}?format=csv")
    assert first.getvalue()
    assert first["RateLimit-Policy"] == '"bulk";q=1;w=3600'
    problem(client.get(f"{URL}?format=ndjson"), 429)
    problem(client.get(URL, headers={"accept": "text/csv"}), 429)
    assert read(client).status_code == 200


def test_every_address_counts_also_those_that_are_not_there(client, settings):
    settings.PORTAL_API_PER_MINUTE = 1
    statuses = [client.get(f"/api/v1/{name}/").status_code for name in ("nothing", "changes")]
    assert statuses == [404, 429]


def test_a_cache_that_is_down_stops_nobody(client, monkeypatch):
    def refuse(*_args, **_named):
        raise ConnectionError

    for name in ("add", "incr"):
        monkeypatch.setattr(cache, name, refuse)
    assert read(client).status_code == 200


# --- Other people's pages ------------------------------------------------------------------------


def test_any_page_may_read_and_see_what_it_needs(client):
    for url in (URL, "/api/v1/", f"{URL}1.999999/", "/api/v1/nothing/"):
        response = client.get(url, headers={"origin": "https://so.example"})
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in response["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Credentials" not in response


def test_a_browser_that_asks_first_is_told_reading_only(client, settings):
    settings.PORTAL_API_PER_MINUTE = 1
    for _n in range(2):
        response = client.options(URL, headers={"origin": "https://so.example"})
        assert response.status_code == 200
        assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
        assert "Authorization" in response["Access-Control-Allow-Headers"]
