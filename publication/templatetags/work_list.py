"""The work list on the front page of the staff pages."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from publication.enums import DecisionStatus
from publication.models import AnnouncementDecision, AnnouncementGap

register = template.Library()


@dataclass(frozen=True)
class Work:
    """How much of one kind of work waits, and the list that shows it."""

    label: str
    count: int
    address: str


@register.simple_tag
def work_list(user: Any) -> list[Work]:
    """What waits for someone, in the order of urgency; three queries, whatever the size."""
    decisions = reverse("admin:publication_announcementdecision_changelist")
    drafts = AnnouncementDecision.objects.filter(status=DecisionStatus.DRAFT)
    submitted = AnnouncementDecision.objects.filter(status=DecisionStatus.SUBMITTED)
    return [
        Work(
            _("Thủ tục bộ đã công bố, tỉnh chưa công bố"),
            AnnouncementGap.objects.open().count(),
            reverse("admin:publication_announcementgap_changelist"),
        ),
        Work(
            _("Quyết định đã trình, chờ ban hành"),
            submitted.count(),
            f"{decisions}?status__exact={DecisionStatus.SUBMITTED}",
        ),
        Work(
            _("Dự thảo do anh/chị lập"),
            drafts.filter(created_by=user).count(),
            f"{decisions}?status__exact={DecisionStatus.DRAFT}",
        ),
    ]
