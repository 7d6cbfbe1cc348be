"""Releases of the public site: what was built, when it became public, what it holds."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.querysets import StaffQuerySet
from publication.enums import ReleaseState


class Release(models.Model):
    """One directory of finished files; `tree` is the digest that names its content."""

    state = models.CharField(_("trạng thái"), max_length=10, choices=ReleaseState.choices)
    through_sequence = models.PositiveBigIntegerField(_("gồm sự kiện đến số"))
    shown_on = models.DateField(_("tính đến ngày"))
    tree = models.CharField(_("mã băm"), max_length=64, blank=True)
    pages = models.PositiveIntegerField(_("số tệp"), default=0)
    rendered = models.PositiveIntegerField(_("số trang dựng lại"), default=0)
    started_at = models.DateTimeField(_("bắt đầu lúc"))
    switched_at = models.DateTimeField(_("công khai lúc"), null=True, blank=True)
    error = models.TextField(_("lỗi"), blank=True)

    objects = StaffQuerySet["Release"].as_manager()

    class Meta:
        verbose_name = _("bản phát hành trang công khai")
        verbose_name_plural = _("bản phát hành trang công khai")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state=ReleaseState.PUBLIC),
                name="release_one_public",
                violation_error_message=_("Chỉ một bản phát hành đang phục vụ."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} ({self.get_state_display()})"
