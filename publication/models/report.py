"""Reports of mistakes by citizens (phản ánh, kiến nghị): text, contact kept apart, log of acts."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Agency
from publication.enums import MailingState, ReportActKind, ReportPart, ReportState
from publication.models.listing import Listing
from publication.report_querysets import ReportActQuerySet, ReportQuerySet

LONGEST_MESSAGE = 4000
LONGEST_CONTACT = 200


class Report(models.Model):
    """What somebody found wrong in a public text.

    `agency` is who handles it now; empty means the Provincial Office. `turn` counts how often it
    was handed on, so that each agency is told once a turn.
    """

    reference = models.CharField(_("mã theo dõi"), max_length=14, unique=True)
    form_key = models.CharField(_("mã của biểu mẫu"), max_length=32, unique=True)
    listing = models.ForeignKey(
        Listing, verbose_name=_("bản công khai"), on_delete=models.PROTECT, related_name="reports"
    )
    code = models.CharField(_("mã thủ tục"), max_length=8)
    name = models.CharField(_("tên thủ tục"), max_length=1500)
    agency = models.ForeignKey(
        Agency,
        verbose_name=_("cơ quan xử lý"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        help_text=_("Trống: Văn phòng UBND tỉnh xử lý."),
    )
    turn = models.PositiveSmallIntegerField(_("số lần chuyển"), default=0)
    part = models.CharField(_("phần có sai sót"), max_length=12, choices=ReportPart.choices)
    message = models.TextField(_("nội dung phản ánh"), max_length=LONGEST_MESSAGE)
    state = models.CharField(
        _("tình trạng"), max_length=10, choices=ReportState.choices, default=ReportState.SENT
    )
    sent_at = models.DateTimeField(_("gửi lúc"))
    closed_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)
    answer = models.TextField(
        _("trả lời"), blank=True, help_text=_("Người gửi đọc được trên trang theo dõi.")
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("phản ánh, kiến nghị")
        verbose_name_plural = _("phản ánh, kiến nghị")
        ordering = ["sent_at", "pk"]
        indexes = [
            models.Index(
                fields=["sent_at"], condition=Q(closed_at=None), name="report_open_by_moment"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="report_closed_with_its_answer",
                condition=Q(
                    state__in=["sent", "received", "asked", "supplied"], closed_at=None, answer=""
                )
                | (Q(state__in=["answered", "rejected"], closed_at__isnull=False) & ~Q(answer="")),
                violation_error_message=_("Phản ánh đã xử lý thì phải có trả lời và giờ trả lời."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} ({self.code})"


class ReportContact(models.Model):
    """How to reach who sent a report; a row of its own, deleted after a number of days."""

    report = models.OneToOneField(
        Report, verbose_name=_("phản ánh"), on_delete=models.CASCADE, related_name="contact"
    )
    value = models.CharField(_("e-mail hoặc điện thoại"), max_length=LONGEST_CONTACT)
    given_at = models.DateTimeField(_("cho biết lúc"))

    class Meta:
        verbose_name = _("liên hệ của người phản ánh")
        verbose_name_plural = _("liên hệ của người phản ánh")

    def __str__(self) -> str:
        return _("Liên hệ của %(report)s") % {"report": self.report.reference}


class ReportAct(models.Model):
    """One act on a report. Append-only; names stay when accounts and agencies go."""

    report = models.ForeignKey(
        Report, verbose_name=_("phản ánh"), on_delete=models.PROTECT, related_name="acts"
    )
    kind = models.CharField(_("việc"), max_length=10, choices=ReportActKind.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("tài khoản"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    actor_name = models.CharField(_("người thực hiện"), max_length=300)
    acted_at = models.DateTimeField(_("lúc"))
    agency_name = models.CharField(_("cơ quan"), max_length=500)
    remarks = models.TextField(_("nội dung, lý do"), blank=True)

    objects = ReportActQuerySet.as_manager()

    class Meta:
        verbose_name = _("việc đã làm với phản ánh")
        verbose_name_plural = _("việc đã làm với phản ánh")
        ordering = ["acted_at", "pk"]

    def __str__(self) -> str:
        at = timezone.localtime(self.acted_at)
        return f"{self.get_kind_display()} {at:%d/%m/%Y %H:%M} {self.actor_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("the log of acts is append-only: an act is never saved again")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("the log of acts is append-only: an act is never deleted")


class ReportMail(models.Model):
    """One mail to who sent a report about one act, when they left an e-mail address.

    Written with the act and claimed before it is handed over. It holds no address: that is the
    contact's, and what the contact no longer has is not sent.
    """

    act = models.OneToOneField(
        ReportAct, verbose_name=_("việc đã làm"), on_delete=models.PROTECT, related_name="mail"
    )
    state = models.CharField(
        _("tình trạng"),
        max_length=10,
        choices=MailingState.choices,
        default=MailingState.PLANNED,
    )
    planned_at = models.DateTimeField(_("lập lúc"))
    claimed_at = models.DateTimeField(_("nhận gửi lúc"), null=True, blank=True)
    error = models.TextField(_("lỗi"), blank=True)

    class Meta:
        verbose_name = _("thư gửi người phản ánh")
        verbose_name_plural = _("thư gửi người phản ánh")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["state", "id"], name="report_mail_by_state"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} ({self.get_state_display()})"
