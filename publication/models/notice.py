"""Mails about gaps, so that nothing is sent twice."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from publication.querysets import NoticeQuerySet


class Notice(models.Model):
    """One mail to one person about one matter; `key` names the matter (kind, period or gap)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người nhận"),
        on_delete=models.CASCADE,
        related_name="notices",
    )
    key = models.CharField(_("việc"), max_length=100)
    subject = models.CharField(_("tiêu đề"), max_length=300)
    gap_ids = models.JSONField(_("các dòng đã báo"), default=list)
    created_at = models.DateTimeField(_("lập lúc"))
    sent_at = models.DateTimeField(_("gửi lúc"), null=True, blank=True)
    error = models.TextField(_("lỗi"), blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("thư đã gửi")
        verbose_name_plural = _("thư đã gửi")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"],
                name="notice_once_per_person_and_matter",
                violation_error_message=_("Thư này đã được gửi cho người này."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject
