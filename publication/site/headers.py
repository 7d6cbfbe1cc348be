"""What every answer from a release carries. deploy/nginx/headers.conf says the same. Pure."""

from typing import Final

from catalog.form_kinds import MEDIA_TYPES

PAGE: Final = "public, max-age=60"
ASSET: Final = "public, max-age=31536000, immutable"
# A form is saved and never shown: it comes from outside, and its name is in its address.
FORM: Final = (("Content-Disposition", "attachment"),)
COLLECTED: Final = "public, max-age=3600"
# On an answer 404 that explains itself: the page for wrong addresses does not take its place.
OWN_WORDS: Final = "X-Portal-Own-Words"

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
SECURITY: Final = (
    ("Content-Security-Policy", _POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)

_TYPES: Final = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "xml": "application/xml",
    "txt": "text/plain; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    **{kind.value: media_type for kind, media_type in MEDIA_TYPES.items()},
}


def content_type(path: str) -> str:
    if path.endswith("atom.xml"):
        return "application/atom+xml"
    return _TYPES.get(path.rpartition(".")[2], "application/octet-stream")
