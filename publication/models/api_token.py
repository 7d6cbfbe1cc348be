"""Keys by which other systems show whom they read for; of the secret only its digest is kept."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Agency
from catalog.querysets import OfficeQuerySet
from publication.validators import validate_api_scopes


class ApiToken(models.Model):
    """One key of one agency's system. `digest` is SHA-256 of a random secret of 256 bits.

    Such a secret cannot be guessed from its digest, so a slow hash would only make every
    request dear.
    """

    agency = models.ForeignKey(
        Agency, verbose_name=_("cơ quan"), on_delete=models.PROTECT, related_name="api_tokens"
    )
    name = models.CharField(
        _("dùng cho"), max_length=200, help_text=_("Hệ thống nào dùng khóa, ai phụ trách.")
    )
    scopes = models.JSONField(_("phạm vi"), validators=[validate_api_scopes])
    prefix = models.CharField(
        _("đầu khóa"),
        max_length=12,
        unique=True,
        editable=False,
        help_text=_("Phần không bí mật, để nhận ra khóa trong cấu hình và nhật ký."),
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("cấp lúc"), editable=False)
    created_by = models.CharField(_("người cấp"), max_length=300, blank=True, editable=False)
    expires_on = models.DateField(
        _("dùng đến hết ngày"), null=True, blank=True, help_text=_("Để trống: không có hạn.")
    )
    last_seen_at = models.DateTimeField(_("dùng lần cuối"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, editable=False)
    revoked_by = models.CharField(_("người thu hồi"), max_length=300, blank=True, editable=False)

    objects = OfficeQuerySet["ApiToken"].as_manager()

    class Meta:
        verbose_name = _("khóa truy cập API")
        verbose_name_plural = _("khóa truy cập API")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="api_token_revoked_after_it_was_made",
                condition=Q(revoked_at=None, revoked_by="") | Q(revoked_at__gte=F("created_at")),
                violation_error_message=_("Khóa không thể bị thu hồi trước khi được cấp."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}… ({self.name})"
