"""Announcement decisions of the province: the only way a public text changes."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from catalog.codes import decision_number_key
from catalog.models import ActorNamed, Agency, Procedure
from publication.enums import DecisionStatus, ItemEffect
from publication.lifecycle import check_move
from publication.models.ministry_decision import MinistryItem
from publication.querysets import AnnouncementQuerySet, PartOfDecisionQuerySet
from publication.validators import validate_decision_number

_UNSIGNED = Q(number="", signed_on=None, signed_by="", effective_on=None)
_SIGNED = ~Q(number="") & Q(signed_on__isnull=False, effective_on__isnull=False) & ~Q(signed_by="")


class AnnouncementDecision(models.Model):
    """Of the Chairman (Decree 63/2010/NĐ-CP art. 13.2) or of an authorised head (art. 13.3)."""

    issuer = models.ForeignKey(
        Agency,
        verbose_name=_("cơ quan ban hành"),
        on_delete=models.PROTECT,
        related_name="announcement_decisions",
    )
    issuer_name = models.CharField(_("tên cơ quan lúc ký"), max_length=300, blank=True)
    lead_agency = models.ForeignKey(
        Agency,
        verbose_name=_("cơ quan trình"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="submitted_announcements",
    )
    title = models.CharField(
        _("trích yếu"),
        max_length=1000,
        help_text=_("Ví dụ: Công bố Danh mục thủ tục hành chính mới ban hành lĩnh vực Chăn nuôi…"),
    )
    corrects = models.ForeignKey(
        "self",
        verbose_name=_("đính chính quyết định"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        help_text=_("Quyết định được đính chính vẫn giữ nguyên trong lịch sử."),
    )
    status = models.CharField(
        _("trạng thái"),
        max_length=10,
        choices=DecisionStatus.choices,
        default=DecisionStatus.DRAFT,
        editable=False,
    )
    submission_number = models.CharField(_("số tờ trình"), max_length=60, blank=True)
    submission_on = models.DateField(_("ngày tờ trình"), null=True, blank=True)
    number = models.CharField(
        _("số quyết định"), max_length=60, blank=True, validators=[validate_decision_number]
    )
    number_key = models.CharField(max_length=60, editable=False, blank=True)
    signed_year = models.PositiveSmallIntegerField(editable=False, default=0)
    signed_on = models.DateField(_("ngày ký"), null=True, blank=True)
    signed_by = models.CharField(
        _("người ký"),
        max_length=200,
        blank=True,
        help_text=_("Chức vụ và họ tên như trong văn bản."),
    )
    effective_on = models.DateField(_("ngày có hiệu lực"), null=True, blank=True)
    signed_file = models.FileField(
        _("bản đã ký"), upload_to="decisions/%Y/", blank=True, max_length=300
    )
    frozen_digest = models.CharField(
        _("mã băm nội dung trình"), max_length=64, blank=True, editable=False
    )
    slug = models.SlugField(  # noqa: DJ001  drafts have none, and NULLs do not collide
        _("đường dẫn"),
        max_length=120,
        null=True,
        unique=True,
        editable=False,
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
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người trình"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    submitted_at = models.DateTimeField(_("trình lúc"), null=True, blank=True, editable=False)
    return_remarks = models.TextField(_("lý do trả lại"), blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người duyệt"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True, editable=False)
    issued_at = models.DateTimeField(
        _("ban hành trên cổng lúc"), null=True, blank=True, editable=False
    )
    withdrawn_on = models.DateField(_("thu hồi từ ngày"), null=True, blank=True, editable=False)
    withdrawal_basis = models.CharField(
        _("văn bản thu hồi"), max_length=300, blank=True, editable=False
    )
    version = models.PositiveIntegerField(_("lần sửa"), default=1, editable=False)

    history = HistoricalRecords(bases=[ActorNamed])
    objects = AnnouncementQuerySet.as_manager()
    _status_held = ""  # as the database has it

    class Meta:
        verbose_name = _("quyết định công bố của tỉnh")
        verbose_name_plural = _("quyết định công bố của tỉnh")
        ordering = ["-signed_on", "-pk"]
        permissions = [
            ("issue_announcement", _("Ban hành quyết định công bố")),
            ("return_announcement", _("Trả lại quyết định công bố")),
            ("submit_announcement", _("Trình quyết định công bố")),
            ("approve_announcement", _("Duyệt quyết định công bố")),
            ("withdraw_announcement", _("Thu hồi quyết định công bố")),
            ("override_separation", _("Duyệt việc mình đã nhập hoặc trình, có nêu lý do")),
        ]
        indexes = [
            # A page of the API's list is a stretch of it.
            models.Index(fields=["-signed_on", "-slug"], name="announcement_newest_first"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "number_key", "signed_year"],
                condition=~Q(number_key=""),
                name="announcement_once_a_year",
                violation_error_message=_(
                    "Quyết định có số này của cơ quan này trong năm này đã được nhập."
                ),
            ),
            models.CheckConstraint(
                name="announcement_signed_facts_together",
                condition=_UNSIGNED | _SIGNED,
                violation_error_message=_(
                    "Số, ngày ký, người ký, ngày có hiệu lực: nhập đủ cả bốn hoặc để trống cả bốn."
                ),
            ),
            models.CheckConstraint(
                name="announcement_issued_is_signed",
                condition=~Q(status__in=[DecisionStatus.ISSUED, DecisionStatus.WITHDRAWN])
                | (_SIGNED & Q(issued_at__isnull=False)),
                violation_error_message=_(
                    "Quyết định đã ban hành phải có số, ngày ký và người ký."
                ),
            ),
            models.CheckConstraint(
                name="announcement_withdrawn_with_day_and_basis",
                condition=Q(withdrawn_on=None, withdrawal_basis="")
                & ~Q(status=DecisionStatus.WITHDRAWN)
                | Q(status=DecisionStatus.WITHDRAWN, withdrawn_on__isnull=False)
                & ~Q(withdrawal_basis=""),
                violation_error_message=_(
                    "Quyết định bị thu hồi phải ghi ngày thu hồi và văn bản thu hồi."
                ),
            ),
            models.CheckConstraint(
                name="announcement_does_not_correct_itself",
                condition=Q(corrects=None) | ~Q(corrects=F("id")),
                violation_error_message=_("Quyết định không thể đính chính chính nó."),
            ),
            models.CheckConstraint(
                name="announcement_effective_not_before_signed",
                # A correction takes the day of the text it sets aside, which was signed earlier.
                condition=Q(effective_on=None)
                | Q(effective_on__gte=F("signed_on"))
                | Q(corrects__isnull=False),
                violation_error_message=_("Ngày có hiệu lực không được trước ngày ký."),
            ),
        ]

    def __str__(self) -> str:
        if self.number and self.signed_on:
            return f"{self.number} ngày {self.signed_on:%d/%m/%Y}"
        return f"({self.get_status_display()}) {self.title[:80]}"

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> "AnnouncementDecision":
        decision = super().from_db(*args, **kwargs)
        # A deferred status is not read: nothing was meant to happen to it.
        decision._status_held = decision.__dict__.get("status", "")
        return decision

    def save(self, *args: object, **kwargs: object) -> None:
        """Raises IllegalMove when the status was assigned against the table of moves."""
        if self._status_held and self._status_held != self.status:
            check_move(self._status_held, self.status)
        self._derive()
        super().save(*args, **kwargs)  # type: ignore[arg-type]
        self._status_held = self.status

    def clean(self) -> None:
        # The unique key is derived, so forms would meet it only in the database.
        self._derive()

    def _derive(self) -> None:
        self.number_key = decision_number_key(self.number)
        self.signed_year = self.signed_on.year if self.signed_on else 0
        if not self.issuer_name and self.issuer_id:
            self.issuer_name = self.issuer.name

    def get_absolute_url(self) -> str:
        return f"/quyet-dinh/{self.slug}/"


class AnnouncementItem(models.Model):
    """What the decision does to one procedure, and where in the annex it says so."""

    decision = models.ForeignKey(
        AnnouncementDecision,
        verbose_name=_("quyết định"),
        on_delete=models.CASCADE,
        related_name="items",
    )
    part = models.CharField(_("phần, mục"), max_length=200, blank=True)
    ordinal = models.PositiveIntegerField(_("số thứ tự"), default=1)
    effect = models.CharField(_("loại"), max_length=10, choices=ItemEffect.choices)
    procedure = models.ForeignKey(
        Procedure,
        verbose_name=_("thủ tục"),
        on_delete=models.PROTECT,
        related_name="announcement_items",
    )
    answers = models.ForeignKey(
        MinistryItem,
        verbose_name=_("thực hiện thủ tục của bộ"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="answered_by",
    )
    replaces = models.ManyToManyField(
        Procedure,
        verbose_name=_("thay thế các thủ tục"),
        blank=True,
        related_name="replaced_by_items",
        help_text=_(
            "Chỉ với loại “Thay thế”: các thủ tục này kết thúc khi quyết định có hiệu lực."
        ),
    )
    change_note = models.CharField(
        _("nội dung thay đổi"),
        max_length=1000,
        blank=True,
        help_text=_("Người dân đọc được: thay đổi gì so với bản trước."),
    )
    frozen_text = models.JSONField(_("văn bản đã chốt"), null=True, blank=True, editable=False)
    frozen_digest = models.CharField(_("mã băm"), max_length=64, blank=True, editable=False)

    objects = PartOfDecisionQuerySet["AnnouncementItem"].as_manager()

    class Meta:
        verbose_name = _("thủ tục trong quyết định của tỉnh")
        verbose_name_plural = _("thủ tục trong quyết định của tỉnh")
        ordering = ["decision", "ordinal", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "procedure"],
                name="announcement_item_once_per_decision",
                violation_error_message=_("Thủ tục này đã có trong quyết định."),
            ),
            models.CheckConstraint(
                name="announcement_item_text_and_digest_together",
                condition=Q(frozen_text__isnull=True, frozen_digest="")
                | (Q(frozen_text__isnull=False) & ~Q(frozen_digest="")),
                violation_error_message=_("Văn bản đã chốt phải đi cùng mã băm."),
            ),
        ]

    def __str__(self) -> str:
        # By its code alone: other agencies meet the item in lists, the register text is not theirs.
        return f"{self.get_effect_display()}: {self.procedure.code}"
