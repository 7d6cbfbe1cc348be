"""Subscribers of changes: enrolled, watched, paused and let go on."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog.admin.audited import AuditedPage
from publication.admin.webhook_acts import VIEWS, possible_acts, secret_page
from publication.change_feed import read_head
from publication.models import WebhookDelivery, WebhookSubscription
from publication.models.webhook import SECRETS
from publication.webhooks.acts import change_subscriber, enrol_subscriber


class WebhookForm(forms.ModelForm):
    after = forms.IntegerField(
        label=gettext_lazy("Gửi những sự kiện sau số"),
        required=False,
        min_value=0,
        help_text=gettext_lazy(
            "Để trống: chỉ gửi thay đổi từ bây giờ. 0: gửi mọi thay đổi từ đầu nhật ký."
        ),
    )

    class Meta:
        model = WebhookSubscription
        fields = ("agency", "label", "url")
        widgets = {"url": forms.TextInput({"class": "vLargeTextField", "inputmode": "url"})}


@admin.register(WebhookSubscription)
class WebhookSubscriptionAdmin(AuditedPage):
    form = WebhookForm
    list_display = ("label", "agency", "state", "sequence", "trouble")
    list_filter = ("state",)
    list_select_related = ("agency",)
    show_facets = admin.ShowFacets.NEVER
    search_fields = ("label", "url", "agency__name")
    search_help_text = gettext_lazy("Tìm theo tên hệ thống, địa chỉ hoặc cơ quan")
    autocomplete_fields = ("agency",)
    change_form_template = "admin/publication/webhooksubscription/change_form.html"
    _own = ("agency", "label", "url")
    _told = (
        *("state", "standing", "trouble", "deliveries_link"),
        *("previous_until", "created_at", "created_by"),
    )
    readonly_fields = _told

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self._own, *self._told) if obj else (*self._own, "after")

    def get_urls(self) -> list[URLPattern]:
        acts = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(view),
                {"model_admin": self},
                name=f"publication_webhooksubscription_{name}",
            )
            for name, view in VIEWS.items()
        ]
        return [*acts, *super().get_urls()]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """A sealed secret is not guessed letter by letter in the address of the list either."""
        named = lookup.partition("__")[0]
        return named not in SECRETS and super().lookup_allowed(lookup, value, request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        subscription = self.get_object(request, object_id)
        acts = possible_acts(subscription, request.user) if subscription else []
        return super().change_view(
            request, object_id, form_url, {"acts": acts, **(extra_context or {})}
        )

    def _write(self, request: Any, form: Any, *, change: bool) -> None:
        facts = {name: form.cleaned_data[name] for name in self._own}
        if change:
            why = form.cleaned_data.get("change_reason") or ""
            row = change_subscriber(
                subscription_id=form.instance.pk, by=request.user, reason=why, **facts
            )
        else:
            after = form.cleaned_data["after"]
            row, request._webhook_secret = enrol_subscriber(
                after=after, by=request.user, now=now(), **facts
            )
        form.instance.__dict__.update(row.__dict__)

    def response_add(
        self, request: Any, obj: WebhookSubscription, post_url_continue: str | None = None
    ) -> TemplateResponse:
        return secret_page(self, request, obj, request._webhook_secret)

    @admin.display(description=gettext_lazy("đã nhận"))
    def standing(self, subscription: WebhookSubscription) -> str:
        behind = max(read_head().sequence - subscription.sequence, 0)
        taken = _("Đến sự kiện số %(sequence)s") % {"sequence": subscription.sequence}
        waits = ngettext("còn %(n)s sự kiện chờ gửi", "còn %(n)s sự kiện chờ gửi", behind)
        return f"{taken}, {waits % {'n': behind}}"

    @admin.display(description=gettext_lazy("trục trặc"), ordering="failing_since")
    def trouble(self, subscription: WebhookSubscription) -> str:
        since = subscription.failing_since
        if since is None:
            return _("Không")
        words = ngettext(
            "Không nhận từ %(since)s, đã thử %(n)s lần",
            "Không nhận từ %(since)s, đã thử %(n)s lần",
            subscription.failures,
        )
        moment = f"{localtime(since):%H:%M %d/%m/%Y}"
        return words % {"since": moment, "n": subscription.failures}

    @admin.display(description=gettext_lazy("các lượt gửi"))
    def deliveries_link(self, subscription: WebhookSubscription) -> SafeString:
        address = reverse("admin:publication_webhookdelivery_changelist")
        count = WebhookDelivery.objects.filter(subscription=subscription).count()
        return format_html(
            '<a href="{}?subscription__id__exact={}">{}</a>',
            address,
            subscription.pk,
            ngettext("Xem %(n)s lượt", "Xem %(n)s lượt", count) % {"n": count},
        )
