"""Ministry items that the province has not answered, agency by agency."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Agency
from publication.enums import GapClosure
from publication.gap_querysets import GapQuerySet
from publication.gap_states import GapFacts
from publication.models.announcement import AnnouncementItem
from publication.models.ministry_decision import MinistryItem


class AnnouncementGap(models.Model):
    """Open while no issued announcement item answers the ministry item for an agency.

    `agency` is empty while nobody is named for the procedure: then the Office holds it. The days
    are recomputed by every run; how late a gap is follows from them and the day asked about.
    """

    ministry_item = models.ForeignKey(
        MinistryItem,
        verbose_name=_("thủ tục của bộ"),
        on_delete=models.PROTECT,
        related_name="gaps",
    )
    agency = models.ForeignKey(
        Agency,
        verbose_name=_("cơ quan phải công bố"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="gaps",
    )
    opened_on = models.DateField(_("mở ngày"))
    legal_due_on = models.DateField(
        _("hạn theo luật"),
        null=True,
        blank=True,
        help_text=_("Trước ngày văn bản có hiệu lực (Nghị định 63/2010/NĐ-CP, Điều 15)."),
    )
    office_due_on = models.DateField(
        _("hạn của Văn phòng"),
        null=True,
        blank=True,
        help_text=_("Tính từ ngày nhận quyết định của bộ, theo quy chế của tỉnh."),
    )
    ministry_due_on = models.DateField(_("hạn của bộ"), null=True, blank=True)
    drafted_on = models.DateField(_("ngày tờ trình"), null=True, blank=True)
    closed_on = models.DateField(_("đóng ngày"), null=True, blank=True)
    closure = models.CharField(
        _("lý do đóng"), max_length=20, choices=GapClosure.choices, blank=True
    )
    closed_by = models.ForeignKey(
        AnnouncementItem,
        verbose_name=_("được thực hiện bởi"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="closed_gaps",
    )
    lacking_levels = models.CharField(
        _("cấp chưa công bố"),
        max_length=60,
        blank=True,
        help_text=_("Cấp mà bộ nêu nhưng văn bản trả lời của tỉnh không có."),
    )

    objects = GapQuerySet.as_manager()

    class Meta:
        verbose_name = _("thủ tục chưa công bố")
        verbose_name_plural = _("thủ tục chưa công bố")
        ordering = ["opened_on", "pk"]
        indexes = [
            models.Index(
                fields=["legal_due_on"], condition=Q(closed_on=None), name="gap_open_by_due_day"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["ministry_item", "agency"],
                name="gap_once_per_item_and_agency",
                violation_error_message=_("Thủ tục này của cơ quan này đang được theo dõi."),
            ),
            models.UniqueConstraint(
                fields=["ministry_item"],
                condition=Q(agency=None),
                name="gap_once_per_item_without_agency",
                violation_error_message=_("Thủ tục này đang được theo dõi."),
            ),
            models.CheckConstraint(
                name="gap_closed_with_its_reason",
                condition=Q(closed_on=None, closure="")
                | (Q(closed_on__isnull=False) & ~Q(closure="")),
                violation_error_message=_("Đóng theo dõi thì phải có ngày và lý do."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.ministry_item)

    @property
    def facts(self) -> GapFacts:
        """The days that its state follows from; reads the ministry item and its decision."""
        decision = self.ministry_item.decision
        return GapFacts(
            opened_on=self.opened_on,
            ministry_signed_on=decision.signed_on,
            received_on=decision.received_on,
            legal_due_on=self.legal_due_on,
            office_due_on=self.office_due_on,
            ministry_due_on=self.ministry_due_on,
            drafted_on=self.drafted_on,
            closed_on=self.closed_on,
            closure=self.closure,
            is_assigned=self.agency_id is not None,
        )
