"""Public addresses and the files they stand for. Pure.

Addresses are flat ("/thu-tuc/1.004222/"), but a folder of 20,000 entries would be written anew
with every change. On disk the flat folders are fanned out, by a rule that the embedded server
and deploy/nginx.conf apply alike:

    /thu-tuc/1.004222/…        thu-tuc/.22/2/1.004222/…        last two digits, then the third last
    /quyet-dinh/3218-qd-…/…    quyet-dinh/.32/3218-qd-…/…      first two characters
    /mau-don/0f3a…/don.docx    mau-don/.0f/0f3a…/don.docx      first two digits of the digest

An address that ends in a slash is the folder's index.html. No part of an address begins with a
dot, so the fan-out folders and the release's own record have no address.
"""

import re
from typing import Final

INDEX: Final = "index.html"
RECORD: Final = ".release.json"  # what the release knows of itself; not public
NOT_FOUND: Final = "/404/"
UNAVAILABLE: Final = "/503/"

# What the release alone answers for: a miss below one of these never reaches Django.
OWNED: Final = (
    "thu-tuc",
    "linh-vuc",
    "co-quan",
    "cap-thuc-hien",
    "loai-thu-tuc",
    "su-kien",
    "doi-tuong",
    "quyet-dinh",
    "da-bai-bo",
    "thay-doi",
    "mau-don",
    "gioi-thieu",
    "sitemap",
)

_CODE = re.compile(r"^((?:/[a-z]{2})?/thu-tuc)/(\d\.\d{3}(\d)(\d{2}))/(.*)$")
_DECISION = re.compile(r"^((?:/[a-z]{2})?/quyet-dinh)/(([^/]{2})[^/]*)/(.*)$")
# A form by the digest of its bytes; the name is what a browser saves it under.
_FORM = re.compile(
    r"^/mau-don/(([0-9a-f]{2})[0-9a-f]{62})/([a-z0-9-]+\.(?:pdf|docx?|xlsx?|odt|rtf))$"
)
_ERROR = re.compile(r"^(?:/[a-z]{2})?/(?:404|503)/$")
_LANGUAGE = re.compile(r"^/[a-z]{2}(?=/)")
_HIDDEN = re.compile(r"(?:^|/)\.")
_FILE = re.compile(r"\.(?:xml|json|txt)$")
# Too many to keep as files: any day, any two texts, a sheet to print, linked data.
_ASKED = re.compile(
    r"^(?:/[a-z]{2})?/thu-tuc/\d\.\d{6}/"
    r"(?:(?:\d{4}-\d{2}-\d{2}|ngay|so-sanh)/?|(?:\d{4}-\d{2}-\d{2}/)?(?:\d\.\d{6}\.pdf|index\.jsonld))$"
)
_OWNED = re.compile(rf"^(?:/[a-z]{{2}})?/(?:{'|'.join(OWNED)})(?:/|$)")


def file_of(address: str) -> str | None:
    """The path of an address's file below a release's root; None where no file can be.

    "/" gives "index.html", "/thu-tuc/1.004222/" gives "thu-tuc/.22/2/1.004222/index.html".
    """
    if not address.startswith("/") or _HIDDEN.search(address) or "//" in address:
        return None
    if form := _FORM.match(address):
        return f"mau-don/.{form[2]}/{form[1]}/{form[3]}"
    path = _CODE.sub(r"\1/.\4/\3/\2/\5", address)
    path = _DECISION.sub(r"\1/.\3/\2/\4", path)
    if path.endswith("/"):
        return path[1:] + INDEX
    return path[1:] if _FILE.search(path) else None


def form_at(digest: str, file_name: str) -> str:
    """The address of a form's file."""
    return f"/mau-don/{digest}/{file_name}"


def is_form(address: str) -> bool:
    return _FORM.match(address) is not None


def is_error_page(address: str) -> bool:
    """Whether a page is only ever said in place of another."""
    return _ERROR.match(address) is not None


def error_pages(page: str, address: str) -> tuple[str, ...]:
    """Where a page for an error at an address is looked for: first in the address's language."""
    language = _LANGUAGE.match(address)
    return (language[0] + page, page) if language else (page,)


def is_owned(address: str) -> bool:
    """Whether only the release can answer for an address: a miss there is a wrong address."""
    return _OWNED.match(address) is not None and _ASKED.match(address) is None
