"""Days that the week alone does not tell. They are decided every year, so they are rows."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.querysets import StaffQuerySet


class CalendarDay(models.Model):
    """A weekday off or a Saturday worked in its stead; a proposed one counts once confirmed."""

    class Kind(models.TextChoices):
        DAY_OFF = "day_off", _("Nghỉ")
        MAKE_UP = "make_up", _("Làm bù")

    day = models.DateField(_("ngày"), unique=True)
    kind = models.CharField(_("loại"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("tên"), max_length=120)
    source = models.CharField(
        _("căn cứ"), max_length=200, blank=True, help_text=_("Văn bản quyết định ngày này.")
    )
    confirmed_at = models.DateTimeField(
        _("xác nhận lúc"),
        null=True,
        blank=True,
        help_text=_("Ngày do máy đề xuất chưa được tính vào hạn cho đến khi có người xác nhận."),
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người xác nhận"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = StaffQuerySet["CalendarDay"].as_manager()

    class Meta:
        verbose_name = _("ngày nghỉ, ngày làm bù")
        verbose_name_plural = _("ngày nghỉ, ngày làm bù")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"
