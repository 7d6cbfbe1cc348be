"""What the background programs did: their heartbeats, and the tasks that failed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.querysets import OfficeQuerySet


class Heartbeat(models.Model):
    """The last sign of life of a program (worker, beat)."""

    program = models.CharField(_("chương trình"), max_length=30, unique=True)
    beaten_at = models.DateTimeField(_("dấu hiệu cuối lúc"))

    objects = OfficeQuerySet["Heartbeat"].as_manager()

    class Meta:
        verbose_name = _("nhịp của chương trình nền")
        verbose_name_plural = _("nhịp của chương trình nền")
        ordering = ["program"]

    def __str__(self) -> str:
        return f"{self.program} {self.beaten_at:%d/%m/%Y %H:%M:%S}"


class FailedTask(models.Model):
    """A task that ended with an error; staff see it and can run it again."""

    task_id = models.CharField(_("mã việc"), max_length=60, unique=True)
    name = models.CharField(_("việc"), max_length=200)
    arguments = models.JSONField(_("tham số"), default=dict)
    error = models.TextField(_("lỗi"))
    failed_at = models.DateTimeField(_("lúc"))
    repeated_at = models.DateTimeField(_("chạy lại lúc"), null=True, blank=True)
    repeated_by = models.CharField(_("người chạy lại"), max_length=300, blank=True)

    objects = OfficeQuerySet["FailedTask"].as_manager()

    class Meta:
        verbose_name = _("việc nền bị lỗi")
        verbose_name_plural = _("việc nền bị lỗi")
        ordering = ["-failed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.failed_at:%d/%m/%Y %H:%M}"
