"""Who asks, whether they may, and how often: keys, their scopes, and limits.

A client without a key is counted by its address. With one it is counted by the key, so that an
office behind one address does not wait for its neighbours.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from publication.api.problems import Problem
from publication.api_tokens import find_token, note_seen
from publication.enums import ApiScope
from publication.models import ApiToken
from publication.voice.limits import HOUR, Limit, address_of

MINUTE: Final = 60
_BEARER = re.compile(r"Bearer +([A-Za-z0-9_-]{1,200}) *", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Access:
    """One request of one client, counted."""

    limit: Limit
    used: int
    seconds_left: int

    @property
    def is_over(self) -> bool:
        return self.used > self.limit.most

    def headers(self) -> dict[str, str]:
        """RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers)."""
        name, most = self.limit.name.removeprefix(_PREFIX), self.limit.most
        left = max(most - self.used, 0)
        return {
            "RateLimit-Policy": f'"{name}";q={most};w={self.limit.seconds}',
            "RateLimit": f'"{name}";r={left};t={self.seconds_left}',
        }


_PREFIX = "api-"


def who_asks(request: HttpRequest, *, scope: ApiScope, now: datetime) -> ApiToken | None:
    """The key of the request, None without one.

    Raises Problem: 401 for a key that is wrong, ended or revoked, 403 for one of another scope.
    """
    given = request.headers.get("Authorization")
    if given is None:
        return None
    match = _BEARER.fullmatch(given)
    token = find_token(match[1], now=now) if match else None
    if token is None:
        raise _unknown_key()
    if scope not in token.scopes:
        raise _out_of_scope(scope)
    note_seen(token, now=now)
    return token


def count(
    request: HttpRequest, token: ApiToken | None, *, scope: ApiScope, now: datetime
) -> Access:
    """Count this request in its client's window."""
    limit = _limit(token, scope)
    who = f"key {token.pk}" if token else address_of(request)
    return Access(limit, limit.count(who, now=now), limit.seconds_left(now=now))


def too_many(access: Access) -> Problem:
    words = gettext("Quá %(most)s lượt trong %(seconds)s giây. Hãy thử lại sau %(wait)s giây.")
    numbers = {
        "most": access.limit.most,
        "seconds": access.limit.seconds,
        "wait": access.seconds_left,
    }
    return Problem(
        429, gettext("Quá nhiều yêu cầu"), words % numbers, retry_after=access.seconds_left
    )


def _limit(token: ApiToken | None, scope: ApiScope) -> Limit:
    """Whole lists cost a server seconds and not milliseconds, so they are counted apart."""
    if scope == ApiScope.BULK:
        most = settings.PORTAL_API_KEY_BULK_PER_HOUR if token else settings.PORTAL_API_BULK_PER_HOUR
        return Limit(f"{_PREFIX}bulk", most, HOUR)
    most = settings.PORTAL_API_KEY_PER_MINUTE if token else settings.PORTAL_API_PER_MINUTE
    return Limit(f"{_PREFIX}read", most, MINUTE)


def _unknown_key() -> Problem:
    return Problem(
        401,
        gettext("Khóa truy cập không dùng được"),
        gettext(
            "Khóa sai, hết hạn hoặc đã bị thu hồi. Đọc dữ liệu công khai không cần khóa: "
            "bỏ tiêu đề Authorization, hoặc xin khóa mới."
        ),
        challenge='Bearer realm="api", error="invalid_token"',
    )


def _out_of_scope(scope: ApiScope) -> Problem:
    return Problem(
        403,
        gettext("Khóa không có phạm vi này"),
        gettext("Khóa này không được cấp phạm vi “%(scope)s”.") % {"scope": scope.value},
        challenge=f'Bearer realm="api", error="insufficient_scope", scope="{scope.value}"',
    )
