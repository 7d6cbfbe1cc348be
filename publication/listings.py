"""Listings: made by a decision, brought into force on their day.

What holds on a day follows from `valid_from` alone. `is_current` is moved here only, together
with the events that tell the public. All work is set-based: a decision of 100 items costs the
same number of queries as one of 3.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from catalog.vietnamese import sort_key
from publication.announced_text import AnnouncedText, read_text
from publication.enums import EventKind, ListingOrigin, ListingState
from publication.events import append_events, hold_log
from publication.models import AnnouncementDecision, AnnouncementItem, Listing, ListingShelf
from publication.summary import listing_row

SORT_KEY_LENGTH = 400
_BATCH = 500

Change = tuple[EventKind, Listing]


@dataclass(frozen=True)
class ListingDraft:
    """What a decision says of one procedure, before it is a row."""

    procedure_id: int
    text: AnnouncedText
    state: ListingState
    item: AnnouncementItem | None = None
    origin: ListingOrigin = ListingOrigin.ITEM
    change_note: str = ""
    successors: Sequence[str] = ()


def make_listings(
    drafts: Sequence[ListingDraft],
    *,
    decision: AnnouncementDecision,
    valid_from: date,
    now: datetime,
) -> list[Listing]:
    """Write one listing a draft; a listing of the same procedure and day is set aside by name."""
    rivals = {
        rival.procedure_id: rival
        for rival in Listing.objects.standing()
        .filter(
            procedure_id__in=[draft.procedure_id for draft in drafts],
            valid_from=valid_from,
        )
        .select_related("decision")
    }
    rows = [
        # A newcomer stands in line behind its rival until the rival has stepped back.
        _row(draft, decision, valid_from, rivals.get(draft.procedure_id))
        for draft in drafts
    ]
    listings = Listing.objects.bulk_create(rows, batch_size=_BATCH)
    _put_on_shelves(zip(listings, (draft.text for draft in drafts), strict=True))
    _set_rivals_aside([row for row in listings if row.set_aside_by_id], now=now)
    return listings


def bring_into_force(*, on: date, now: datetime) -> list[Listing]:
    """Make every listing whose day has come public, oldest first; a second run changes nothing.

    `on` is the day in the province, `now` the moment written in the log.
    """
    with transaction.atomic():
        if not Listing.objects.due(on=on).exists():
            return []
        hold_log()
        due = Listing.objects.due(on=on).select_related("decision").select_for_update(of=("self",))
        listings = list(due.order_by("valid_from", "pk"))
        if listings:
            _take_effect(listings, now=now)
        return listings


def last_offered_texts(procedure_ids: Iterable[int], *, on: date) -> dict[int, AnnouncedText]:
    """By procedure, the text that was offered last before or on a day, where there was one."""
    rows = (
        Listing.objects.offered()
        .standing()
        .filter(procedure_id__in=list(procedure_ids), valid_from__lte=on)
        .order_by("valid_from")
        .values_list("procedure_id", "text")
    )
    return {procedure_id: read_text(text) for procedure_id, text in dict(rows).items()}


def offered_procedures(procedure_ids: Iterable[int], *, on: date) -> set[int]:
    """Which of the procedures have a text that is valid on a day."""
    rows = Listing.objects.valid(on=on).offered().filter(procedure_id__in=list(procedure_ids))
    return set(rows.values_list("procedure_id", flat=True))


@dataclass
class _Turn:
    """The public view while listings take effect one after another, and what changed in it."""

    current: dict[int, Listing]
    shown_before: frozenset[int]
    changes: list[Change] = field(default_factory=list)

    def take(self, listing: Listing) -> None:
        before = self.current.get(listing.procedure_id)
        if before and before.valid_from > listing.valid_from:
            # Entered after the fact: a later text is public, so this one is history at once.
            self.changes.append((EventKind.LISTING_SUPERSEDED, listing))
            return
        if before:
            self.changes.append((EventKind.LISTING_SUPERSEDED, before))
        self.current[listing.procedure_id] = listing
        self.changes.append((_beginning(listing), listing))


def _beginning(listing: Listing) -> EventKind:
    """What the public is told when a listing becomes what it sees."""
    if listing.state == ListingState.ABOLISHED:
        return EventKind.LISTING_ABOLISHED
    corrects = listing.decision.corrects_id is not None
    return EventKind.LISTING_CORRECTED if corrects else EventKind.LISTING_PUBLISHED


def _take_effect(listings: list[Listing], *, now: datetime) -> None:
    shown = Listing.objects.current().select_related("decision")
    shown = shown.filter(procedure_id__in={listing.procedure_id for listing in listings})
    before = {listing.procedure_id: listing for listing in shown}
    turn = _Turn(dict(before), frozenset(row.pk for row in before.values()))
    for listing in listings:
        turn.take(listing)
    after = {listing.pk for listing in turn.current.values()}
    Listing.objects.filter(pk__in=[row.pk for row in listings]).update(in_force_at=now)
    _hide(turn.shown_before - after)
    _show(after - turn.shown_before)
    append_events(turn.changes, now=now)


def _hide(listing_ids: Iterable[int]) -> None:
    ids = list(listing_ids)
    Listing.objects.filter(pk__in=ids).update(is_current=False)
    ListingShelf.objects.filter(listing_id__in=ids).update(is_current=False)


def _show(listing_ids: Iterable[int]) -> None:
    ids = list(listing_ids)
    Listing.objects.filter(pk__in=ids).update(is_current=True)
    ListingShelf.objects.filter(listing_id__in=ids, listing__state=ListingState.OFFERED).update(
        is_current=True
    )


def _set_rivals_aside(newcomers: list[Listing], *, now: datetime) -> None:
    """Two decisions for one procedure and day are rare, so these go one by one."""
    for newcomer in newcomers:
        rival = newcomer.set_aside_by
        assert rival is not None, "only newcomers with a rival stand in line"
        was_public = rival.in_force_at is not None
        _hide([rival.pk])
        Listing.objects.filter(pk=rival.pk).update(set_aside_by=newcomer)
        Listing.objects.filter(pk=newcomer.pk).update(set_aside_by=None)
        if was_public:
            append_events([(EventKind.LISTING_SET_ASIDE, rival)], now=now)


def _row(
    draft: ListingDraft,
    decision: AnnouncementDecision,
    valid_from: date,
    rival: Listing | None,
) -> Listing:
    text = draft.text
    listing = Listing(
        decision=decision,
        procedure_id=draft.procedure_id,
        item=draft.item,
        origin=draft.origin,
        state=draft.state,
        valid_from=valid_from,
        set_aside_by=rival,
        code=text.code,
        name=text.name,
        sort_key=sort_key(text.name)[:SORT_KEY_LENGTH],
        kind=text.kind,
        online_level=text.online_level,
        text=text.to_json(),
        digest=text.digest,
        change_note=draft.change_note,
        successors=list(draft.successors),
    )
    listing.row = listing_row(listing)
    return listing


def _put_on_shelves(pairs: Iterable[tuple[Listing, AnnouncedText]]) -> None:
    rows = [
        ListingShelf(
            listing=listing, shelf=shelf, key=key, sort_key=listing.sort_key, code=listing.code
        )
        for listing, text in pairs
        for shelf, key in sorted(text.shelves())
    ]
    ListingShelf.objects.bulk_create(rows, batch_size=_BATCH)
