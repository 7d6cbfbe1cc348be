"""Confirming a proposed ministry decision as a staff page: when it was signed, and received."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publication.authority import NotAllowed
from publication.confirming import NotConfirmed, confirm_ministry_decision
from publication.models import MinistryDecision


class ConfirmMinistryDecisionForm(forms.Form):
    signed_on = forms.DateField(
        label=gettext_lazy("Ngày ký"),
        widget=AdminDateWidget,
        help_text=gettext_lazy("Dữ liệu quốc gia không ghi ngày ký: ghi theo văn bản."),
    )
    received_on = forms.DateField(
        label=gettext_lazy("Ngày nhận"), widget=AdminDateWidget, required=False
    )


def confirm_view(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm("publication.change_ministrydecision"):
        raise PermissionDenied
    visible = MinistryDecision.objects.visible_to(request.user).proposed()
    decision = get_object_or_404(visible, pk=pk)
    asked = request.method == "POST"
    form = ConfirmMinistryDecisionForm(request.POST if asked else None)
    confirmed = _confirm(request, decision, form) if asked and form.is_valid() else None
    if confirmed is None:
        return _ask(model_admin, request, decision, form)
    message = _("Đã xác nhận: quyết định %(decision)s được tính hạn từ bây giờ.")
    model_admin.message_user(request, message % {"decision": confirmed}, messages.SUCCESS)
    return HttpResponseRedirect(_address(confirmed.pk))


def _confirm(
    request: HttpRequest, decision: MinistryDecision, form: forms.Form
) -> MinistryDecision | None:
    """The decision that counts now; what stood in the way becomes an error of the form."""
    try:
        return confirm_ministry_decision(
            decision_id=decision.pk, by=request.user, now=now(), **form.cleaned_data
        )
    except (NotAllowed, NotConfirmed) as refused:
        form.add_error(None, str(refused))
        return None


def _ask(
    model_admin: Any, request: HttpRequest, decision: MinistryDecision, form: forms.Form
) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Xác nhận quyết định %(decision)s") % {"decision": decision},
        "decision": decision,
        "form": form,
        "items": decision.items.order_by("ordinal", "pk"),
        "back": _address(decision.pk),
        "opts": MinistryDecision._meta,
        "media": model_admin.media + form.media,
    }
    return TemplateResponse(request, "admin/publication/ministrydecision/confirm.html", context)


def _address(pk: int) -> str:
    return reverse("admin:publication_ministrydecision_change", args=[pk])
