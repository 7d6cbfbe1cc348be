"""Questions that found nothing, kept without telling who asked or what only one person wrote."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.querysets import StaffQuerySet


class UnansweredQuestion(models.Model):
    """`words` stays empty until enough have asked the same; see publication.unanswered."""

    digest = models.CharField(_("dấu"), max_length=64, unique=True, editable=False)
    words = models.CharField(_("câu hỏi"), max_length=200, blank=True)
    times = models.PositiveIntegerField(_("số lần"), default=0)
    last_asked_on = models.DateField(_("lần cuối"))

    objects = StaffQuerySet["UnansweredQuestion"].as_manager()

    class Meta:
        verbose_name = _("câu hỏi chưa có kết quả")
        verbose_name_plural = _("câu hỏi chưa có kết quả")
        ordering = ["-times", "pk"]

    def __str__(self) -> str:
        return self.words or str(_("(chưa đủ số người hỏi)"))
