"""Who is told of public changes by a request of ours, and what became of each message."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from catalog.models import ActorNamed, Agency
from publication.enums import DeliveryState, WebhookState
from publication.validators import validate_webhook_url
from publication.webhook_querysets import WebhookDeliveryQuerySet, WebhookSubscriptionQuerySet

# What sending moves: never written by a form, and no news for the history of a row.
_MOVED_BY_SENDING = ["sequence", "failing_since", "failures"]
SECRETS = ["secret", "previous_secret", "previous_until"]


class WebhookSubscription(models.Model):
    """One address of one agency's system. All changes up to `sequence` have been taken there.

    The secrets are sealed (webhooks/signing.py): a message cannot be signed with a digest.
    """

    agency = models.ForeignKey(
        Agency, verbose_name=_("cơ quan"), on_delete=models.PROTECT, related_name="webhooks"
    )
    label = models.CharField(
        _("hệ thống nhận"), max_length=200, help_text=_("Hệ thống nào nhận, ai phụ trách.")
    )
    url = models.CharField(
        _("địa chỉ nhận"),
        max_length=500,
        validators=[validate_webhook_url],
        help_text=_("Ví dụ https://so-y-te.example.gov.vn/thu-tuc/nhan"),
    )
    state = models.CharField(
        _("tình trạng"),
        max_length=10,
        choices=WebhookState.choices,
        default=WebhookState.ACTIVE,
        editable=False,
    )
    secret = models.TextField(editable=False)
    previous_secret = models.TextField(blank=True, editable=False)
    previous_until = models.DateTimeField(_("khóa cũ còn dùng đến"), null=True, editable=False)
    sequence = models.PositiveBigIntegerField(_("đã nhận đến sự kiện"), default=0, editable=False)
    failing_since = models.DateTimeField(_("không nhận từ"), null=True, editable=False)
    failures = models.PositiveIntegerField(_("số lần không nhận"), default=0, editable=False)
    disabled_at = models.DateTimeField(_("ngừng lúc"), null=True, editable=False)
    created_at = models.DateTimeField(_("đăng ký lúc"), editable=False)
    created_by = models.CharField(_("người đăng ký"), max_length=300, blank=True, editable=False)

    history = HistoricalRecords(excluded_fields=[*_MOVED_BY_SENDING, *SECRETS], bases=[ActorNamed])
    objects = WebhookSubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("nơi nhận thay đổi (webhook)")
        verbose_name_plural = _("nơi nhận thay đổi (webhook)")
        ordering = ["label", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "url"],
                name="webhook_once_per_agency_and_address",
                violation_error_message=_("Cơ quan này đã đăng ký địa chỉ này."),
            ),
            models.CheckConstraint(
                name="webhook_address_is_of_the_web",
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"),
                violation_error_message=_("Địa chỉ nhận phải bắt đầu bằng https://."),
            ),
            models.CheckConstraint(
                name="webhook_disabled_with_its_moment",
                condition=Q(state="disabled", disabled_at__isnull=False)
                | (~Q(state="disabled") & Q(disabled_at=None)),
                violation_error_message=_("Đã ngừng gửi thì phải có giờ ngừng."),
            ),
            models.CheckConstraint(
                name="webhook_failures_with_their_beginning",
                condition=Q(failures=0, failing_since=None)
                | Q(failures__gt=0, failing_since__isnull=False),
                violation_error_message=_("Số lần không nhận phải đi cùng lúc bắt đầu."),
            ),
            models.CheckConstraint(
                name="webhook_previous_secret_with_its_end",
                condition=Q(previous_secret="", previous_until=None)
                | (~Q(previous_secret="") & Q(previous_until__isnull=False)),
                violation_error_message=_("Khóa ký cũ phải có hạn dùng."),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class WebhookDelivery(models.Model):
    """One message: changes `first` to `last` of the log, or a test, which carries none.

    `key` is the same at every attempt, and so is the body. The row is written before the request
    goes out: a crash sends it again under the same key, and skips nothing.
    """

    subscription = models.ForeignKey(
        WebhookSubscription,
        verbose_name=_("hệ thống nhận"),
        on_delete=models.CASCADE,
        related_name="deliveries",
    )
    key = models.CharField(_("mã lượt gửi"), max_length=40, unique=True)
    first = models.PositiveBigIntegerField(_("từ sự kiện"), null=True)
    last = models.PositiveBigIntegerField(_("đến sự kiện"), null=True)
    state = models.CharField(_("tình trạng"), max_length=10, choices=DeliveryState.choices)
    attempts = models.PositiveIntegerField(_("số lần gửi"), default=1)
    created_at = models.DateTimeField(_("lập lúc"))
    tried_at = models.DateTimeField(_("gửi lần cuối lúc"))
    next_attempt_at = models.DateTimeField(_("gửi lại lúc"), null=True)
    status = models.PositiveSmallIntegerField(_("mã trả lời"), null=True)
    milliseconds = models.PositiveIntegerField(_("mất (ms)"), null=True)
    error = models.TextField(_("lỗi"), blank=True)

    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt gửi thay đổi")
        verbose_name_plural = _("lượt gửi thay đổi")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["subscription", "state"], name="webhook_delivery_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subscription"],
                condition=Q(state__in=["sending", "waiting"]),
                name="webhook_one_open_delivery",
                violation_error_message=_("Nơi nhận này đang có một lượt gửi chưa xong."),
            ),
            models.CheckConstraint(
                name="webhook_delivery_of_a_stretch_or_a_test",
                # Said in full: a check that compares with nothing is neither true nor false, and
                # the database lets it pass.
                condition=Q(first=None, last=None)
                | Q(first__isnull=False, last__isnull=False, first__gte=1, last__gte=F("first")),
                violation_error_message=_("Một lượt gửi mang các sự kiện liền nhau, hoặc để thử."),
            ),
            models.CheckConstraint(
                name="webhook_delivery_waits_until_a_moment",
                condition=Q(state="waiting", next_attempt_at__isnull=False)
                | (~Q(state="waiting") & Q(next_attempt_at=None)),
                violation_error_message=_("Lượt chờ gửi lại phải có giờ gửi."),
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_test(self) -> bool:
        return self.first is None
