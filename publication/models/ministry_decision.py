"""Ministry decisions that announce procedures: what the province has to answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from catalog.codes import decision_number_key
from catalog.models import ActorNamed, Agency
from catalog.validators import (
    validate_levels,
    validate_procedure_code,
    validate_procedure_codes,
)
from publication.enums import ItemEffect
from publication.querysets import (
    MinistryDecisionQuerySet,
    MinistryItemQuerySet,
    PartOfDecisionQuerySet,
)
from publication.validators import validate_decision_number


class MinistryDecision(models.Model):
    """A number alone restarts every year: issuer, number and year together name a decision."""

    issuer = models.ForeignKey(
        Agency,
        verbose_name=_("cơ quan ban hành"),
        on_delete=models.PROTECT,
        related_name="ministry_decisions",
    )
    issuer_name = models.CharField(
        _("tên cơ quan lúc ký"), max_length=300, help_text=_("Giữ nguyên dù cơ quan đổi tên.")
    )
    number = models.CharField(
        _("số quyết định"),
        max_length=60,
        validators=[validate_decision_number],
        help_text=_("Ví dụ 2972/QĐ-BNN-CN."),
    )
    number_key = models.CharField(max_length=60, editable=False)
    signed_on = models.DateField(_("ngày ký"), null=True, blank=True)
    signed_year = models.PositiveSmallIntegerField(editable=False, default=0)
    received_on = models.DateField(_("ngày nhận"), null=True, blank=True)
    title = models.CharField(_("trích yếu"), max_length=1000, blank=True)
    shortened_procedure = models.BooleanField(_("văn bản theo thủ tục rút gọn"), default=False)
    is_proposed = models.BooleanField(
        _("do máy đề xuất"),
        default=False,
        help_text=_("Lập từ dữ liệu quốc gia; chưa tính hạn cho đến khi có người xác nhận."),
    )
    rejected_at = models.DateTimeField(_("bác đề xuất lúc"), null=True, blank=True, editable=False)
    rejected_by = models.CharField(
        _("người bác đề xuất"), max_length=300, blank=True, editable=False
    )
    rejection_reason = models.CharField(
        _("lý do bác đề xuất"), max_length=500, blank=True, editable=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người nhập"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(_("nhập lúc"), auto_now_add=True)
    version = models.PositiveIntegerField(_("lần sửa"), default=1, editable=False)

    history = HistoricalRecords(bases=[ActorNamed])
    objects = MinistryDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("quyết định công bố của bộ")
        verbose_name_plural = _("quyết định công bố của bộ")
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "number_key", "signed_year"],
                # What was rejected leaves its number free for what later texts or papers show.
                condition=Q(rejected_at=None),
                name="ministry_decision_once_a_year",
                violation_error_message=_(
                    "Quyết định có số này của cơ quan này trong năm này đã được nhập."
                ),
            ),
            models.CheckConstraint(
                name="ministry_decision_rejected_with_a_reason",
                condition=Q(rejected_at=None, rejection_reason="")
                | (Q(rejected_at__isnull=False, is_proposed=True) & ~Q(rejection_reason="")),
                violation_error_message=_("Chỉ bác đề xuất của máy, và phải ghi lý do."),
            ),
        ]

    def __str__(self) -> str:
        day = f" ngày {self.signed_on:%d/%m/%Y}" if self.signed_on else ""
        return f"{self.number}{day}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.number_key = decision_number_key(self.number)
        self.signed_year = self.signed_on.year if self.signed_on else 0
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def clean(self) -> None:
        # The unique key is derived, so forms would meet it only in the database.
        self.number_key = decision_number_key(self.number)
        self.signed_year = self.signed_on.year if self.signed_on else 0
        if not self.issuer_name and self.issuer_id:
            self.issuer_name = self.issuer.name


class LegalDocument(models.Model):
    """A legal text that a ministry decision announces procedures of, with its day of effect."""

    decision = models.ForeignKey(
        MinistryDecision,
        verbose_name=_("quyết định"),
        on_delete=models.CASCADE,
        related_name="legal_documents",
    )
    number = models.CharField(_("số ký hiệu"), max_length=60)
    title = models.CharField(_("tên văn bản"), max_length=1000, blank=True)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    effective_on = models.DateField(_("ngày có hiệu lực"), null=True, blank=True)

    objects = PartOfDecisionQuerySet["LegalDocument"].as_manager()

    class Meta:
        verbose_name = _("văn bản quy phạm pháp luật")
        verbose_name_plural = _("văn bản quy phạm pháp luật")
        ordering = ["effective_on", "pk"]

    def __str__(self) -> str:
        return self.number


class MinistryItem(models.Model):
    """One procedure in a ministry decision; the code may not be in the register yet."""

    decision = models.ForeignKey(
        MinistryDecision,
        verbose_name=_("quyết định"),
        on_delete=models.CASCADE,
        related_name="items",
    )
    ordinal = models.PositiveIntegerField(_("số thứ tự"), default=1)
    code = models.CharField(_("mã thủ tục"), max_length=8, validators=[validate_procedure_code])
    name = models.CharField(_("tên thủ tục"), max_length=1500)
    effect = models.CharField(_("loại"), max_length=10, choices=ItemEffect.choices)
    levels = models.JSONField(
        _("cấp thực hiện"), default=list, blank=True, validators=[validate_levels]
    )
    replaces_codes = models.JSONField(
        _("thay thế các mã"),
        default=list,
        blank=True,
        validators=[validate_procedure_codes],
        help_text=_("Mã các thủ tục mà thủ tục này thay thế."),
    )
    agencies = models.ManyToManyField(
        Agency,
        verbose_name=_("cơ quan phải công bố"),
        blank=True,
        related_name="ministry_items",
        help_text=_("Để trống: cơ quan chủ trì thủ tục trong kho."),
    )
    not_applicable_reason = models.CharField(
        _("lý do không áp dụng tại tỉnh"),
        max_length=500,
        blank=True,
        help_text=_(
            "Ghi lý do khi thủ tục chỉ thực hiện ở bộ hoặc không có ở tỉnh; "
            "có giá trị khi Văn phòng đã chấp thuận."
        ),
    )
    not_applicable_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người đề nghị không áp dụng"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    not_applicable_approved_at = models.DateTimeField(
        _("chấp thuận không áp dụng lúc"), null=True, blank=True, editable=False
    )
    not_applicable_approved_by = models.CharField(
        _("người chấp thuận không áp dụng"), max_length=300, blank=True, editable=False
    )

    history = HistoricalRecords(bases=[ActorNamed])
    objects = MinistryItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("thủ tục trong quyết định của bộ")
        verbose_name_plural = _("thủ tục trong quyết định của bộ")
        ordering = ["decision", "ordinal", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "code"],
                name="ministry_item_once_per_decision",
                violation_error_message=_("Mã thủ tục này đã có trong quyết định."),
            ),
            models.CheckConstraint(
                name="ministry_item_approved_exit_has_a_reason",
                condition=Q(not_applicable_approved_at=None) | ~Q(not_applicable_reason=""),
                violation_error_message=_("Không áp dụng tại tỉnh thì phải ghi lý do."),
            ),
            models.CheckConstraint(
                name="ministry_item_has_a_code",
                condition=~Q(code=""),
                violation_error_message=_("Thiếu mã thủ tục."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
