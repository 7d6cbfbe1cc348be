"""Changes of the national register that no known ministry decision explains."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.enums import RecordSource
from publication.enums import AlarmKind
from publication.querysets import RegisterAlarmQuerySet


class RegisterAlarm(models.Model):
    """One code that changed without a decision; a person finds out why and closes it."""

    code = models.CharField(_("mã thủ tục"), max_length=8)
    kind = models.CharField(_("thay đổi"), max_length=10, choices=AlarmKind.choices)
    source = models.CharField(_("nguồn"), max_length=20, choices=RecordSource.choices)
    seen_on = models.DateField(_("thấy ngày"))
    before = models.CharField(_("trước"), max_length=1500, blank=True)
    after = models.CharField(_("sau"), max_length=1500, blank=True)
    named_decision = models.CharField(_("số quyết định nguồn ghi"), max_length=60, blank=True)
    resolved_at = models.DateTimeField(_("xử lý lúc"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người xử lý"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    resolution = models.CharField(_("kết quả xử lý"), max_length=500, blank=True)

    objects = RegisterAlarmQuerySet.as_manager()

    class Meta:
        verbose_name = _("thay đổi chưa rõ quyết định")
        verbose_name_plural = _("thay đổi chưa rõ quyết định")
        ordering = ["-seen_on", "code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "kind", "source", "seen_on"],
                name="alarm_once_per_code_and_day",
                violation_error_message=_("Thay đổi này đã được ghi nhận."),
            ),
            models.CheckConstraint(
                name="alarm_resolved_with_words",
                condition=Q(resolved_at=None, resolution="")
                | (Q(resolved_at__isnull=False) & ~Q(resolution="")),
                violation_error_message=_("Xử lý xong thì phải ghi kết quả."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.get_kind_display()}"
