"""Listings: made by a decision, brought into force on their day.

What holds on a day follows from `valid_from` alone. `is_current` is moved here only, together
with the event that tells the public.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from catalog.vietnamese import sort_key
from publication.announced_text import AnnouncedText, read_text
from publication.enums import EventKind, ListingState
from publication.events import append_event
from publication.models import AnnouncementDecision, AnnouncementItem, Listing, ListingShelf

_SORT_KEY_LENGTH = 400


def make_listing(
    *,
    decision: AnnouncementDecision,
    procedure_id: int,
    text: AnnouncedText,
    state: ListingState,
    valid_from: date,
    item: AnnouncementItem | None = None,
    change_note: str = "",
    successors: Sequence[str] = (),
) -> Listing:
    """Write one listing; a listing of the same procedure and day is set aside by name."""
    rival = Listing.objects.filter(
        procedure_id=procedure_id, valid_from=valid_from, set_aside_by=None
    ).first()
    listing = Listing.objects.create(
        decision=decision,
        procedure_id=procedure_id,
        item=item,
        state=state,
        valid_from=valid_from,
        set_aside_by=rival,  # stands in line until the rival has stepped back
        code=text.code,
        name=text.name,
        sort_key=sort_key(text.name)[:_SORT_KEY_LENGTH],
        kind=text.kind,
        online_level=text.online_level,
        text=text.to_json(),
        digest=text.digest,
        change_note=change_note,
        successors=list(successors),
    )
    if rival:
        _set_aside(rival, by=listing)
    _put_on_shelves(listing, text)
    return listing


def bring_into_force(*, on: date, now: datetime) -> list[Listing]:
    """Make every listing whose day has come public, oldest first; a second run changes nothing.

    `on` is the day in the province, `now` the moment written in the log.
    """
    with transaction.atomic():
        due = Listing.objects.due(on=on).select_related("decision").select_for_update(of=("self",))
        listings = list(due.order_by("valid_from", "pk"))
        for listing in listings:
            _take_effect(listing, now=now)
        return listings


def last_offered_text(procedure_id: int, *, on: date) -> AnnouncedText | None:
    """The text that was offered last before or on a day, None when there never was one."""
    listing = (
        Listing.objects.offered()
        .filter(procedure_id=procedure_id, set_aside_by=None, valid_from__lte=on)
        .order_by("-valid_from")
        .first()
    )
    return read_text(listing.text) if listing else None


def is_offered(procedure_id: int, *, on: date) -> bool:
    """Whether a text of the procedure is valid on a day."""
    return Listing.objects.valid(on=on).offered().filter(procedure_id=procedure_id).exists()


def _take_effect(listing: Listing, *, now: datetime) -> None:
    before = Listing.objects.current().filter(procedure_id=listing.procedure_id).first()
    listing.in_force_at = now
    if before and before.valid_from > listing.valid_from:
        # Entered after the fact: a later text is public already, so this one is history at once.
        listing.save(update_fields=["in_force_at"])
        append_event(kind=EventKind.LISTING_SUPERSEDED, listing=listing, now=now)
        return
    if before:
        _withdraw_from_view(before)
        append_event(kind=EventKind.LISTING_SUPERSEDED, listing=before, now=now)
    listing.is_current = True
    listing.save(update_fields=["in_force_at", "is_current"])
    listing.shelves.update(is_current=listing.state == ListingState.OFFERED)
    append_event(kind=_KINDS[ListingState(listing.state)], listing=listing, now=now)


_KINDS = {
    ListingState.OFFERED: EventKind.LISTING_PUBLISHED,
    ListingState.ABOLISHED: EventKind.LISTING_ABOLISHED,
}


def _set_aside(rival: Listing, *, by: Listing) -> None:
    was_public = rival.in_force_at is not None
    _withdraw_from_view(rival)
    rival.set_aside_by = by
    rival.save(update_fields=["set_aside_by"])
    by.set_aside_by = None
    by.save(update_fields=["set_aside_by"])
    if was_public:
        append_event(kind=EventKind.LISTING_SET_ASIDE, listing=rival, now=by.created_at)


def _withdraw_from_view(listing: Listing) -> None:
    listing.is_current = False
    listing.save(update_fields=["is_current"])
    listing.shelves.update(is_current=False)


def _put_on_shelves(listing: Listing, text: AnnouncedText) -> None:
    ListingShelf.objects.bulk_create(_shelf_rows(listing, text.shelves()))


def _shelf_rows(listing: Listing, places: Iterable[tuple[str, str]]) -> list[ListingShelf]:
    return [
        ListingShelf(
            listing=listing, shelf=shelf, key=key, sort_key=listing.sort_key, code=listing.code
        )
        for shelf, key in sorted(places)
    ]
