"""Answering a proposed ministry decision on staff pages: confirmed with its days, or rejected."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext_lazy

from publication.authority import NotAllowed
from publication.confirming import NotConfirmed, confirm_ministry_decision
from publication.models import MinistryDecision
from publication.rejecting import NotRejected, reject_ministry_decision


class ConfirmMinistryDecisionForm(forms.Form):
    signed_on = forms.DateField(
        label=gettext_lazy("Ngày ký"),
        widget=AdminDateWidget,
        help_text=gettext_lazy("Dữ liệu quốc gia không ghi ngày ký: ghi theo văn bản."),
    )
    received_on = forms.DateField(
        label=gettext_lazy("Ngày nhận"), widget=AdminDateWidget, required=False
    )


class RejectMinistryDecisionForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do bác"),
        max_length=500,
        widget=forms.Textarea({"rows": 3, "cols": 80}),
        help_text=gettext_lazy("Lưu cùng đề xuất; những mã dưới đây không được đề xuất lại."),
    )


@dataclass(frozen=True)
class Answer:
    """One of the two answers to a proposal, as a page: what it asks, does and says."""

    label: str | Promise
    title: str | Promise
    lead: str | Promise
    done: str | Promise
    form: type[forms.Form]
    act: Callable[..., MinistryDecision]


CONFIRM = Answer(
    label=gettext_lazy("Xác nhận"),
    title=gettext_lazy("Xác nhận quyết định %(decision)s"),
    lead=gettext_lazy("xác nhận xong thì các thủ tục dưới đây được tính hạn công bố."),
    done=gettext_lazy("Đã xác nhận: quyết định %(decision)s được tính hạn từ bây giờ."),
    form=ConfirmMinistryDecisionForm,
    act=confirm_ministry_decision,
)
REJECT = Answer(
    label=gettext_lazy("Bác đề xuất"),
    title=gettext_lazy("Bác đề xuất %(decision)s"),
    lead=gettext_lazy(
        "bác xong thì các thủ tục dưới đây không được tính hạn, và lần rà soát sau không đề xuất "
        "lại."
    ),
    done=gettext_lazy("Đã bác đề xuất %(decision)s."),
    form=RejectMinistryDecisionForm,
    act=reject_ministry_decision,
)


def answer_view(model_admin: Any, request: HttpRequest, pk: int, answer: Answer) -> HttpResponse:
    if not request.user.has_perm("publication.change_ministrydecision"):
        raise PermissionDenied
    visible = MinistryDecision.objects.visible_to(request.user).proposed()
    decision = get_object_or_404(visible, pk=pk)
    asked = request.method == "POST"
    form = answer.form(request.POST if asked else None)
    answered = _act(request, decision, form, answer) if asked and form.is_valid() else None
    if answered is None:
        return _ask(model_admin, request, decision, form, answer)
    message = str(answer.done) % {"decision": answered}
    model_admin.message_user(request, message, messages.SUCCESS)
    return HttpResponseRedirect(_address(answered.pk))


def _act(
    request: HttpRequest, decision: MinistryDecision, form: forms.Form, answer: Answer
) -> MinistryDecision | None:
    """The decision that was answered; what stood in the way becomes an error of the form."""
    try:
        return answer.act(decision_id=decision.pk, by=request.user, now=now(), **form.cleaned_data)
    except (NotAllowed, NotConfirmed, NotRejected) as refused:
        form.add_error(None, str(refused))
        return None


def _ask(
    model_admin: Any,
    request: HttpRequest,
    decision: MinistryDecision,
    form: forms.Form,
    answer: Answer,
) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": str(answer.title) % {"decision": decision},
        "answer": answer,
        "decision": decision,
        "form": form,
        "items": decision.items.order_by("ordinal", "pk"),
        "back": _address(decision.pk),
        "opts": MinistryDecision._meta,
        "media": model_admin.media + form.media,
    }
    return TemplateResponse(request, "admin/publication/ministrydecision/answer.html", context)


def _address(pk: int) -> str:
    return reverse("admin:publication_ministrydecision_change", args=[pk])
