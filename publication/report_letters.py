"""Mails that tell staff of a report nobody has received yet: once a person and turn."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from publication.enums import ReportState
from publication.models import Notice, Report
from publication.notices import Letter
from publication.recipients import Recipient, read_recipients
from publication.report_acts import agency_words
from publication.report_clock import ReportClock, read_report_clock

_KEY = "report:"
_MOST = 200  # reports a run looks at, the oldest first; the next run takes the next ones


def plan_report_letters(*, now: datetime) -> Iterator[Letter]:
    """Every such mail that is due; as many queries for one report as for two hundred."""
    waiting = Report.objects.filter(state=ReportState.SENT).select_related("agency")
    reports = list(waiting.order_by("sent_at", "pk")[:_MOST])
    if not reports:
        return
    told = _told()
    clock, people = read_report_clock(), read_recipients()
    for report in reports:
        for person in people:
            key = _key(report, person)
            if person.cares_for(report.agency_id) and (person.user_id, key) not in told:
                yield _letter(report, person, key, clock, now=now)


def forget_report_notices(*, before: datetime) -> int:
    """Delete the notices of long ago; what still waits is not told a second time."""
    waiting = Report.objects.filter(state=ReportState.SENT).values_list("pk", flat=True)
    old = Notice.objects.filter(key__startswith=_KEY, created_at__lt=before)
    gone = [
        pk for pk, key in old.values_list("pk", "key") if int(key.split(":")[1]) not in {*waiting}
    ]
    deleted, _by_model = Notice.objects.filter(pk__in=gone).delete()
    return deleted


def _told() -> set[tuple[int, str]]:
    rows = Notice.objects.filter(key__startswith=_KEY).exclude(state=Notice.State.NOT_SENT)
    return set(rows.values_list("user_id", "key"))


def _key(report: Report, person: Recipient) -> str:
    """The Office hears once of each report, or again when it is handed on to the Office itself."""
    watches = person.is_office and report.agency_id is not None
    return f"{_KEY}{report.pk}:{'office' if watches else report.turn}"


def _letter(
    report: Report, person: Recipient, key: str, clock: ReportClock, *, now: datetime
) -> Letter:
    with override("vi"):
        lead = _("Thủ tục hành chính %(province)s") % {"province": settings.PORTAL_PROVINCE}
        what = _("Phản ánh mới về thủ tục %(code)s") % {"code": report.code}
        facts = {
            "person": person,
            "report": report,
            "agency": agency_words(report.agency),
            "sent": f"{localtime(report.sent_at):%H:%M %d/%m/%Y}",
            "due_on": clock.due_on(report),
            "url": settings.PORTAL_URL
            + reverse("admin:publication_report_change", args=[report.pk]),
        }
        body = render_to_string("mail/report.txt", facts).strip() + "\n"
    notice = Notice(user_id=person.user_id, key=key, subject=f"[{lead}] {what}", created_at=now)
    return Letter(notice, person.email, body)
