"""The event log: numbering without gaps, the digest chain, and its verification."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, OuterRef, Subquery
from django.utils.timezone import localdate

from catalog.canonical import digest
from publication.enums import EventKind
from publication.models import DailyHead, EventHead, Listing, PublicationEvent

FIRST_DIGEST = "0" * 64


@dataclass(frozen=True)
class ChainFault:
    """One broken link: at which sequence, and what is wrong."""

    sequence: int
    problem: str


def hold_log() -> EventHead:
    """Lock the end of the log until the transaction ends: acts that change what is public go one
    after another, so each is decided on what the one before has left.

    It is locked before any listing is, by whoever needs both; else two acts could wait for each
    other.
    """
    EventHead.objects.get_or_create(id=1)
    return EventHead.objects.select_for_update().get(id=1)


def append_events(changes: Sequence[tuple[EventKind, Listing]], *, now: datetime) -> None:
    """Append events in the given order, inside the caller's transaction.

    The head row stays locked until that transaction ends, so that events become visible in the
    order of their numbers and a reader at n can never miss n-1.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is appended in the transaction of the change it tells of")
    head = hold_log()
    events = []
    for kind, listing in changes:
        event = _next_event(head, kind=kind, listing=listing, now=now)
        head.sequence, head.digest = event.sequence, event.digest
        events.append(event)
    PublicationEvent.objects.bulk_create(events, batch_size=500)
    head.save(update_fields=["sequence", "digest"])
    if events:
        _note_day(head, now=now)


def _note_day(head: EventHead, *, now: datetime) -> None:
    """The head is the last link of its day. Of two acts around midnight the one that began first
    may be written last: then its events belong to the later day, so that a day once over stays."""
    last = DailyHead.objects.aggregate(last=Max("day"))["last"]
    day = max(localdate(now), last) if last else localdate(now)
    DailyHead.objects.bulk_create(
        [DailyHead(day=day, sequence=head.sequence, digest=head.digest)],
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["sequence", "digest"],
    )


def event_digest(event: PublicationEvent) -> str:
    """SHA-256 over the canonical JSON of everything the event says, the link before included."""
    return digest(
        {
            "sequence": event.sequence,
            "kind": str(event.kind),
            "code": event.code,
            "occurred_at": moment_text(event.occurred_at),
            "payload": event.payload,
            "previous": event.previous_digest,
        }
    )


def moment_text(moment: datetime) -> str:
    """The one spelling of a moment that digests are taken over."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def verify_chain() -> Iterator[ChainFault]:
    """Every fault of the log from its first event to its head; nothing when it is whole.

    Also compares each listing's text with the digest its event told the public.
    """
    sequence, link = 0, FIRST_DIGEST
    events = PublicationEvent.objects.select_related("listing").order_by("sequence")
    for event in events.iterator(chunk_size=500):
        yield from _faults_of(event, after=sequence, link=link)
        sequence, link = event.sequence, event.digest
    head = EventHead.objects.filter(id=1).first() or EventHead(sequence=0, digest=FIRST_DIGEST)
    if (head.sequence, head.digest) != (sequence, link):
        yield ChainFault(head.sequence, f"đầu chuỗi không khớp sự kiện cuối (số {sequence})")
    yield from _faults_of_days()


def _faults_of_days() -> Iterator[ChainFault]:
    """A noted day whose link is no longer in the log."""
    link = PublicationEvent.objects.filter(sequence=OuterRef("sequence")).values("digest")
    for noted in DailyHead.objects.annotate(link=Subquery(link)):
        if noted.digest != noted.link:
            yield ChainFault(noted.sequence, f"đầu chuỗi ngày {noted.day:%d/%m/%Y} không khớp")


def _faults_of(event: PublicationEvent, *, after: int, link: str) -> Iterator[ChainFault]:
    if event.sequence != after + 1:
        yield ChainFault(event.sequence, f"thiếu sự kiện từ {after + 1} đến {event.sequence - 1}")
    if event.previous_digest != link:
        yield ChainFault(event.sequence, "mã băm trước không khớp sự kiện liền trước")
    if event.digest != event_digest(event):
        yield ChainFault(event.sequence, "nội dung sự kiện đã bị sửa")
    if event.payload.get("digest") != digest(event.listing.text):
        yield ChainFault(event.sequence, f"văn bản công khai của {event.code} đã bị sửa")


def _next_event(
    head: EventHead, *, kind: EventKind, listing: Listing, now: datetime
) -> PublicationEvent:
    event = PublicationEvent(
        sequence=head.sequence + 1,
        kind=kind,
        listing=listing,
        decision=listing.decision,
        code=listing.code,
        occurred_at=now,
        payload=_payload(listing),
        previous_digest=head.digest,
    )
    event.digest = event_digest(event)
    return event


def _payload(listing: Listing) -> dict[str, Any]:
    decision = listing.decision
    return {
        "listing": listing.pk,
        "name": listing.name,
        "state": str(listing.state),
        "valid_from": listing.valid_from.isoformat(),
        "digest": listing.digest,
        "successors": list(listing.successors),
        "decision": {
            "number": decision.number,
            "signed_on": decision.signed_on.isoformat() if decision.signed_on else "",
            "issuer": decision.issuer_name,
        },
    }
