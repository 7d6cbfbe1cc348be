"""What is done with a report: receive, ask for more, answer, hand on, refuse; what its sender adds.

Every act leaves its row. What the sender should know goes into a mail too, if there is an address.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from catalog.models import Agency, name_of
from catalog.people import person_of
from publication.authority import NotAllowed
from publication.enums import ReportActKind, ReportState
from publication.models import Report, ReportAct, ReportContact, ReportMail

TAKEN_ON = frozenset({ReportState.RECEIVED, ReportState.SUPPLIED})
OPEN = frozenset({ReportState.SENT, ReportState.ASKED, *TAKEN_ON})
MAY_FOLLOW: dict[ReportActKind, frozenset[ReportState]] = {
    ReportActKind.RECEIVED: frozenset({ReportState.SENT}),
    ReportActKind.ANSWERED: OPEN,
    ReportActKind.FORWARDED: OPEN,
    ReportActKind.REJECTED: OPEN,
    ReportActKind.ASKED: frozenset({ReportState.SENT, *TAKEN_ON}),
    ReportActKind.SUPPLIED: frozenset({ReportState.ASKED}),
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


def ask_sender(*, report_id: int, by: Any, now: datetime, question: str) -> Report:
    """Ask who sent it for more; the question stands on the page where they follow the report."""
    with transaction.atomic():
        report = _lock(report_id, ReportActKind.ASKED, by)
        report.state = ReportState.ASKED
        report.save(update_fields=["state"])
        act = _log(report, ReportActKind.ASKED, by=by, now=now, remarks=question)
        _plan_mail(act, now=now)
    return report


def supply_more(*, reference: str, words: str, now: datetime) -> bool:
    """What the sender adds, when it was asked for; False when nobody asks (any more)."""
    with transaction.atomic():
        rows = Report.objects.select_for_update(of=("self",)).select_related("agency")
        report = rows.filter(reference=reference).first()
        if report is None or ReportState(report.state) not in MAY_FOLLOW[ReportActKind.SUPPLIED]:
            return False
        report.state = ReportState.SUPPLIED
        report.save(update_fields=["state"])
        _log(report, ReportActKind.SUPPLIED, by=None, now=now, remarks=words)
    return True


def open_question(report: Report) -> str:
    """What the sender is asked and has not answered yet."""
    if report.state != ReportState.ASKED:
        return ""
    asked = report.acts.filter(kind=ReportActKind.ASKED).order_by("-acted_at", "-pk")
    return asked.values_list("remarks", flat=True).first() or ""


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
        act = _log(report, kind, by=by, now=now, remarks=words)
        _plan_mail(act, now=now)
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
        actor_name=name_of(by) if by else _("Người gửi"),
        acted_at=now,
        agency_name=agency_words(report.agency),
        remarks=remarks,
    )


def _plan_mail(act: ReportAct, *, now: datetime) -> None:
    """One mail about this act, when there is an e-mail address to send it to."""
    given = ReportContact.objects.filter(report=act.report_id, value__contains="@")
    if given.exists():
        ReportMail.objects.create(act=act, planned_at=now)
