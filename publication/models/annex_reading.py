"""What was read from an uploaded annex, until an officer confirms it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from publication.models.announcement import AnnouncementDecision
from publication.querysets import WorkOnDecisionQuerySet


class AnnexReading(models.Model):
    """An annex file and the rows read from it; the decision's items are made on confirming."""

    decision = models.ForeignKey(
        AnnouncementDecision,
        verbose_name=_("quyết định"),
        on_delete=models.CASCADE,
        related_name="annex_readings",
    )
    file = models.FileField(_("tệp phụ lục"), upload_to="annexes/%Y/", max_length=300)
    file_name = models.CharField(_("tên tệp"), max_length=300)
    sha256 = models.CharField(_("mã băm"), max_length=64)
    rows = models.JSONField(_("các dòng đọc được"), default=list)
    remarks = models.JSONField(_("ghi chú khi đọc"), default=list)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người tải lên"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    read_at = models.DateTimeField(_("đọc lúc"))
    confirmed_at = models.DateTimeField(_("xác nhận lúc"), null=True, blank=True)

    objects = WorkOnDecisionQuerySet["AnnexReading"].as_manager()

    class Meta:
        verbose_name = _("phụ lục đã đọc")
        verbose_name_plural = _("phụ lục đã đọc")
        ordering = ["-read_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name
