"""The embedded server of the public site: finished files before Django, and without the database.

Answers as deploy/nginx.conf does, byte for byte: same addresses, headers, encodings, redirects.
What the release does not have goes on to the application behind it.
"""

import os
from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from wsgiref.util import FileWrapper

from publication.site.addresses import (
    NOT_FOUND,
    UNAVAILABLE,
    error_pages,
    file_of,
    is_error_page,
    is_owned,
)
from publication.site.headers import OWN_WORDS
from publication.site.served_file import ServedFile, accepted_encodings, read_served

_Start = Callable[..., Any]
_Environ = dict[str, Any]
Application = Callable[[_Environ, _Start], Iterable[bytes]]

_STATIC = "/static/"
_REMEMBERED: Final = 20_000  # addresses of a release, in either encoding
# Django answers these in its own words, also when it finds nothing.
_OWN_ERRORS = ("/admin/", "/api/")


class ReleaseSite:
    """A WSGI application in front of another: the public release first, that one for the rest.

    The link to the release is read with every request, so a switch is seen at once; what is
    remembered of a file is remembered for its release.
    """

    def __init__(self, behind: Application, *, site: Path, collected: Path) -> None:
        self._behind = behind
        self._site, self._collected = site, collected
        self._current = str(site / "current")
        self._files: dict[tuple[str, str, tuple[str, ...]], ServedFile] = {}

    def __call__(self, environ: _Environ, start: _Start) -> Iterable[bytes]:
        address: str = environ.get("PATH_INFO") or "/"
        if address.startswith(_STATIC):
            found = self._static(address, environ)
        elif is_error_page(address):
            return self._not_found(environ, start)
        else:
            found = self._page(address, environ)
        if found:
            return _answer(found, environ, start)
        if folder := self._missing_slash(address, environ):
            return _redirect(folder, environ, start)
        if is_owned(address) or address.startswith(_STATIC):
            return self._not_found(environ, start)
        return self._ask_behind(address, environ, start)

    def _page(self, address: str, environ: _Environ) -> ServedFile | None:
        path = file_of(address)
        return self._file(self._root(), path, address, environ) if path else None

    def _static(self, address: str, environ: _Environ) -> ServedFile | None:
        path = address[1:]
        if "/." in address or address.endswith("/"):
            return None
        released = self._file(str(self._site), path, address, environ)
        below = address.removeprefix(_STATIC)
        return released or self._file(str(self._collected), below, address, environ)

    def _root(self) -> str:
        try:
            return os.path.join(self._site, os.readlink(self._current))
        except OSError:
            return ""

    def _file(self, root: str, path: str, address: str, environ: _Environ) -> ServedFile | None:
        if not root:
            return None
        accepted = accepted_encodings(environ.get("HTTP_ACCEPT_ENCODING", ""))
        key = (root, path, accepted)
        if key not in self._files:
            found = read_served(root, path, address=address, accepted=accepted)
            if found is None:
                return None  # strangers' addresses are not remembered
            if len(self._files) >= _REMEMBERED:
                self._files.clear()
            self._files[key] = found
        return self._files[key]

    def _missing_slash(self, address: str, environ: _Environ) -> str:
        if address.endswith("/") or address.startswith(_STATIC):
            return ""
        return f"{address}/" if self._page(f"{address}/", environ) else ""

    def _not_found(self, environ: _Environ, start: _Start) -> Iterable[bytes]:
        return self._error(HTTPStatus.NOT_FOUND, NOT_FOUND, environ, start)

    def _error(
        self, status: HTTPStatus, page: str, environ: _Environ, start: _Start
    ) -> Iterable[bytes]:
        """The release's page for an error, at whatever address it happened."""
        address: str = environ.get("PATH_INFO") or "/"
        found = next(
            filter(None, (self._page(it, environ) for it in error_pages(page, address))), None
        )
        if found is None:
            start(f"{status.value} {status.phrase}", [("Content-Type", "text/plain")])
            return [b"%d\n" % status.value]
        line, headers, body = found.as_error(status, environ["REQUEST_METHOD"])
        start(line, headers)
        return _body(body, environ)

    def _ask_behind(self, address: str, environ: _Environ, start: _Start) -> Iterable[bytes]:
        """Ask the application; its plain "no such page" and "failed" the release says better."""
        if address.startswith(_OWN_ERRORS) or environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self._behind(environ, start)
        begun: list[tuple[Any, ...]] = []
        body = self._behind(environ, lambda *args: begun.append(args))
        if begun and (page := _better_said(*begun[0][:2])) and self._root():
            if hasattr(body, "close"):
                body.close()
            status = HTTPStatus(int(begun[0][0][:3]))
            return self._error(status, page, environ, start)
        for args in begun:
            start(*args)
        return body


def _better_said(status: str, headers: list[tuple[str, str]]) -> str:
    """The release's page for an answer of the application that explains nothing itself."""
    if status.startswith("500"):
        return UNAVAILABLE
    explains = any(name == OWN_WORDS for name, _value in headers)
    return NOT_FOUND if status.startswith("404") and not explains else ""


def _answer(found: ServedFile, environ: _Environ, start: _Start) -> Iterable[bytes]:
    status, headers, body = found.answer(environ)
    start(status, headers)
    return _body(body, environ)


def _body(body: Any, environ: _Environ) -> Iterable[bytes]:
    return environ.get("wsgi.file_wrapper", FileWrapper)(body) if body else []


def _redirect(folder: str, environ: _Environ, start: _Start) -> Iterable[bytes]:
    query = environ.get("QUERY_STRING", "")
    start("301 Moved Permanently", [("Location", folder + (f"?{query}" if query else ""))])
    return []
