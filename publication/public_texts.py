"""The public texts that exports are written from, read from listings and the event log alone."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from catalog.national_package import PackageKeys
from publication.exports.dcat import DataSet
from publication.exports.public_text import Portal, PublicText
from publication.models import Listing, PublicationEvent
from publication.querysets import ListingQuerySet

_COLUMNS: Final = (
    *("text", "state", "is_current", "valid_from", "in_force_at", "successors", "digest"),
    *("decision__number", "decision__signed_on", "decision__issuer_name"),
    *("decision__slug", "decision__title"),
)
_BATCH: Final = 100


def present_portal() -> Portal:
    return Portal(
        url=settings.PORTAL_URL,
        province=settings.PORTAL_PROVINCE,
        authority=settings.PORTAL_AUTHORITY,
        package_keys=PackageKeys(
            code=settings.PORTAL_PACKAGE_CODE_KEY, name=settings.PORTAL_PACKAGE_NAME_KEY
        ),
    )


def offered_texts() -> Iterator[PublicText]:
    """Every text that is offered now, by code; one query, and memory for a hundred of them."""
    listings = Listing.objects.current().offered().order_by("code")
    return map(_public, _rows(listings).iterator(chunk_size=_BATCH))


def current_text(code: str) -> PublicText | None:
    """What the public sees of a procedure now, also when it has ended."""
    row = _rows(Listing.objects.current().filter(code=code)).first()
    return _public(row) if row else None


def last_change() -> tuple[int, datetime | None]:
    """The number and the moment of the newest public change; 0 and none before the first."""
    newest = PublicationEvent.objects.order_by("-sequence").values_list("sequence", "occurred_at")
    return newest.first() or (0, None)


def present_data_set() -> DataSet:
    """What is told of the register as a whole, in four queries."""
    offered = Listing.objects.current().offered()
    public = Listing.objects.standing().filter(in_force_at__isnull=False)
    events = PublicationEvent.objects.order_by("sequence").values_list("occurred_at", flat=True)
    return DataSet(
        publisher=settings.PORTAL_DATA_PUBLISHER,
        licence=settings.PORTAL_DATA_LICENCE,
        procedures=offered.count(),
        first_on=public.order_by("valid_from").values_list("valid_from", flat=True).first(),
        first_at=events.first(),
        changed_at=last_change()[1],
    )


def _rows(listings: ListingQuerySet) -> Any:
    return listings.values(*_COLUMNS)


def _public(row: dict[str, Any]) -> PublicText:
    # What comes after a current text is not public yet.
    return PublicText.from_row({**row, "next_from": None})
