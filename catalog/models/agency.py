"""Agencies: never renamed in place, for a decision keeps the name it was signed with."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.codes import AGENCY_CODE
from catalog.enums import AgencyKind, CodeScheme, GovernmentLevel
from catalog.querysets import AgencyQuerySet, StaffQuerySet


class Agency(models.Model):
    """A body that announces, handles or takes in procedures, for as long as it exists."""

    name = models.CharField(
        _("tên cơ quan"),
        max_length=300,
        help_text=_("Không đổi tên tại chỗ: khi cơ quan đổi tên, lập cơ quan mới và nối kế thừa."),
    )
    short_name = models.CharField(_("tên viết tắt"), max_length=60, blank=True)
    slug = models.SlugField(_("đường dẫn"), max_length=200, unique=True)
    kind = models.CharField(_("loại"), max_length=20, choices=AgencyKind.choices)
    level = models.CharField(_("cấp"), max_length=10, choices=GovernmentLevel.choices)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("cơ quan cấp trên"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    valid_from = models.DateField(_("có từ ngày"), null=True, blank=True)
    valid_to = models.DateField(
        _("đến hết ngày"), null=True, blank=True, help_text=_("Để trống khi đang hoạt động.")
    )
    successors = models.ManyToManyField(
        "self",
        verbose_name=_("cơ quan kế thừa"),
        symmetrical=False,
        blank=True,
        related_name="predecessors",
    )
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=60, blank=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("cơ quan")
        verbose_name_plural = _("cơ quan")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["name"], name="agency_name")]
        constraints = [
            models.CheckConstraint(
                name="agency_valid_to_not_before_valid_from",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("Ngày kết thúc của cơ quan phải sau ngày bắt đầu."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/co-quan/{self.slug}/"


class AgencyCode(models.Model):
    """A code of an agency in one scheme, for one period."""

    agency = models.ForeignKey(
        Agency, verbose_name=_("cơ quan"), on_delete=models.CASCADE, related_name="codes"
    )
    scheme = models.CharField(_("bộ mã"), max_length=20, choices=CodeScheme.choices)
    code = models.CharField(_("mã"), max_length=20)
    valid_from = models.DateField(_("dùng từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    objects = StaffQuerySet["AgencyCode"].as_manager()

    class Meta:
        verbose_name = _("mã cơ quan")
        verbose_name_plural = _("mã cơ quan")
        ordering = ["scheme", "code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "code", "valid_from"],
                name="agency_code_once_per_period",
                violation_error_message=_("Mã này đã cấp cho cơ quan khác trong cùng thời gian."),
            ),
            models.UniqueConstraint(
                fields=["scheme", "code"],
                condition=Q(valid_from=None),
                name="agency_code_once_without_period",
                violation_error_message=_("Mã này đã cấp cho cơ quan khác."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.get_scheme_display()})"

    def clean(self) -> None:
        if self.scheme != CodeScheme.GSO:
            RegexValidator(AGENCY_CODE, _("Mã cơ quan không đúng dạng H23.01 hoặc 000.00.01.H23."))(
                self.code
            )
