"""Mails to who sent a report: the answer, the refusal, or what is asked of them. Once an act."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from publication.enums import MailingState, ReportActKind
from publication.failed_tasks import conceal
from publication.handing_over import ABANDONED_AFTER, Outcome, hand_over, mail_server
from publication.models import Notice, ReportAct, ReportContact, ReportMail
from publication.news.states import MAIL_STATES
from publication.site.render.frame import portal_name, report_path
from publication.site.render.language import speaking
from publication.site.render.wording import day, shortened

_NAME = 160
# A report keeps no language and is answered in Vietnamese.
_LANGUAGE = "vi"


def send_report_mail(mail_id: int, *, now: datetime) -> Outcome | None:
    """Claim it, hand it over, write down what came of it; None when there is nothing to send."""
    with mail_server() as connection:
        planned = ReportMail.objects.filter(pk=mail_id, state=MailingState.PLANNED)
        if not planned.update(state=MailingState.SENDING, claimed_at=now):
            return None
        act = ReportAct.objects.select_related("report").get(mail=mail_id)
        letter = report_letter(act)
        if letter is None:
            ReportMail.objects.filter(pk=mail_id).delete()
            return None
        outcome = hand_over(connection, letter)
    taken = outcome.state != Notice.State.NOT_SENT
    state = MAIL_STATES[outcome.state] if taken else MailingState.PLANNED
    ReportMail.objects.filter(pk=mail_id).update(state=state, error=conceal(outcome.error))
    return outcome


def mark_abandoned_mails(*, now: datetime) -> int:
    """Claims whose process died while it was sending: nobody knows whether they went out."""
    dead = ReportMail.objects.filter(
        state=MailingState.SENDING, claimed_at__lt=now - ABANDONED_AFTER
    )
    return dead.update(state=MailingState.UNCLEAR, error="Tiến trình dừng giữa lúc gửi.")


def forget_report_mails(*, before: datetime) -> int:
    """Delete the record of mails that are settled since long ago."""
    settled = ReportMail.objects.filter(planned_at__lt=before, state__in=MAIL_STATES.values())
    deleted, _by_model = settled.delete()
    return deleted


def report_letter(act: ReportAct) -> EmailMessage | None:
    """What the sender is told of an act; None when their address has been deleted since."""
    given = ReportContact.objects.filter(report=act.report_id, value__contains="@")
    address = given.values_list("value", flat=True).first()
    if address is None:
        return None
    with speaking(_LANGUAGE):
        subject, lead, link_words = _words(act)
        parts = [
            lead % _facts(act),
            act.remarks.strip(),
            f"{link_words} {_follow_address(act)}",
            _foot(),
        ]
        body = "\n\n".join(parts) + "\n"
        title = f"[{portal_name()}] {subject % {'reference': act.report.reference}}"
    return EmailMessage(subject=title, body=body, to=[address], headers=_headers(act))


def _words(act: ReportAct) -> tuple[str, str, str]:
    """Subject, first lines, and what stands before the link."""
    if act.kind == ReportActKind.ASKED:
        return (
            _("Đề nghị bổ sung phản ánh %(reference)s"),
            _(
                "Phản ánh bạn gửi ngày %(day)s về thủ tục %(name)s (%(code)s) cần thêm thông tin. "
                "%(agency)s hỏi:"
            ),
            _("Trả lời tại:"),
        )
    if act.kind == ReportActKind.REJECTED:
        return (
            _("Phản ánh %(reference)s bị từ chối"),
            _(
                "Phản ánh bạn gửi ngày %(day)s về thủ tục %(name)s (%(code)s) không được xử lý. "
                "%(agency)s nêu lý do:"
            ),
            _("Xem trên cổng:"),
        )
    return (
        _("Trả lời phản ánh %(reference)s"),
        _(
            "Phản ánh bạn gửi ngày %(day)s về thủ tục %(name)s (%(code)s) đã được xử lý. "
            "%(agency)s trả lời:"
        ),
        _("Xem trên cổng:"),
    )


def _facts(act: ReportAct) -> dict[str, str]:
    report = act.report
    return {
        "day": day(localtime(report.sent_at).date()),
        "name": shortened(report.name, _NAME),
        "code": report.code,
        "agency": act.agency_name,
    }


def _follow_address(act: ReportAct) -> str:
    path = f"{report_path(_LANGUAGE)}theo-doi/{act.report.reference}/"
    return settings.PORTAL_URL + path


def _foot() -> str:
    words = _(
        "Bạn nhận thư này vì đã để lại e-mail khi gửi phản ánh. "
        "Địa chỉ tự xóa sau %(days)s ngày kể từ ngày gửi. Thư gửi tự động, không cần trả lời."
    )
    return "--\n" + words % {"days": settings.PORTAL_KEEP_CONTACT_DAYS}


def _headers(act: ReportAct) -> dict[str, str]:
    host = urlsplit(settings.PORTAL_URL).hostname
    return {
        # The same for every attempt: a mail program drops what it holds already.
        "Message-ID": f"<report-{act.pk}@{host}>",
        "Auto-Submitted": "auto-generated",  # no answers from absence assistants (RFC 3834)
    }
