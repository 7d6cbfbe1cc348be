"""A connection to a checked address that ends at a moment, however the other side drips bytes."""

import io
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from http.client import HTTPConnection
from typing import Any

from django.conf import settings

from publication.webhooks.addresses import Target, allowed_addresses

_ADDRESSES = 3  # of one name that are tried
_CONNECT_SECONDS = 4.0
TimeLeft = Callable[[], float]


def time_left(seconds: float) -> TimeLeft:
    """How long to wait at most from now on. Raises TimeoutError when that is over."""
    until = time.monotonic() + seconds

    def left() -> float:
        rest = until - time.monotonic()
        if rest <= 0:
            raise TimeoutError
        return rest

    return left


class Line:
    """What http.client asks of a socket, each wait no longer than what is left of the whole."""

    def __init__(self, sock: socket.socket, left: TimeLeft) -> None:
        self._sock = sock
        self._left = left

    def sendall(self, data: Any) -> None:
        rest = memoryview(data)
        while rest:
            self._sock.settimeout(self._left())
            rest = rest[self._sock.send(rest) :]

    def makefile(self, *_how: Any, **_more: Any) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self._sock, self._left))

    def close(self) -> None:
        """Not yet: http.client closes as soon as it has the head of an answer that ends the line.

        A socket of its own would live on for the one who reads the body; `hang_up` ends this one.
        """

    def hang_up(self) -> None:
        self._sock.close()


class _Reader(io.RawIOBase):
    def __init__(self, sock: socket.socket, left: TimeLeft) -> None:
        super().__init__()
        self._sock = sock
        self._left = left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._left())
        return self._sock.recv_into(buffer)


class CheckedConnection(HTTPConnection):
    """To the address that was checked, and to no other; TLS is held against the name."""

    def __init__(self, target: Target, left: TimeLeft) -> None:
        super().__init__(target.host, target.port)
        self._target = target
        self._left = left
        self._line: Line | None = None
        # http.client leaves the usual port out of the Host header only for its own scheme.
        self.default_port = 443 if target.is_secure else 80

    def connect(self) -> None:
        addresses = allowed_addresses(self._target, seconds=self._left())
        sock = _first_that_answers(addresses, self._target.port, self._left)
        try:
            sock.settimeout(self._left())
            if self._target.is_secure:
                sock = tls_context().wrap_socket(sock, server_hostname=self._target.host)
        except BaseException:
            sock.close()
            raise
        self.sock = self._line = Line(sock, self._left)

    def hang_up(self) -> None:
        """The end of it, whatever the answer says of keeping the line."""
        self.close()
        if self._line:
            self._line.hang_up()


def _first_that_answers(addresses: Sequence[str], port: int, left: TimeLeft) -> socket.socket:
    trouble: OSError = OSError("no address")
    for address in addresses[:_ADDRESSES]:
        try:
            return socket.create_connection((address, port), timeout=min(_CONNECT_SECONDS, left()))
        except OSError as error:
            trouble = error
    raise trouble


def tls_context() -> ssl.SSLContext:
    return _context(settings.PORTAL_WEBHOOK_CA_FILE)


@lru_cache(maxsize=4)
def _context(cafile: str) -> ssl.SSLContext:
    """The system's authorities, and those of the file."""
    context = ssl.create_default_context()
    if cafile:
        context.load_verify_locations(cafile)
    return context
