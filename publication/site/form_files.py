"""The files of forms in a release: which there are, and where their bytes come from.

An address is /mau-don/<digest>/<file name>: it can only ever mean one file, so it may be cached
for good, and a release shares its bytes with the store of uploads and with all other releases.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from catalog.form_store import place
from publication.models import FrozenForm, Listing
from publication.site.addresses import file_of, form_at


class FormMissing(Exception):
    """A file that public texts name and that is nowhere to be found; the message says which."""


def form_address(form: Any) -> str:
    """The address of a form's file, of an entry of `form_files` as stored or typed."""
    facts = form if isinstance(form, dict) else form.model_dump()
    return form_at(facts["sha256"], facts["file_name"])


def form_links(text: dict[str, Any]) -> list[dict[str, Any]]:
    """What machines are told of a public text's forms."""
    return [
        {
            "name": form["form"],
            "file_name": form["file_name"],
            "url": settings.PORTAL_URL + form_address(form),
            "size": form["size"],
            "media_type": form["media_type"],
            "sha256": form["sha256"],
        }
        for form in text.get("form_files", ())
    ]


def shown_forms(codes: Iterable[str] | None = None) -> set[str]:
    """The addresses that public texts name, of every version with a page."""
    listings = Listing.objects.standing().filter(in_force_at__isnull=False)
    if codes is not None:
        listings = listings.filter(procedure__code__in=list(codes))
    return set(_addresses(listings))


def ended_forms(codes: Iterable[str]) -> set[str]:
    """What texts of these codes once named, and no text with a page does now.

    A text loses its page when another takes its place on the same day. The same file may stand in
    a text of another procedure.
    """
    ever = Listing.objects.filter(in_force_at__isnull=False, procedure__code__in=list(codes))
    lost = set(_addresses(ever)) - shown_forms(codes)
    if not lost:
        return lost
    digests = {address.split("/")[2] for address in lost}
    sharing = FrozenForm.objects.filter(form_file__sha256__in=digests)
    return lost - shown_forms(sharing.values_list("item__procedure__code", flat=True).distinct())


def put_form(address: str, target: Path, *, served: Path) -> None:
    """Put the file of an address in its place. Raises FormMissing.

    What the served release has is linked to; what is new comes from the store of uploads, which
    may lie on another disk. Either is taken only with the very bytes that were announced.
    """
    digest = address.split("/")[2]
    sources = (served / (file_of(address) or ""), place(digest))
    source = next((it for it in sources if _holds(it, digest)), None)
    if source is None:
        raise FormMissing(f"Thiếu hoặc hỏng tệp mẫu đơn {place(digest)} ({address})")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _holds(path: Path, digest: str) -> bool:
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest() == digest
    except OSError:
        return False


def _addresses(listings: QuerySet[Listing]) -> Iterator[str]:
    # `facts` is the text without its long part.
    for forms in listings.order_by().values_list("facts__form_files", flat=True):
        yield from (form_address(form) for form in forms or ())
