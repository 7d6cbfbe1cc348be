"""Who wants mails about which lists or procedures, and the mails that were planned for them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publication.enums import MailingState, SubscriptionKind


class Subscriber(models.Model):
    """An address. The row goes, with all that hangs on it, when its owner leaves.

    `leave_key` opens the page to leave by; `asked_at` is set while a confirmation is to be sent.
    """

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    language = models.CharField(_("ngôn ngữ"), max_length=10, default="vi")
    leave_key = models.CharField(_("khóa thôi nhận"), max_length=43, unique=True)
    asked_at = models.DateTimeField(_("chờ gửi thư xác nhận từ"), null=True, blank=True)
    created_at = models.DateTimeField(_("lập lúc"))

    class Meta:
        verbose_name = _("người nhận tin")
        verbose_name_plural = _("người nhận tin")

    def __str__(self) -> str:
        return f"#{self.pk}"


class Subscription(models.Model):
    """One list or procedure an address wants to hear of; silent until it is confirmed.

    `after_sequence` is the head of the event log at confirmation: what happened before is no news.
    """

    subscriber = models.ForeignKey(
        Subscriber, verbose_name=_("người nhận"), on_delete=models.CASCADE, related_name="wants"
    )
    kind = models.CharField(_("loại"), max_length=10, choices=SubscriptionKind.choices)
    key = models.CharField(_("lĩnh vực, cơ quan hoặc mã"), max_length=200)
    asked_at = models.DateTimeField(_("đăng ký lúc"))
    confirmed_at = models.DateTimeField(_("xác nhận lúc"), null=True, blank=True)
    after_sequence = models.PositiveBigIntegerField(_("báo từ sau sự kiện số"), default=0)

    class Meta:
        verbose_name = _("đăng ký nhận tin")
        verbose_name_plural = _("đăng ký nhận tin")
        ordering = ["kind", "key"]
        indexes = [
            models.Index(
                fields=["kind", "key"],
                condition=Q(confirmed_at__isnull=False),
                name="subscription_confirmed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "kind", "key"],
                name="subscription_once_per_address",
                violation_error_message=_("Địa chỉ này đã đăng ký nhận tin này."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.key}"


class Mailing(models.Model):
    """One mail of news to one subscriber, with the events it tells of.

    Written in the transaction that moves the consumer's cursor; claimed before it is handed over.
    """

    subscriber = models.ForeignKey(
        Subscriber, verbose_name=_("người nhận"), on_delete=models.CASCADE, related_name="mailings"
    )
    sequences = models.JSONField(_("các sự kiện"), default=list)
    state = models.CharField(
        _("tình trạng"),
        max_length=10,
        choices=MailingState.choices,
        default=MailingState.PLANNED,
    )
    planned_at = models.DateTimeField(_("lập lúc"))
    claimed_at = models.DateTimeField(_("nhận gửi lúc"), null=True, blank=True)
    error = models.TextField(_("lỗi"), blank=True)

    class Meta:
        verbose_name = _("thư báo thay đổi")
        verbose_name_plural = _("thư báo thay đổi")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["state", "id"], name="mailing_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber"],
                condition=Q(state="planned"),
                name="mailing_one_planned_per_subscriber",
                violation_error_message=_("Người này đã có một thư chờ gửi."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} ({self.get_state_display()})"
