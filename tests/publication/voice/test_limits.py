"""Limits count by the sender's own address, forget with the hour, and fail open."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from publication.voice.limits import Limit, address_of

NOON = datetime(2024, 10, 3, 5, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


def test_so_many_are_let_through_in_an_hour_and_again_in_the_next():
    limit = Limit("test", 2)
    assert [limit.take("a", now=NOON) for _time in range(3)] == [True, True, False]
    assert limit.take("b", now=NOON)
    assert limit.take("a", now=NOON + timedelta(hours=1))


def test_what_was_given_back_may_be_taken_again():
    limit = Limit("test", 1)
    assert limit.take("a", now=NOON)
    limit.give_back("a", now=NOON)
    assert [limit.take("a", now=NOON), limit.take("a", now=NOON)] == [True, False]


def test_addresses_are_not_kept_in_clear():
    Limit("test", 1).take("203.0.113.9", now=NOON)
    assert [key for key in cache._cache if "203.0.113" in key] == []  # type: ignore[attr-defined]
    assert len(cache._cache) == 1  # type: ignore[attr-defined]


def test_a_cache_that_is_down_stops_nobody(monkeypatch):
    def refuse(*_args, **_named):
        raise ConnectionError

    for name in ("add", "incr", "decr", "get"):
        monkeypatch.setattr(cache, name, refuse)
    limit = Limit("test", 1)
    assert limit.take("a", now=NOON)
    limit.give_back("a", now=NOON)
    assert not limit.is_used_up("a", now=NOON)


@pytest.mark.parametrize(
    ("proxies", "told", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),  # nobody stands before us: what is told is made up
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.9.9.9, 203.0.113.9", "203.0.113.9"),  # the left one the sender wrote
        (2, "10.9.9.9, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),  # fewer than there are proxies: it came another way
    ],
)
def test_the_address_is_the_one_our_own_outermost_proxy_saw(settings, proxies, told, address):
    settings.PORTAL_PROXIES = proxies
    asked = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=told)
    assert address_of(asked) == address


def test_one_household_counts_as_one_in_ipv6():
    factory = RequestFactory()
    same = {
        address_of(factory.get("/", REMOTE_ADDR=f"2001:db8:1:2::{tail}")) for tail in ("1", "f:9")
    }
    assert len(same) == 1
    assert address_of(factory.get("/", REMOTE_ADDR="2001:db8:1:3::1")) not in same
