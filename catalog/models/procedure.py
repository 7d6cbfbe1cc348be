"""The register: what the procedures are. Its texts reach the public only through a decision."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as ContentError
from simple_history.models import HistoricalRecords

from catalog.content import Content, read_content
from catalog.content_problems import told_in_vietnamese
from catalog.enums import (
    AgencyRole,
    Audience,
    GovernmentLevel,
    LocalRegulation,
    OnlineLevel,
    PartialOnlineReason,
    ProcedureKind,
    ProcedureScope,
)
from catalog.models.actor import ActorNamed
from catalog.models.agency import Agency
from catalog.models.field import Field, LifeEvent
from catalog.querysets import ProcedureAgencyQuerySet, ProcedureQuerySet
from catalog.validators import (
    validate_audiences,
    validate_content,
    validate_levels,
    validate_procedure_code,
)


class Procedure(models.Model):
    """A procedure as the register holds it now; officers and importers change it freely."""

    code = models.CharField(
        _("mã thủ tục"),
        max_length=8,
        unique=True,
        validators=[validate_procedure_code],
        help_text=_("Tám ký tự của mã quốc gia, ví dụ 1.004222."),
    )
    name = models.CharField(_("tên thủ tục"), max_length=1500)
    scope = models.CharField(
        _("phạm vi"),
        max_length=10,
        choices=ProcedureScope.choices,
        default=ProcedureScope.CITIZEN,
    )
    online_eligible = models.BooleanField(_("đủ điều kiện trực tuyến"), default=False)
    online_level = models.CharField(
        _("mức độ trực tuyến"),
        max_length=10,
        choices=OnlineLevel.choices,
        default=OnlineLevel.NONE,
    )
    partial_reason = models.CharField(
        _("lý do chưa toàn trình"),
        max_length=20,
        choices=PartialOnlineReason.choices,
        blank=True,
    )
    partial_reason_basis = models.CharField(_("căn cứ của lý do"), max_length=300, blank=True)
    kind = models.GeneratedField(
        verbose_name=_("loại thủ tục"),
        expression=Case(
            When(scope=ProcedureScope.INTERNAL, then=Value(ProcedureKind.INTERNAL.value)),
            When(online_eligible=True, then=Value(ProcedureKind.ONLINE_ELIGIBLE.value)),
            default=Value(ProcedureKind.REGULAR.value),
        ),
        output_field=models.CharField(max_length=20, choices=ProcedureKind.choices),
        db_persist=True,
    )
    local_regulation = models.CharField(
        _("luật giao địa phương quy định"),
        max_length=15,
        choices=LocalRegulation.choices,
        default=LocalRegulation.UNKNOWN,
    )
    field = models.ForeignKey(
        Field, verbose_name=_("lĩnh vực"), on_delete=models.PROTECT, related_name="procedures"
    )
    further_fields = models.ManyToManyField(
        Field, verbose_name=_("lĩnh vực khác"), blank=True, related_name="further_procedures"
    )
    levels = models.JSONField(
        _("cấp thực hiện"), default=list, blank=True, validators=[validate_levels]
    )
    audiences = models.JSONField(
        _("đối tượng thực hiện"), default=list, blank=True, validators=[validate_audiences]
    )
    lead_agency = models.ForeignKey(
        Agency,
        verbose_name=_("cơ quan chủ trì trong tỉnh"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="led_procedures",
        help_text=_("Sở, ban, ngành chịu trách nhiệm trình công bố thủ tục này."),
    )
    agencies = models.ManyToManyField(
        Agency, verbose_name=_("cơ quan liên quan"), through="ProcedureAgency", blank=True
    )
    life_events = models.ManyToManyField(
        LifeEvent, verbose_name=_("sự kiện"), blank=True, related_name="procedures"
    )
    content = models.JSONField(
        _("nội dung"), default=dict, blank=True, validators=[validate_content]
    )
    abolished_on = models.DateField(_("bãi bỏ từ ngày"), null=True, blank=True)
    successors = models.ManyToManyField(
        "self",
        verbose_name=_("thủ tục thay thế"),
        symmetrical=False,
        blank=True,
        related_name="predecessors",
    )
    created_at = models.DateTimeField(_("nhập lúc"), auto_now_add=True)
    changed_at = models.DateTimeField(_("sửa lúc"), auto_now=True)

    history = HistoricalRecords(excluded_fields=["kind", "changed_at"], bases=[ActorNamed])
    objects = ProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = _("thủ tục hành chính")
        verbose_name_plural = _("thủ tục hành chính")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="procedure_online_level_needs_eligibility",
                condition=Q(online_eligible=True) | Q(online_level=OnlineLevel.NONE),
                violation_error_message=_(
                    "Thủ tục chưa đủ điều kiện trực tuyến thì không có mức độ trực tuyến."
                ),
            ),
            models.CheckConstraint(
                name="procedure_internal_is_not_online",
                condition=Q(scope=ProcedureScope.CITIZEN) | Q(online_eligible=False),
                violation_error_message=_(
                    "Thủ tục nội bộ không thuộc danh mục đủ điều kiện trực tuyến."
                ),
            ),
            models.CheckConstraint(
                name="procedure_partial_reason_only_when_partial",
                condition=Q(partial_reason="") | Q(online_level=OnlineLevel.PARTIAL),
                violation_error_message=_(
                    "Chỉ thủ tục trực tuyến một phần mới ghi lý do chưa toàn trình."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def known_as(self) -> str:
        """What people of other agencies may know of it: the national code."""
        return self.code

    def clean(self) -> None:
        try:
            read_content(self.content)
        except ContentError as error:
            problems = [told_in_vietnamese(problem) for problem in error.errors()]
            raise ValidationError({"content": problems}) from error

    @property
    def document(self) -> Content:
        """The register text as a typed document."""
        return read_content(self.content)

    @property
    def level_labels(self) -> list[str]:
        return [str(GovernmentLevel(level).label) for level in self.levels]

    @property
    def audience_labels(self) -> list[str]:
        return [str(Audience(audience).label) for audience in self.audiences]


class ProcedureAgency(models.Model):
    """An agency in one of its roles; `name_as_written` is what the source called it."""

    procedure = models.ForeignKey(
        Procedure, verbose_name=_("thủ tục"), on_delete=models.CASCADE, related_name="roles"
    )
    agency = models.ForeignKey(
        Agency, verbose_name=_("cơ quan"), on_delete=models.PROTECT, related_name="roles"
    )
    role = models.CharField(_("vai trò"), max_length=15, choices=AgencyRole.choices)
    name_as_written = models.CharField(_("tên trong nguồn"), max_length=300, blank=True)

    objects = ProcedureAgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("vai trò của cơ quan")
        verbose_name_plural = _("vai trò của cơ quan")
        ordering = ["role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "agency", "role"],
                name="agency_role_once_per_procedure",
                violation_error_message=_("Cơ quan này đã có vai trò đó trong thủ tục."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} – {self.get_role_display()}"
