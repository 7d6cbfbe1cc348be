"""Deadlines as dated rows: what the law says, in which unit, from when, and where it says so."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.querysets import StaffQuerySet
from publication.enums import DayUnit, DeadlineAnchor


class DeadlineRule(models.Model):
    """One wording of one rule, for the days on which it holds; decrees are replaced, rows stay."""

    code = models.SlugField(_("mã quy tắc"), max_length=40)
    label = models.CharField(_("tên"), max_length=200)
    amount = models.PositiveSmallIntegerField(_("số ngày"))
    unit = models.CharField(_("đơn vị"), max_length=10, choices=DayUnit.choices)
    anchor = models.CharField(_("tính"), max_length=15, choices=DeadlineAnchor.choices)
    valid_from = models.DateField(_("áp dụng từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    citation = models.CharField(
        _("căn cứ"), max_length=300, help_text=_("Điều, khoản và số văn bản.")
    )
    note = models.TextField(_("ghi chú"), blank=True)

    objects = StaffQuerySet["DeadlineRule"].as_manager()

    class Meta:
        verbose_name = _("quy tắc thời hạn")
        verbose_name_plural = _("quy tắc thời hạn")
        ordering = ["code", "valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="deadline_rule_once_per_start",
                violation_error_message=_("Quy tắc này đã có một dòng bắt đầu từ ngày đó."),
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(valid_from=None),
                name="deadline_rule_once_without_start",
                violation_error_message=_("Quy tắc này đã có một dòng không ghi ngày bắt đầu."),
            ),
            models.CheckConstraint(
                name="deadline_rule_ends_after_it_begins",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("Ngày hết áp dụng phải sau ngày bắt đầu."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.amount} {self.get_unit_display()}"
