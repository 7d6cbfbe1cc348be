"""Mails about gaps, so that nothing is sent twice."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publication.querysets import NoticeQuerySet


class Notice(models.Model):
    """One mail to one person about one matter; `key` names the matter (kind and day).

    The row is written before the mail is handed over: what a crash leaves behind is known of and
    is not sent a second time by the machine. `gap_ids` holds [gap, its legal day] for each overdue
    line that the mail tells of.
    """

    class State(models.TextChoices):
        SENDING = "sending", _("Đang gửi")
        SENT = "sent", _("Đã gửi")
        NOT_SENT = "not_sent", _("Chưa gửi được, sẽ thử lại")
        REFUSED = "refused", _("Máy chủ thư từ chối")
        UNCLEAR = "unclear", _("Không rõ đã gửi hay chưa")

    # What the person has been told, or may have been.
    TOLD = (State.SENDING, State.SENT, State.UNCLEAR)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người nhận"),
        on_delete=models.CASCADE,
        related_name="notices",
    )
    key = models.CharField(_("việc"), max_length=100)
    subject = models.CharField(_("tiêu đề"), max_length=300)
    gap_ids = models.JSONField(_("các dòng đã báo"), default=list)
    state = models.CharField(
        _("tình trạng"), max_length=10, choices=State.choices, default=State.SENDING
    )
    created_at = models.DateTimeField(_("lập lúc"))
    sent_at = models.DateTimeField(_("gửi lúc"), null=True, blank=True)
    error = models.TextField(_("lỗi"), blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("thư báo")
        verbose_name_plural = _("thư báo")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"],
                name="notice_once_per_person_and_matter",
                violation_error_message=_("Thư này đã được gửi cho người này."),
            ),
            models.CheckConstraint(
                name="notice_sent_with_its_moment",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
                violation_error_message=_("Thư đã gửi thì phải có giờ gửi."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject
