"""What the background programs did: their signs of life, and the tasks that failed."""

from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from catalog.querysets import OfficeQuerySet


class Heartbeat(models.Model):
    """The last sign of life of a program; who gives it and what silence means: heartbeats.py."""

    class Program(models.TextChoices):
        WORKER = "worker", _("Tiến trình nền")
        BEAT = "beat", _("Bộ hẹn giờ")
        QUEUE = "queue", _("Hàng đợi việc")
        # No program, but what people wait for; its row is also the turn that runs take.
        GAPS = "gaps", _("Tính lại thủ tục chưa công bố")

    program = models.CharField(_("chương trình"), max_length=30, unique=True)
    beaten_at = models.DateTimeField(_("dấu hiệu cuối lúc"))

    objects = OfficeQuerySet["Heartbeat"].as_manager()

    class Meta:
        verbose_name = _("nhịp của chương trình nền")
        verbose_name_plural = _("nhịp của chương trình nền")
        ordering = ["program"]

    def __str__(self) -> str:
        known = self.program in self.Program.values
        label = self.Program(self.program).label if known else self.program
        return f"{label} {localtime(self.beaten_at):%d/%m/%Y %H:%M:%S}"


class FailedTask(models.Model):
    """A task that ended with an error; staff see it and can run it again.

    The same failure coming again is counted on its row until somebody repeats the task.
    """

    task_id = models.CharField(_("mã việc"), max_length=60, db_index=True)
    name = models.CharField(_("việc"), max_length=200)
    arguments = models.JSONField(_("tham số"), default=dict)
    error = models.TextField(_("lỗi"))
    fingerprint = models.CharField(_("dấu của lỗi"), max_length=64, blank=True, editable=False)
    first_failed_at = models.DateTimeField(_("lần đầu lúc"), null=True, blank=True)
    failed_at = models.DateTimeField(_("lần cuối lúc"))
    count = models.PositiveIntegerField(_("số lần"), default=1)
    repeated_at = models.DateTimeField(_("chạy lại lúc"), null=True, blank=True)
    repeated_by = models.CharField(_("người chạy lại"), max_length=300, blank=True)

    objects = OfficeQuerySet["FailedTask"].as_manager()

    class Meta:
        verbose_name = _("việc nền bị lỗi")
        verbose_name_plural = _("việc nền bị lỗi")
        ordering = ["-failed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"],
                condition=models.Q(repeated_at=None) & ~models.Q(fingerprint=""),
                name="failed_task_once_until_repeated",
                violation_error_message=_("Lỗi này đã được ghi và chưa chạy lại."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {localtime(self.failed_at):%d/%m/%Y %H:%M}"
