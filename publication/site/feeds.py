"""Atom feeds (RFC 4287) of what changed: everything, one field, one agency, the decisions.

Ids stay the same wherever the portal moves: an entry's is made of its event's digest.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree import ElementTree as ET

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from catalog.canonical import digest
from catalog.models import Agency, Field
from publication.enums import BEGINNINGS, EventKind
from publication.models import AnnouncementDecision, ListingShelf, PublicationEvent
from publication.site.lists import PublicList
from publication.site.page import Page, PageKind

ATOM = "http://www.w3.org/2005/Atom"
_NEWEST = 50
_LONG = 400  # a list of more is on many of the newest events
# A feed without entries must carry a date all the same, and one that does not move.
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
_LANGUAGE = "vi"
_TITLES = {
    EventKind.LISTING_ABOLISHED.value: gettext_lazy("Bãi bỏ: %(name)s (%(code)s)"),
    EventKind.LISTING_CORRECTED.value: gettext_lazy("Đính chính: %(name)s (%(code)s)"),
}


@dataclass(frozen=True)
class Entry:
    identity: str  # a digest
    title: str
    summary: str
    path: str
    updated: datetime


def changes_feed(address: str) -> bytes:
    """The newest public changes of all procedures."""
    with override(_LANGUAGE):
        events = _told().order_by("-sequence")
        title = _("Thay đổi mới của thủ tục hành chính")
        return _feed(address, "/", title, _event_entries(events))


def list_feed(address: str, wanted: PublicList) -> bytes:
    """The newest changes of one field's or one agency's procedures."""
    with override(_LANGUAGE):
        events = _told_of(wanted)
        page = Page(wanted.kind, wanted.key).path
        return _feed(address, page, _name(wanted), _event_entries(events.order_by("-sequence")))


def decisions_feed(address: str) -> bytes:
    """The newest decisions of the province."""
    with override(_LANGUAGE):
        decisions = AnnouncementDecision.objects.public().order_by("-issued_at", "-pk")[:_NEWEST]
        entries = [_decision_entry(decision) for decision in decisions]
        return _feed(address, Page(PageKind.DECISIONS).path, _("Quyết định công bố"), entries)


def _told() -> QuerySet[PublicationEvent]:
    return PublicationEvent.objects.filter(kind__in=BEGINNINGS)


def _told_of(wanted: PublicList) -> QuerySet[PublicationEvent]:
    """What was told of a list, read so that neither a long list nor a long log costs."""
    on_it = ListingShelf.objects.filter(shelf=wanted.kind.value, key=wanted.key)
    if on_it.count() > _LONG:
        # The newest events are soon found among the newest of all.
        return _told().filter(Exists(on_it.filter(listing=OuterRef("listing"))))
    return _told().filter(listing__in=list(on_it.values_list("listing", flat=True)))


def _name(wanted: PublicList) -> str:
    model = Field if wanted.kind is PageKind.FIELD else Agency
    return str(model.objects.values_list("name", flat=True).get(slug=wanted.key))


def _event_entries(events: QuerySet[PublicationEvent]) -> list[Entry]:
    rows = events.values_list(
        "kind", "code", "digest", "occurred_at", "listing__name", "listing__valid_from",
        "listing__change_note", "decision__number",
    )  # fmt: skip
    return [_event_entry(*row) for row in rows[:_NEWEST]]


def _event_entry(
    kind: str,
    code: str,
    identity: str,
    moment: datetime,
    name: str,
    valid_from: date,
    note: str,
    number: str,
) -> Entry:
    ended = kind == EventKind.LISTING_ABOLISHED
    words = (
        _("Hết hiệu lực từ ngày %(day)s theo Quyết định số %(number)s.")
        if ended
        else _("Có hiệu lực từ ngày %(day)s theo Quyết định số %(number)s.")
    )
    summary = words % {"day": f"{valid_from:%d/%m/%Y}", "number": number}
    return Entry(
        identity=identity,
        title=str(_TITLES.get(kind, "%(name)s (%(code)s)")) % {"name": name, "code": code},
        summary=f"{summary} {note}".strip(),
        path=Page(PageKind.PROCEDURE, code).path,
        updated=moment,
    )


def _decision_entry(decision: AnnouncementDecision) -> Entry:
    assert decision.issued_at is not None, "an issued decision has its moment"
    return Entry(
        identity=digest(["decision", settings.PORTAL_PROVINCE, decision.slug]),
        title=_("Quyết định số %(number)s") % {"number": decision.number},
        summary=decision.title,
        path=Page(PageKind.DECISION, decision.slug or "").path,
        updated=decision.issued_at,
    )


def _feed(address: str, page: str, title: str, entries: list[Entry]) -> bytes:
    own = settings.PORTAL_URL + address
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": _LANGUAGE})
    _add(feed, "id", uuid5(NAMESPACE_URL, own).urn)
    _add(feed, "title", f"{title} – {settings.PORTAL_PROVINCE}")
    _add(feed, "updated", _moment(max((it.updated for it in entries), default=_NEVER)))
    _link(feed, rel="self", path=address, type="application/atom+xml")
    _link(feed, rel="alternate", path=page, type="text/html")
    _add(ET.SubElement(feed, "author"), "name", settings.PORTAL_AUTHORITY)
    for entry in entries:
        _add_entry(feed, entry)
    document: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return document


def _add_entry(feed: ET.Element, entry: Entry) -> None:
    element = ET.SubElement(feed, "entry")
    _add(element, "id", UUID(entry.identity[:32]).urn)
    _add(element, "title", entry.title)
    _add(element, "updated", _moment(entry.updated))
    _link(element, rel="alternate", path=entry.path, type="text/html")
    _add(element, "summary", entry.summary)


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _link(parent: ET.Element, *, rel: str, path: str, type: str) -> None:
    ET.SubElement(parent, "link", {"rel": rel, "type": type, "href": settings.PORTAL_URL + path})


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
