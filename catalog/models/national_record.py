"""What the national database said about a code, import by import."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.enums import RecordSource
from catalog.models.procedure import Procedure
from catalog.querysets import StaffQuerySet


class NationalRecord(models.Model):
    """One imported text of a code. Earlier ones are kept; `latest` marks the one compared with."""

    procedure = models.ForeignKey(
        Procedure,
        verbose_name=_("thủ tục"),
        on_delete=models.CASCADE,
        related_name="national_records",
    )
    source = models.CharField(_("nguồn"), max_length=20, choices=RecordSource.choices)
    taken_on = models.DateField(_("ngày lấy"))
    raw = models.JSONField(_("bản gốc"), help_text=_("Đúng như nguồn đã ghi, không sửa."))
    name = models.CharField(_("tên thủ tục"), max_length=1500)
    decision_number = models.CharField(_("số quyết định của Bộ"), max_length=60, blank=True)
    content = models.JSONField(_("nội dung đọc được"))
    recovery = models.JSONField(
        _("mức phục hồi"),
        default=dict,
        blank=True,
        help_text=_("Từng phần: recovered, partly, refused, absent."),
    )
    digest = models.CharField(_("mã băm bản gốc"), max_length=64)
    latest = models.BooleanField(_("mới nhất"), default=True)

    objects = StaffQuerySet["NationalRecord"].as_manager()

    class Meta:
        verbose_name = _("bản ghi quốc gia")
        verbose_name_plural = _("bản ghi quốc gia")
        ordering = ["-taken_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "source"],
                condition=Q(latest=True),
                name="national_record_one_latest_per_source",
                violation_error_message=_("Mỗi nguồn chỉ có một bản mới nhất của một thủ tục."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure.code} – {self.get_source_display()} {self.taken_on:%d/%m/%Y}"
