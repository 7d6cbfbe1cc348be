"""Which files of forms stand in frozen texts: as long as one does, the database keeps its row."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import FormFile
from publication.models.announcement import AnnouncementItem


class FrozenForm(models.Model):
    """A form's file that the frozen text of an item names. Goes when the text is let go."""

    item = models.ForeignKey(
        AnnouncementItem,
        verbose_name=_("căn cứ trong quyết định"),
        on_delete=models.CASCADE,
        related_name="frozen_forms",
    )
    form_file = models.ForeignKey(
        FormFile,
        verbose_name=_("tệp mẫu đơn"),
        on_delete=models.PROTECT,
        related_name="frozen_forms",
    )

    class Meta:
        verbose_name = _("tệp mẫu đơn đã chốt")
        verbose_name_plural = _("tệp mẫu đơn đã chốt")
        ordering = ["item", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "form_file"],
                name="frozen_form_once_per_item",
                violation_error_message=_("Văn bản đã chốt có tệp này rồi."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} – {self.form_file}"
