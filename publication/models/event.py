"""The append-only log of what changed for the public: the portal's spine."""

from typing import NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.querysets import StaffQuerySet
from publication.enums import EventKind
from publication.models.announcement import AnnouncementDecision
from publication.models.listing import Listing


class PublicationEvent(models.Model):
    """One public change. `sequence` has no gaps; each row carries the digest of the one before."""

    sequence = models.PositiveBigIntegerField(_("số thứ tự"), primary_key=True)
    kind = models.CharField(_("loại"), max_length=20, choices=EventKind.choices)
    listing = models.ForeignKey(
        Listing, verbose_name=_("bản công khai"), on_delete=models.PROTECT, related_name="events"
    )
    decision = models.ForeignKey(
        AnnouncementDecision,
        verbose_name=_("quyết định"),
        on_delete=models.PROTECT,
        related_name="events",
    )
    code = models.CharField(_("mã thủ tục"), max_length=8)
    occurred_at = models.DateTimeField(_("lúc"))
    payload = models.JSONField(_("nội dung"))
    previous_digest = models.CharField(_("mã băm trước"), max_length=64)
    digest = models.CharField(_("mã băm"), max_length=64, unique=True)

    objects = StaffQuerySet["PublicationEvent"].as_manager()

    class Meta:
        verbose_name = _("sự kiện công khai")
        verbose_name_plural = _("sự kiện công khai")
        ordering = ["sequence"]
        indexes = [
            # The page of the week counts and finds its events without a look at all others.
            models.Index(fields=["occurred_at", "kind", "sequence"], name="event_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.get_kind_display()} {self.code}"

    def save(self, *args: object, **kwargs: object) -> None:
        if not kwargs.get("force_insert"):
            raise TypeError("the event log is append-only: an event is never saved again")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise TypeError("the event log is append-only: an event is never deleted")


class EventHead(models.Model):
    """The last link of the chain; the one row whose lock numbers events without gaps."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    sequence = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        verbose_name = _("đầu chuỗi sự kiện")
        verbose_name_plural = _("đầu chuỗi sự kiện")
        constraints = [
            models.CheckConstraint(
                name="event_head_is_one_row",
                condition=models.Q(id=1),
                violation_error_message=_("Chuỗi sự kiện chỉ có một đầu."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.sequence)


class DailyHead(models.Model):
    """The last link of each day that has one: who noted it can later prove that the log was kept.

    Days are those of the province, and never go back from one event to the next.
    """

    day = models.DateField(_("ngày"), primary_key=True)
    sequence = models.PositiveBigIntegerField(_("sự kiện cuối"))
    digest = models.CharField(_("mã băm"), max_length=64)

    class Meta:
        verbose_name = _("đầu chuỗi của ngày")
        verbose_name_plural = _("đầu chuỗi của các ngày")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day}: {self.sequence}"


class ConsumerCursor(models.Model):
    """How far a consumer of the log has come."""

    consumer = models.CharField(_("nơi nhận"), max_length=30, unique=True)
    sequence = models.PositiveBigIntegerField(_("đã xử lý đến"), default=0)
    moved_at = models.DateTimeField(_("lúc"), auto_now=True)

    class Meta:
        verbose_name = _("con trỏ nơi nhận")
        verbose_name_plural = _("con trỏ nơi nhận")
        ordering = ["consumer"]

    def __str__(self) -> str:
        return f"{self.consumer}: {self.sequence}"
