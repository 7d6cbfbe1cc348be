"""What was sent to subscribers, what they answered, and sending it once more."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.admin.read_only import ReadOnlyAdmin
from publication.admin.webhook_acts import say_outcome
from publication.authority import NotAllowed
from publication.models import WebhookDelivery
from publication.webhooks.acts import NotPossible
from publication.webhooks.by_hand import send_once_more


class TestFilter(admin.SimpleListFilter):
    title = gettext_lazy("loại tin")
    parameter_name = "loai-tin"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("thay-doi", _("Thay đổi")), ("thu", _("Gửi thử"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if not self.value():
            return queryset
        return queryset.filter(first__isnull=self.value() == "thu")


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ReadOnlyAdmin):
    list_display = (
        *("stretch", "subscription", "state", "answered", "attempts", "tried_at"),
        *("next_attempt_at", "trouble"),
    )
    list_filter = ("state", TestFilter)
    list_select_related = ("subscription",)
    show_facets = admin.ShowFacets.NEVER
    search_fields = ("key", "error", "subscription__label", "subscription__url")
    search_help_text = gettext_lazy("Tìm theo mã lượt gửi, lỗi, tên hệ thống hoặc địa chỉ")
    date_hierarchy = "tried_at"
    actions = ("once_more",)
    fields = (
        "subscription",
        "key",
        "stretch",
        "state",
        *("answered", "error", "attempts"),
        *("created_at", "tried_at", "next_attempt_at"),
    )
    readonly_fields = ("stretch", "answered")

    @admin.display(description=gettext_lazy("loại tin"), ordering="last")
    def stretch(self, delivery: WebhookDelivery) -> str:
        if delivery.is_test:
            return _("Gửi thử")
        if delivery.first == delivery.last:
            return _("Sự kiện %(first)s") % {"first": delivery.first}
        return _("Sự kiện %(first)s–%(last)s") % {"first": delivery.first, "last": delivery.last}

    @admin.display(description=gettext_lazy("trả lời"), ordering="status")
    def answered(self, delivery: WebhookDelivery) -> str:
        if delivery.status is None:
            return _("Chưa có")
        return f"{delivery.status} ({delivery.milliseconds}\N{NO-BREAK SPACE}ms)"

    @admin.display(description=gettext_lazy("lỗi"))
    def trouble(self, delivery: WebhookDelivery) -> str:
        return delivery.error[:120]

    def has_once_more_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("publication.change_webhookdelivery")

    @admin.action(description=gettext_lazy("Gửi lại ngay"), permissions=["once_more"])
    def once_more(self, request: HttpRequest, rows: QuerySet[WebhookDelivery]) -> None:
        """Each waits for its answer up to ten seconds: a handful at a time is what one looks at."""
        chosen = list(rows.order_by("pk")[: _AT_ONCE + 1])
        if len(chosen) > _AT_ONCE:
            words = _("Chọn tối đa %(count)s lượt mỗi lần.") % {"count": _AT_ONCE}
            self.message_user(request, words, messages.WARNING)
            return
        for delivery in chosen:
            self._once_more(request, delivery)

    def _once_more(self, request: HttpRequest, delivery: WebhookDelivery) -> None:
        try:
            sent = send_once_more(delivery_id=delivery.pk, by=request.user, now=now())
        except (NotPossible, NotAllowed) as refused:
            self.message_user(request, f"{refused} ({delivery})", messages.WARNING)
        else:
            say_outcome(self, request, sent)


_AT_ONCE = 5
