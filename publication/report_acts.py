"""What staff do with a report: receive, answer, hand on, refuse. Every act leaves its row."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from catalog.models import Agency, name_of
from catalog.people import person_of
from publication.authority import NotAllowed
from publication.enums import ReportActKind, ReportState
from publication.models import Report, ReportAct, ReportContact

OPEN = frozenset({ReportState.SENT, ReportState.RECEIVED})
MAY_FOLLOW: dict[ReportActKind, frozenset[ReportState]] = {
    ReportActKind.RECEIVED: frozenset({ReportState.SENT}),
    ReportActKind.ANSWERED: OPEN,
    ReportActKind.FORWARDED: OPEN,
    ReportActKind.REJECTED: OPEN,
}


class NotPossible(Exception):
    """The report is not where it must be for the act; the message says who did what."""


def receive_report(*, report_id: int, by: Any, now: datetime) -> Report:
    """Take it on. Raises NotAllowed and NotPossible, as all acts do."""
    with transaction.atomic():
        report = _lock(report_id, ReportActKind.RECEIVED, by)
        report.state = ReportState.RECEIVED
        report.save(update_fields=["state"])
        _log(report, ReportActKind.RECEIVED, by=by, now=now)
    return report


def answer_report(*, report_id: int, by: Any, now: datetime, answer: str) -> Report:
    """Answer it; the text stands on the page by which the sender follows the report."""
    return _close(
        report_id, ReportActKind.ANSWERED, ReportState.ANSWERED, by=by, now=now, words=answer
    )


def reject_report(*, report_id: int, by: Any, now: datetime, reason: str) -> Report:
    """Refuse to handle it; the sender reads the reason."""
    return _close(
        report_id, ReportActKind.REJECTED, ReportState.REJECTED, by=by, now=now, words=reason
    )


def forward_report(
    *, report_id: int, by: Any, now: datetime, agency: Agency | None, reason: str
) -> Report:
    """Hand it on to another agency, or with None to the Office; its days run on."""
    with transaction.atomic():
        report = _lock(report_id, ReportActKind.FORWARDED, by)
        if report.agency == agency:
            raise NotPossible(_("Cơ quan này đang xử lý phản ánh."))
        giver = agency_words(report.agency)
        report.agency, report.state = agency, ReportState.SENT
        report.turn += 1
        report.save(update_fields=["agency", "state", "turn"])
        words = _("Từ %(giver)s sang %(taker)s: %(reason)s") % {
            "giver": giver,
            "taker": agency_words(agency),
            "reason": reason,
        }
        _log(report, ReportActKind.FORWARDED, by=by, now=now, remarks=words)
    return report


def agency_words(agency: Agency | None) -> str:
    return agency.name if agency else _("Văn phòng UBND tỉnh")


def handles(report: Report, user: Any) -> bool:
    """Whether the report is in the person's own hands, not only in their sight."""
    person = person_of(user)
    return person.sees_all if report.agency_id is None else report.agency_id in person.agency_ids


def contact_of(report: Report, user: Any) -> str:
    """How to reach the sender, for those who handle the report and for nobody else."""
    if not handles(report, user):
        return ""
    given = ReportContact.objects.filter(report=report).values_list("value", flat=True)
    return given.first() or ""


def forget_contacts(*, before: datetime) -> int:
    """Delete the contacts that were given before a moment, whatever became of the reports."""
    deleted, _by_model = ReportContact.objects.filter(given_at__lt=before).delete()
    return deleted


def _close(
    report_id: int, kind: ReportActKind, state: ReportState, *, by: Any, now: datetime, words: str
) -> Report:
    with transaction.atomic():
        report = _lock(report_id, kind, by)
        report.state, report.answer, report.closed_at = state, words, now
        report.save(update_fields=["state", "answer", "closed_at"])
        _log(report, kind, by=by, now=now, remarks=words)
    return report


def _lock(report_id: int, kind: ReportActKind, by: Any) -> Report:
    """The report, locked, when the person may do this to it now."""
    rows = Report.objects.visible_to(by).select_for_update(of=("self",)).select_related("agency")
    report = rows.filter(pk=report_id).first()
    if report is None or not by.has_perm("publication.change_report"):
        raise NotAllowed(_("Phản ánh này do cơ quan khác xử lý."))
    if ReportState(report.state) not in MAY_FOLLOW[kind]:
        raise NotPossible(_what_was_done(report))
    return report


def _what_was_done(report: Report) -> str:
    last = report.acts.last()
    if last is None:
        return _("Phản ánh không còn ở bước này: tải lại trang.")
    return _("%(who)s đã làm việc này trước: %(act)s lúc %(when)s.") % {
        "who": last.actor_name,
        "act": str(last.get_kind_display()).lower(),
        "when": f"{localtime(last.acted_at):%H:%M %d/%m/%Y}",
    }


def _log(
    report: Report, kind: ReportActKind, *, by: Any, now: datetime, remarks: str = ""
) -> ReportAct:
    return ReportAct.objects.create(
        report=report,
        kind=kind,
        actor=by,
        actor_name=name_of(by),
        acted_at=now,
        agency_name=agency_words(report.agency),
        remarks=remarks,
    )
