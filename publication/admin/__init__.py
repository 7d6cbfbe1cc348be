"""Staff pages of announcing and publicising, one file a subject. Acts decide, these translate."""

from publication.admin import (
    annex,
    announcement,
    api_token,
    deadlines,
    decision_act,
    everyday_word,
    gap,
    job,
    ministry_decision,
    ministry_item,
    public_record,
    register_alarm,
    report,
    webhook,
    webhook_delivery,
)

__all__ = [
    "annex",
    "announcement",
    "api_token",
    "deadlines",
    "decision_act",
    "everyday_word",
    "gap",
    "job",
    "ministry_decision",
    "ministry_item",
    "public_record",
    "register_alarm",
    "report",
    "webhook",
    "webhook_delivery",
]
