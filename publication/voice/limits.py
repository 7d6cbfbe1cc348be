"""How often one address may do a thing: counted in the cache by windows, never stored in clear."""

import logging
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)

HOUR, DAY = 3600, 86_400
_IPV6_PREFIX = 64  # what a household or an office is given


@dataclass(frozen=True)
class Limit:
    """So many in a window of so many seconds."""

    name: str
    most: int
    seconds: int = HOUR

    def take(self, who: str, *, now: datetime) -> bool:
        """Count one; whether it was within the limit. A cache that is down limits nobody."""
        return self.count(who, now=now) <= self.most

    def count(self, who: str, *, now: datetime) -> int:
        """Count one; the how many-th of its window it was, 0 while the cache is down."""
        key = self._key(who, now)
        try:
            cache.add(key, 0, timeout=self.seconds)
            return int(cache.incr(key))
        except Exception as error:  # each cache has its own kinds of failure
            logger.warning("rate limit %s not counted: %s", self.name, error)
            return 0

    def give_back(self, who: str, *, now: datetime) -> None:
        """Take back a count: what was counted could not be done."""
        try:
            cache.decr(self._key(who, now))
        except Exception as error:  # as above; a key that has run out is as good as given back
            logger.info("rate limit %s not given back: %s", self.name, error)

    def is_used_up(self, who: str, *, now: datetime) -> bool:
        """Whether the next one would be over the limit; counts nothing."""
        try:
            return int(cache.get(self._key(who, now), 0)) >= self.most
        except Exception as error:  # as above
            logger.warning("rate limit %s not read: %s", self.name, error)
            return False

    def seconds_left(self, *, now: datetime) -> int:
        """Until the window ends."""
        return self.seconds - int(now.timestamp()) % self.seconds

    def _key(self, who: str, now: datetime) -> str:
        window = int(now.timestamp()) // self.seconds
        hidden = salted_hmac("publication.voice.limits", f"{self.name}:{who}").hexdigest()
        return f"limit:{self.name}:{window}:{hidden}"


def address_of(request: HttpRequest) -> str:
    """The sender's address as the outermost of our own proxies saw it; of IPv6 the network.

    What stands further left in X-Forwarded-For the sender wrote, and may have made up.
    """
    address: str = request.META.get("REMOTE_ADDR", "")
    if settings.PORTAL_PROXIES:
        told = request.headers.get("X-Forwarded-For", "").split(",")
        if len(told) >= settings.PORTAL_PROXIES:
            address = told[-settings.PORTAL_PROXIES].strip()
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        return str(int(known) >> (128 - _IPV6_PREFIX))
    return str(known)
