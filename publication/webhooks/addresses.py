"""Where requests of ours may go: so that nobody makes the portal ask its own network.

A name is looked up once and what was checked is what is connected to: a name that answers
otherwise the second time (DNS rebinding) gains nothing.
"""

import re
import socket
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from publication.webhooks.own_thread import in_own_thread

_PORTS: Final = {"https": 443, "http": 80}
_VISIBLE = re.compile(r"[!-~]+")
# The last 32 bits are an address of the old kind (RFC 6052).
_NAT64 = ip_network("64:ff9b::/96")
# All that is given out to the public Internet (IANA, IPv6 Address Space); whatever lies outside
# it is local, carries an address of the old kind inside, or is nobody's.
_UNICAST = ip_network("2000::/3")
# Relays to 6to4 (RFC 7526), which `is_global` lets pass.
_RELAYS = ip_network("192.88.99.0/24")

Address = IPv4Address | IPv6Address


class AddressRefused(Exception):
    """No request is sent there; the message says why."""


@dataclass(frozen=True)
class Target:
    """The parts of an address that a request needs."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def is_secure(self) -> bool:
        return self.scheme == "https"


def read_target(url: str) -> Target:
    """Raises AddressRefused for what no request may go to, whatever its name leads to."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        raise AddressRefused(_("Địa chỉ không đúng dạng.")) from None
    if not _VISIBLE.fullmatch(url) or parts.fragment or not parts.hostname:
        raise AddressRefused(_("Địa chỉ không đúng dạng."))
    if parts.scheme != "https" and not (parts.scheme == "http" and settings.PORTAL_WEBHOOK_HTTP):
        raise AddressRefused(_("Địa chỉ nhận phải bắt đầu bằng https://."))
    if parts.username is not None or parts.password is not None:
        raise AddressRefused(_("Địa chỉ không được chứa tên và mật khẩu."))
    if settings.PORTAL_WEBHOOK_PORTS and port not in settings.PORTAL_WEBHOOK_PORTS:
        raise AddressRefused(_("Cổng %(port)s không được phép.") % {"port": port})
    query = f"?{parts.query}" if parts.query else ""
    return Target(parts.scheme, parts.hostname, port, (parts.path or "/") + query)


def check_url(url: str) -> None:
    """The same, and an address in numbers must be an allowed one. Raises AddressRefused."""
    target = read_target(url)
    try:
        address = ip_address(target.host)
    except ValueError:
        return
    _check(address)


def allowed_addresses(target: Target, *, seconds: float) -> list[str]:
    """What the name leads to now, in the order given; all of it allowed.

    A name that leads to an inner machine too is refused as a whole. Raises AddressRefused,
    TimeoutError, and OSError when nothing is found.
    """
    addresses = list(dict.fromkeys(_look_up(target, seconds)))
    for address in addresses:
        _check(ip_address(address))
    return addresses


def _look_up(target: Target, seconds: float) -> list[str]:
    """Left to itself when the time is over: a lookup cannot be broken off."""
    ask = partial(socket.getaddrinfo, target.host, target.port, type=socket.SOCK_STREAM)
    return [str(place[4][0]) for place in in_own_thread(ask).result(timeout=seconds)]


def _check(address: Address) -> None:
    if not is_allowed(address):
        raise AddressRefused(
            _("Địa chỉ %(address)s thuộc mạng nội bộ, không được phép gửi đến.")
            % {"address": address}
        )


def is_allowed(address: Address) -> bool:
    """Public, or of a network that the operator has named."""
    real = _real(address)
    named = any(real in network for network in settings.PORTAL_WEBHOOK_NETWORKS)
    return named or (real.is_global and not real.is_multicast and not _is_special(real))


def _real(address: Address) -> Address:
    """An address of the old kind that is written as one of the new."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _is_special(address: Address) -> bool:
    """Addresses that lead to another one inside them (6to4, Teredo), and what is nobody's."""
    if isinstance(address, IPv4Address):
        return address in _RELAYS
    return address not in _UNICAST or bool(address.sixtofour or address.teredo)
