"""The tables of announcing and publicising, one file a subject."""

from publication.models.announcement import AnnouncementDecision, AnnouncementItem
from publication.models.event import ConsumerCursor, EventHead, PublicationEvent
from publication.models.gap import AnnouncementGap
from publication.models.listing import Listing, ListingShelf
from publication.models.ministry_decision import LegalDocument, MinistryDecision, MinistryItem
from publication.models.release import Release

__all__ = [
    "AnnouncementDecision",
    "AnnouncementGap",
    "AnnouncementItem",
    "ConsumerCursor",
    "EventHead",
    "LegalDocument",
    "Listing",
    "ListingShelf",
    "MinistryDecision",
    "MinistryItem",
    "PublicationEvent",
    "Release",
]
