"""The log of what people did with an announcement decision: who, when, from, to, why."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from publication.enums import DecisionActKind, DecisionStatus
from publication.models.announcement import AnnouncementDecision
from publication.querysets import WorkOnDecisionQuerySet


class DecisionAct(models.Model):
    """One act. Append-only; the actor's name stays when the account goes."""

    decision = models.ForeignKey(
        AnnouncementDecision,
        verbose_name=_("quyết định"),
        on_delete=models.CASCADE,
        related_name="acts",
    )
    kind = models.CharField(_("việc"), max_length=10, choices=DecisionActKind.choices)
    status_before = models.CharField(
        _("trạng thái trước"), max_length=10, choices=DecisionStatus.choices, blank=True
    )
    status_after = models.CharField(
        _("trạng thái sau"), max_length=10, choices=DecisionStatus.choices
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("tài khoản"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    actor_name = models.CharField(_("người thực hiện"), max_length=300, blank=True)
    acted_at = models.DateTimeField(_("lúc"))
    remarks = models.TextField(_("nội dung, lý do"), blank=True)
    override_reason = models.TextField(
        _("lý do ngoại lệ"),
        blank=True,
        help_text=_("Người duyệt cũng là người nhập hoặc trình."),
    )
    frozen_digest = models.CharField(_("mã băm lúc đó"), max_length=64, blank=True)

    objects = WorkOnDecisionQuerySet["DecisionAct"].as_manager()

    class Meta:
        verbose_name = _("việc đã làm với quyết định")
        verbose_name_plural = _("việc đã làm với quyết định")
        ordering = ["acted_at", "pk"]

    def __str__(self) -> str:
        moment = f"{localtime(self.acted_at):%d/%m/%Y %H:%M}"
        return f"{self.get_kind_display()} {moment} {self.actor_name}".rstrip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("the log of acts is append-only: an act is never saved again")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("the log of acts is append-only: an act is never deleted")
