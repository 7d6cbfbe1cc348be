"""Ministry items that the province has not answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publication.models.announcement import AnnouncementItem
from publication.models.ministry_decision import MinistryItem
from publication.querysets import GapQuerySet


class AnnouncementGap(models.Model):
    """Open while no issued announcement item answers the ministry item."""

    ministry_item = models.ForeignKey(
        MinistryItem,
        verbose_name=_("thủ tục của bộ"),
        on_delete=models.CASCADE,
        related_name="gaps",
    )
    opened_on = models.DateField(_("mở ngày"))
    closed_on = models.DateField(_("đóng ngày"), null=True, blank=True)
    closed_by = models.ForeignKey(
        AnnouncementItem,
        verbose_name=_("được thực hiện bởi"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="closed_gaps",
    )

    objects = GapQuerySet.as_manager()

    class Meta:
        verbose_name = _("thủ tục chưa công bố")
        verbose_name_plural = _("thủ tục chưa công bố")
        ordering = ["opened_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ministry_item"],
                condition=Q(closed_on=None),
                name="gap_one_open_per_item",
                violation_error_message=_("Thủ tục này đang được theo dõi."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.ministry_item)
