"""The tables of announcing and publicising, one file a subject."""

from publication.models.annex_reading import AnnexReading
from publication.models.announcement import AnnouncementDecision, AnnouncementItem
from publication.models.api_token import ApiToken
from publication.models.deadline_rule import DeadlineRule
from publication.models.decision_act import DecisionAct
from publication.models.event import ConsumerCursor, DailyHead, EventHead, PublicationEvent
from publication.models.everyday_word import EverydayWord
from publication.models.frozen_form import FrozenForm
from publication.models.gap import AnnouncementGap
from publication.models.job import FailedTask, Heartbeat
from publication.models.listing import Listing, ListingShelf
from publication.models.ministry_decision import LegalDocument, MinistryDecision, MinistryItem
from publication.models.notice import Notice
from publication.models.register_alarm import RegisterAlarm
from publication.models.release import Release
from publication.models.report import Report, ReportAct, ReportContact, ReportMail
from publication.models.subscription import Mailing, Subscriber, Subscription
from publication.models.unanswered_question import UnansweredQuestion
from publication.models.webhook import WebhookDelivery, WebhookSubscription

__all__ = [
    "AnnexReading",
    "AnnouncementDecision",
    "AnnouncementGap",
    "AnnouncementItem",
    "ApiToken",
    "ConsumerCursor",
    "DailyHead",
    "DeadlineRule",
    "DecisionAct",
    "EventHead",
    "EverydayWord",
    "FailedTask",
    "FrozenForm",
    "Heartbeat",
    "LegalDocument",
    "Listing",
    "ListingShelf",
    "Mailing",
    "MinistryDecision",
    "MinistryItem",
    "Notice",
    "PublicationEvent",
    "RegisterAlarm",
    "Release",
    "Report",
    "ReportAct",
    "ReportContact",
    "ReportMail",
    "Subscriber",
    "Subscription",
    "UnansweredQuestion",
    "WebhookDelivery",
    "WebhookSubscription",
]
