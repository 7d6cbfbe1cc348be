"""The acts on a subscriber as staff pages: ask, call the act, say what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publication.authority import NotAllowed
from publication.enums import DeliveryState, WebhookState
from publication.models import WebhookDelivery, WebhookSubscription
from publication.webhooks.acts import (
    NotPossible,
    enable_subscriber,
    pause_subscriber,
    renew_secret,
    send_again_from,
)
from publication.webhooks.by_hand import send_test


class PlainForm(forms.Form):
    """Nothing to fill in: the person confirms what they see."""


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        required=False,
        max_length=500,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text=gettext_lazy("Lưu trong lịch sử."),
    )


class FromForm(ReasonForm):
    first = forms.IntegerField(label=gettext_lazy("Từ sự kiện số"), min_value=1)
    field_order = ("first", "reason")


@dataclass(frozen=True)
class Act:
    """One act: its words, what it asks, where it is open, and the call that answers the person."""

    label: Any
    lead: Any
    form: type[forms.Form]
    states: frozenset[str]
    call: Callable[..., HttpResponse | None]

    def is_open(self, subscription: WebhookSubscription, user: Any) -> bool:
        may: bool = user.has_perm("publication.change_webhooksubscription")
        return may and subscription.state in self.states


def _test(model_admin: Any, request: HttpRequest, pk: int, **_facts: Any) -> None:
    delivery = send_test(subscription_id=pk, by=request.user, now=now())
    say_outcome(model_admin, request, delivery)


def _pause(model_admin: Any, request: HttpRequest, pk: int, **facts: Any) -> None:
    pause_subscriber(subscription_id=pk, by=request.user, **facts)
    model_admin.message_user(request, _("Đã tạm ngừng gửi."), messages.SUCCESS)


def _enable(model_admin: Any, request: HttpRequest, pk: int, **facts: Any) -> None:
    enable_subscriber(subscription_id=pk, by=request.user, now=now(), **facts)
    words = _("Cổng gửi tiếp ngay, từ chỗ đã dừng.")
    model_admin.message_user(request, words, messages.SUCCESS)


def _renew(model_admin: Any, request: HttpRequest, pk: int, **facts: Any) -> HttpResponse:
    subscription, secret = renew_secret(subscription_id=pk, by=request.user, now=now(), **facts)
    return secret_page(model_admin, request, subscription, secret)


def _replay(model_admin: Any, request: HttpRequest, pk: int, **facts: Any) -> None:
    send_again_from(subscription_id=pk, by=request.user, now=now(), **facts)
    words = _("Cổng gửi lại từ sự kiện số %(first)s.") % {"first": facts["first"]}
    model_admin.message_user(request, words, messages.SUCCESS)


_EVERY = frozenset(WebhookState.values)
ACTS = {
    "test": Act(
        gettext_lazy("Gửi thử"),
        gettext_lazy(
            "Cổng gửi một tin thử, có chữ ký, không mang thay đổi nào, và chờ trả lời tối đa 10 "
            "giây. Làm được cả khi nơi nhận đang ngừng."
        ),
        PlainForm,
        _EVERY,
        _test,
    ),
    "pause": Act(
        gettext_lazy("Tạm ngừng"),
        gettext_lazy("Không gửi gì nữa cho đến khi cho gửi tiếp. Không thay đổi nào bị mất."),
        ReasonForm,
        frozenset({WebhookState.ACTIVE.value}),
        _pause,
    ),
    "enable": Act(
        gettext_lazy("Cho gửi tiếp"),
        gettext_lazy("Cổng gửi ngay những thay đổi nơi nhận chưa nhận, từ chỗ đã dừng."),
        ReasonForm,
        frozenset({WebhookState.PAUSED.value, WebhookState.DISABLED.value}),
        _enable,
    ),
    "secret": Act(
        gettext_lazy("Đổi khóa ký"),
        gettext_lazy(
            "Khóa mới chỉ hiện một lần. Trong 24 giờ mỗi tin mang hai chữ ký, bằng khóa mới và "
            "khóa cũ, để bên nhận kịp đổi."
        ),
        ReasonForm,
        _EVERY,
        _renew,
    ),
    "replay": Act(
        gettext_lazy("Gửi lại từ một số"),
        gettext_lazy(
            "Mọi thay đổi từ số này được gửi lại theo thứ tự, với mã lượt gửi mới: bên nhận nhận "
            "lại cả những thay đổi đã có. Dùng khi bên nhận mất dữ liệu."
        ),
        FromForm,
        _EVERY,
        _replay,
    ),
}


def possible_acts(subscription: WebhookSubscription, user: Any) -> list[tuple[str, Any]]:
    """(address, label) of each act that the state and the role allow."""
    return [
        (_address(name, subscription.pk), act.label)
        for name, act in ACTS.items()
        if act.is_open(subscription, user)
    ]


def say_outcome(model_admin: Any, request: HttpRequest, delivery: WebhookDelivery) -> None:
    """What the receiver answered to something that was sent while the person waits."""
    if delivery.state == DeliveryState.WAITING:
        model_admin.message_user(request, _("Sẽ gửi lại ngay."), messages.SUCCESS)
    elif delivery.error:
        model_admin.message_user(request, f"{delivery.error} ({delivery})", messages.WARNING)
    else:
        words = _("Đã nhận, trả lời %(status)s sau %(ms)s ms (%(key)s).") % {
            "status": delivery.status,
            "ms": delivery.milliseconds,
            "key": delivery.key,
        }
        model_admin.message_user(request, words, messages.SUCCESS)


def secret_page(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    subscription: WebhookSubscription,
    secret: str,
) -> TemplateResponse:
    """The secret is in this answer and nowhere else: no message, cookie or log ever has it."""
    context = _context(model_admin, request, subscription, _("Khóa ký mới")) | {"secret": secret}
    return TemplateResponse(request, "admin/publication/webhooksubscription/secret.html", context)


def _view(act: Act) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, pk: int, model_admin: Any) -> HttpResponse:
        visible = WebhookSubscription.objects.visible_to(request.user)
        subscription = get_object_or_404(visible.select_related("agency"), pk=pk)
        if not request.user.has_perm("publication.change_webhooksubscription"):
            raise PermissionDenied
        form = act.form(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            answer = _do(act, model_admin, request, subscription, form)
            if answer is not None:
                return answer
        context = _context(model_admin, request, subscription, str(act.label))
        context |= {"act": act, "form": form}
        return TemplateResponse(request, "admin/publication/webhooksubscription/act.html", context)

    return view


def _do(
    act: Act,
    model_admin: Any,
    request: HttpRequest,
    subscription: WebhookSubscription,
    form: forms.Form,
) -> HttpResponse | None:
    """None when it was refused: what stood in its way becomes an error of the form."""
    try:
        answer = act.call(model_admin, request, subscription.pk, **form.cleaned_data)
    except (NotAllowed, NotPossible) as refused:
        form.add_error(None, str(refused))
        return None
    return answer or HttpResponseRedirect(_address("change", subscription.pk))


def _context(
    model_admin: Any, request: HttpRequest, subscription: WebhookSubscription, title: str
) -> dict[str, Any]:
    return {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": WebhookSubscription._meta,
        "subscription": subscription,
        "back": _address("change", subscription.pk),
    }


def _address(name: str, pk: int) -> str:
    return reverse(f"admin:publication_webhooksubscription_{name}", args=[pk])


VIEWS = {name: _view(act) for name, act in ACTS.items()}
