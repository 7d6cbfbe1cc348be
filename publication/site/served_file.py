"""One finished file as an HTTP answer: conditional requests, ranges, the form a client accepts."""

import os
import re
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from whitenoise.responders import Response, StaticFile

from publication.site.addresses import is_form
from publication.site.compressed import ENCODINGS
from publication.site.headers import ASSET, COLLECTED, FORM, PAGE, SECURITY, content_type

_HASHED = re.compile(r"\.[0-9a-f]{12}\.[a-z0-9]+$")
_ABOUT_BODY = {"content-type", "content-length", "content-encoding", "accept-ranges"}

_OF_A_WHOLE = {"Last-Modified", "Accept-Ranges"}

_Answer = tuple[str, list[tuple[str, str]], Any]


class ServedFile(StaticFile):
    """WhiteNoise's answers, with what it leaves out: lists of ETags, If-Range, ranges of a byte."""

    def answer(self, environ: dict[str, Any]) -> _Answer:
        """Status line, headers and body (a file to close, or None) for a request."""
        response = self.get_response(environ["REQUEST_METHOD"], environ)
        return _wire(response)

    def as_error(self, status: HTTPStatus, method: str) -> _Answer:
        """The same file told as an error: whole and unconditional."""
        path, headers = self.alternatives[0][1:]
        body = open(path, "rb") if method != "HEAD" else None  # noqa: SIM115  the server closes it
        kept = [(name, value) for name, value in headers if name not in _OF_A_WHOLE]
        return _wire(Response(status, kept, body))

    def get_response(self, method: str, request_headers: dict[str, Any]) -> Response:
        if "HTTP_RANGE" in request_headers and not self._may_resume(request_headers):
            request_headers = {k: v for k, v in request_headers.items() if k != "HTTP_RANGE"}
        return super().get_response(method, request_headers)

    def is_not_modified(self, request_headers: dict[str, Any]) -> bool:
        tags = request_headers.get("HTTP_IF_NONE_MATCH")
        if tags is None:
            return bool(super().is_not_modified(request_headers))
        seen = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in seen or self.etag in seen

    def get_range_response(
        self, range_header: str, base_headers: Any, file_handle: Any
    ) -> Response:
        size = int(dict(base_headers)["Content-Length"])
        base_headers = [it for it in base_headers if it[0] != "Accept-Ranges"]
        start, end = self.get_byte_range(range_header, size)
        if start == end < size:
            return self._one_byte(start, size, base_headers, file_handle)
        return super().get_range_response(range_header, base_headers, file_handle)

    def _one_byte(self, at: int, size: int, headers: Any, handle: Any) -> Response:
        """The library takes a range of a single byte for an empty one."""
        from whitenoise.responders import SlicedFile

        kept = [(name, value) for name, value in headers if name != "Content-Length"]
        kept += [("Content-Range", f"bytes {at}-{at}/{size}"), ("Content-Length", "1")]
        body = SlicedFile(handle, at, at) if handle is not None else None
        return Response(HTTPStatus.PARTIAL_CONTENT, kept, body)

    def _may_resume(self, request_headers: dict[str, Any]) -> bool:
        """A part is only good of the plain form, and beside parts of the same text (If-Range)."""
        if self._is_encoded:
            return False
        known = request_headers.get("HTTP_IF_RANGE")
        return known is None or known in {self.etag, self._modified}

    def get_headers(self, headers_list: Any, files: Any) -> Any:
        headers = super().get_headers(headers_list, files)
        self._modified = headers["Last-Modified"]
        self._is_encoded = "Content-Encoding" in headers
        return headers

    @staticmethod
    def get_not_modified_response(headers: Any) -> Response:
        kept = [(name, value) for name, value in headers.items() if name.lower() not in _ABOUT_BODY]
        return Response(HTTPStatus.NOT_MODIFIED, kept, None)


def read_served(
    root: str, path: str, *, address: str, accepted: tuple[str, ...]
) -> ServedFile | None:
    """The file below a root in the first form the client accepts; None when there is none."""
    plain = os.path.join(root, path)
    forms = {name: plain + suffix for name, suffix in ENCODINGS.items() if _is_file(plain + suffix)}
    if not _is_file(plain):
        return None
    encoding = next((name for name in forms if name in accepted), "")
    headers = [
        ("Content-Type", content_type(path)),
        ("Cache-Control", _cache(address)),
        ("ETag", _etag(forms.get(encoding, plain))),
        *SECURITY,
        *(FORM if is_form(address) else ()),
    ]
    if forms:
        headers.append(("Vary", "Accept-Encoding"))
    # Parts are given of the plain file only: a part of a compressed form is of no use.
    headers.append(("Content-Encoding", encoding) if encoding else ("Accept-Ranges", "bytes"))
    return ServedFile(forms.get(encoding, plain), headers)


@lru_cache(maxsize=256)
def accepted_encodings(header: str) -> tuple[str, ...]:
    """The encodings of ours that an Accept-Encoding header takes."""
    return tuple(encoding for encoding in ENCODINGS if _accepts(header, encoding))


def _cache(address: str) -> str:
    if is_form(address):
        return ASSET
    if not address.startswith("/static/"):
        return PAGE
    return ASSET if _HASHED.search(address) else COLLECTED


def _accepts(accepted: str, encoding: str) -> bool:
    """Whether Accept-Encoding names an encoding without refusing it (q=0)."""
    for part in accepted.split(","):
        name, _, quality = part.partition(";")
        if name.strip().lower() == encoding:
            return not re.fullmatch(r"\s*q=0(\.0*)?\s*", quality)
    return False


def _etag(path: str) -> str:
    """As nginx makes it: time and size. Releases never give one time twice."""
    facts = os.stat(path)
    return f'"{int(facts.st_mtime):x}-{facts.st_size:x}"'


def _is_file(path: str) -> bool:
    return os.path.isfile(path)


def _wire(response: Response) -> _Answer:
    status = HTTPStatus(response.status)
    return f"{status.value} {status.phrase}", list(response.headers), response.file
