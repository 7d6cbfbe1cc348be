"""Which subscriptions a stretch of the event log is news to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from publication.enums import BEGINNINGS, EventKind, SubscriptionKind
from publication.models import Listing, ListingShelf, PublicationEvent, Subscription

Target = tuple[str, str]  # kind and key of a subscription
_SHELVES = (SubscriptionKind.FIELD.value, SubscriptionKind.AGENCY.value)


@dataclass(frozen=True)
class _Event:
    sequence: int
    kind: str
    listing_id: int
    code: str


def news_between(after: int, upto: int) -> dict[int, set[int]]:
    """By subscriber, the events in (after, upto] that they asked to hear of and confirmed before.

    Seven queries at most, however many events and subscribers.
    """
    events = _read(after, upto)
    targets = _targets(events)
    found: dict[int, set[int]] = defaultdict(set)
    for subscriber_id, kind, key, since in _wishes(targets):
        found[subscriber_id] |= {number for number in targets[kind, key] if number > since}
    return {subscriber_id: numbers for subscriber_id, numbers in found.items() if numbers}


def _read(after: int, upto: int) -> list[_Event]:
    rows = PublicationEvent.objects.filter(
        sequence__gt=after, sequence__lte=upto, kind__in=[*BEGINNINGS, EventKind.LISTING_SUPERSEDED]
    )
    values = rows.order_by("sequence").values_list("sequence", "kind", "listing_id", "code")
    return [_Event(*row) for row in values]


def _targets(events: list[_Event]) -> dict[Target, set[int]]:
    """What begins is news to its lists and its code; what ends, to the lists it has left."""
    ends = [event for event in events if event.kind == EventKind.LISTING_SUPERSEDED]
    begun = [event for event in events if event.kind != EventKind.LISTING_SUPERSEDED]
    shelves = _shelves_of(event.listing_id for event in events)
    found: dict[Target, set[int]] = defaultdict(set)
    for event in begun:
        found[SubscriptionKind.PROCEDURE.value, event.code].add(event.sequence)
        for target in shelves[event.listing_id]:
            found[target].add(event.sequence)
    if ends:
        were_public, stays = _were_public(ends), _current_shelves(ends)
        for event in ends:
            left = shelves[event.listing_id] - stays[event.code]
            for target in left if event.listing_id in were_public else ():
                found[target].add(event.sequence)
    return found


def _shelves_of(listing_ids: Iterable[int]) -> dict[int, set[Target]]:
    found: dict[int, set[Target]] = defaultdict(set)
    rows = ListingShelf.objects.filter(listing__in=list(listing_ids), shelf__in=_SHELVES)
    for listing_id, shelf, key in rows.values_list("listing_id", "shelf", "key"):
        found[listing_id].add((shelf, key))
    return found


def _were_public(ends: list[_Event]) -> set[int]:
    """Texts entered after the fact were superseded without ever being shown."""
    begun = PublicationEvent.objects.filter(
        listing__in=[event.listing_id for event in ends], kind__in=BEGINNINGS
    )
    return set(begun.values_list("listing_id", flat=True))


def _current_shelves(ends: list[_Event]) -> dict[str, set[Target]]:
    current = dict(
        Listing.objects.current()
        .filter(code__in={event.code for event in ends})
        .values_list("pk", "code")
    )
    found: dict[str, set[Target]] = defaultdict(set)
    for listing_id, targets in _shelves_of(current).items():
        found[current[listing_id]] |= targets
    return found


def _wishes(targets: dict[Target, set[int]]) -> Iterable[tuple[int, str, str, int]]:
    keys: dict[str, list[str]] = defaultdict(list)
    for kind, key in targets:
        keys[kind].append(key)
    asked = Q(pk__in=[])
    for kind, named in keys.items():
        asked |= Q(kind=kind, key__in=named)
    rows = Subscription.objects.filter(asked, confirmed_at__isnull=False)
    return rows.values_list("subscriber_id", "kind", "key", "after_sequence")
