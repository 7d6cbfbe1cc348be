"""Public assets under names that carry their content, so that they may be cached for ever.

A changed file gets a new name, and with it every page that links to it. Needs no build step and
no `collectstatic`: pages can be rendered before the assets are put in place.
"""

import hashlib
import posixpath
import re
from functools import cache

from django.conf import settings

_SOURCE = settings.BASE_DIR / "static" / "portal"
_FOLDER = "static/portal"
# One file for a first visit instead of three; the design system's layers must come first.
_STYLES = "portal.css"
_STYLE_PARTS = ("vendor/theme.css", "vendor/designsystemet.css", "site.css")
# One instead of two: over HTTP/1.1 a seventh file waits until one of six connections is free.
_SCRIPT = "portal.js"
_SCRIPT_PARTS = ("portal.js", "suggest.js")
_SERVED = {".css", ".js", ".svg", ".woff2", ".png", ".ico"}

_URL = re.compile(rb"url\((?!['\"]?data:)['\"]?([^)'\"]+)['\"]?\)")
_COMMENT = re.compile(rb"/\*.*?\*/", re.DOTALL)
_BLANK = re.compile(rb"\n\s*")


def asset_url(name: str) -> str:
    """The address of an asset by its name under static/portal: "/static/portal/mark.<hash>.svg".

    Raises KeyError when there is no such asset.
    """
    return "/" + _names()[name]


@cache
def assets() -> dict[str, bytes]:
    """Every asset as {path under the site's root: bytes}; paths never change their content."""
    names = _names()
    return {names[name]: content for name, content in _contents().items()}


@cache
def _names() -> dict[str, str]:
    return {name: _hashed(name, content) for name, content in _contents().items()}


@cache
def _contents() -> dict[str, bytes]:
    """Asset names and contents; styles last, because their addresses name other assets."""
    files = {
        path.relative_to(_SOURCE).as_posix(): path.read_bytes()
        for path in sorted(_SOURCE.rglob("*"))
        if path.suffix in _SERVED and path.suffix != ".css"
    }
    files[_SCRIPT] = b"\n".join(files.pop(name) for name in _SCRIPT_PARTS)
    return files | {_STYLES: _joined_styles(files)}


def _joined_styles(files: dict[str, bytes]) -> bytes:
    parts = [_with_addresses(name, (_SOURCE / name).read_bytes(), files) for name in _STYLE_PARTS]
    css = b"\n".join(part.removeprefix(b'@charset "UTF-8";') for part in parts)
    return b'@charset "UTF-8";' + _BLANK.sub(b"\n", _COMMENT.sub(b"", css))


def _with_addresses(style: str, css: bytes, files: dict[str, bytes]) -> bytes:
    def address(match: re.Match[bytes]) -> bytes:
        name = posixpath.normpath(posixpath.join(posixpath.dirname(style), match.group(1).decode()))
        return f"url(/{_hashed(name, files[name])})".encode()

    return _URL.sub(address, css)


def _hashed(name: str, content: bytes) -> str:
    stem, suffix = posixpath.splitext(posixpath.basename(name))
    return f"{_FOLDER}/{stem}.{hashlib.sha256(content).hexdigest()[:12]}{suffix}"
