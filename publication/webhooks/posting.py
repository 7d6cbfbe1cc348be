"""One request of ours and what came of it: bounded in time, in what is read, in where it goes."""

import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from http.client import HTTPException

from django.utils.translation import override

from publication.webhooks.addresses import AddressRefused, read_target
from publication.webhooks.line import CheckedConnection, time_left

_READ = 4096  # bytes of an answer's body
_SHOWN = 200  # characters of it that staff read


@dataclass(frozen=True)
class Answer:
    """`status` is None when there was no answer; `error` is "" when the message was taken."""

    status: int | None
    error: str
    milliseconds: int = 0
    retry_after: str = ""

    @property
    def is_taken(self) -> bool:
        return self.status is not None and not self.error


@override("vi")  # it is kept beside the message, whoever has it sent
def post(url: str, *, headers: Mapping[str, str], body: bytes, seconds: float) -> Answer:
    """Send it once; redirects are not followed. Never raises for what the other side does."""
    began = time.monotonic()
    try:
        answer = _exchange(url, headers, body, seconds)
    except (AddressRefused, OSError, HTTPException, UnicodeError) as trouble:
        answer = Answer(None, _words(trouble, seconds))
    return replace(answer, milliseconds=round((time.monotonic() - began) * 1000))


def _exchange(url: str, headers: Mapping[str, str], body: bytes, seconds: float) -> Answer:
    target = read_target(url)
    connection = CheckedConnection(target, time_left(seconds))
    try:
        connection.request("POST", target.path, body, {**headers, "Connection": "close"})
        answer = connection.getresponse()
        said = b""
        # The status says it all; a body that breaks off changes nothing.
        with suppress(OSError, HTTPException):
            said = answer.read(_READ)
    finally:
        connection.hang_up()
    error = "" if 200 <= answer.status < 300 else _refusal(answer.status, said)
    return Answer(answer.status, error, retry_after=answer.headers.get("Retry-After", ""))


def _words(trouble: Exception, seconds: float) -> str:
    """Why there was no answer."""
    match trouble:
        case AddressRefused():
            return str(trouble)
        case TimeoutError():
            return f"Không trả lời xong trong {seconds:g} giây."
        case ssl.SSLCertVerificationError():
            return f"Chứng thư của máy chủ không hợp lệ: {trouble.verify_message}"
        case socket.gaierror():
            return "Không tìm thấy tên máy của địa chỉ nhận."
        case ConnectionRefusedError():
            return "Máy nhận từ chối kết nối."
    return f"Không gửi được: {type(trouble).__name__}: {trouble}"


def _refusal(status: int, said: bytes) -> str:
    if 300 <= status < 400:
        return f"Trả lời {status}: chuyển hướng không được theo, hãy sửa địa chỉ nhận."
    text = "".join(sign for sign in said.decode(errors="replace") if sign.isprintable())
    return f"Trả lời {status}: {text[:_SHOWN]}" if text else f"Trả lời {status}."
