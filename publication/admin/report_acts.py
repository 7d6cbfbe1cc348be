"""The acts on a report as staff pages: ask, call the act, say what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy

from catalog.models import Agency
from publication.authority import NotAllowed
from publication.enums import ReportActKind, ReportState
from publication.models import Report
from publication.report_acts import (
    MAY_FOLLOW,
    NotPossible,
    answer_report,
    ask_sender,
    forward_report,
    receive_report,
    reject_report,
)

_LONGEST = 5000
_TEXT = forms.Textarea({"rows": 6, "cols": 80})


class ReceiveForm(forms.Form):
    """Nothing to fill in: the person confirms what they see."""


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=gettext_lazy("Trả lời"),
        max_length=_LONGEST,
        widget=_TEXT,
        help_text=gettext_lazy(
            "Người gửi đọc được trên trang theo dõi, và nhận qua thư nếu đã để lại e-mail. "
            "Không ghi tên, số điện thoại của người gửi."
        ),
    )


class AskForm(forms.Form):
    question = forms.CharField(
        label=gettext_lazy("Cần bổ sung gì?"),
        max_length=_LONGEST,
        widget=_TEXT,
        help_text=gettext_lazy(
            "Người gửi đọc được và trả lời ngay trên trang theo dõi. Thời hạn trả lời vẫn tính "
            "từ ngày gửi phản ánh."
        ),
    )


class RejectForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do từ chối"),
        max_length=_LONGEST,
        widget=_TEXT,
        help_text=gettext_lazy(
            "Người gửi đọc được lý do này trên trang theo dõi, "
            "và nhận qua thư nếu đã để lại e-mail."
        ),
    )


class ForwardForm(forms.Form):
    agency = forms.ModelChoiceField(
        label=gettext_lazy("Chuyển đến"),
        queryset=Agency.objects.none(),
        required=False,
        empty_label=gettext_lazy("Văn phòng UBND tỉnh"),
    )
    reason = forms.CharField(label=gettext_lazy("Lý do chuyển"), max_length=_LONGEST, widget=_TEXT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["agency"]
        assert isinstance(choice, forms.ModelChoiceField)
        existing = Agency.objects.existing(on=localdate()).exclude(kind="ministry")
        choice.queryset = existing.order_by("name")


@dataclass(frozen=True)
class Act:
    """One act: its words, what it asks, and the call that does it."""

    kind: ReportActKind
    label: Any
    done: Any
    form: type[forms.Form]
    call: Callable[..., Report]

    def is_open(self, report: Report, user: Any) -> bool:
        may: bool = user.has_perm("publication.change_report")
        return may and ReportState(report.state) in MAY_FOLLOW[self.kind]


ACTS = {
    "receive": Act(
        ReportActKind.RECEIVED,
        gettext_lazy("Tiếp nhận"),
        gettext_lazy("Đã tiếp nhận."),
        ReceiveForm,
        receive_report,
    ),
    "ask": Act(
        ReportActKind.ASKED,
        gettext_lazy("Đề nghị bổ sung"),
        gettext_lazy("Đã đề nghị; người gửi đọc được ngay trên trang theo dõi."),
        AskForm,
        ask_sender,
    ),
    "answer": Act(
        ReportActKind.ANSWERED,
        gettext_lazy("Trả lời"),
        gettext_lazy("Đã trả lời; người gửi đọc được ngay trên trang theo dõi."),
        AnswerForm,
        answer_report,
    ),
    "forward": Act(
        ReportActKind.FORWARDED,
        gettext_lazy("Chuyển"),
        gettext_lazy("Đã chuyển; thời hạn vẫn tính từ ngày gửi."),
        ForwardForm,
        forward_report,
    ),
    "reject": Act(
        ReportActKind.REJECTED,
        gettext_lazy("Từ chối"),
        gettext_lazy("Đã từ chối; người gửi đọc được lý do."),
        RejectForm,
        reject_report,
    ),
}


def possible_acts(report: Report, user: Any) -> list[tuple[str, Any]]:
    """(address, label) of each act that the state and the role allow."""
    return [
        (_address(name, report.pk), act.label)
        for name, act in ACTS.items()
        if act.is_open(report, user)
    ]


def _view(act: Act) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, pk: int, model_admin: Any) -> HttpResponse:
        report = get_object_or_404(
            Report.objects.visible_to(request.user).select_related("agency"), pk=pk
        )
        if not request.user.has_perm("publication.change_report"):
            raise PermissionDenied
        form = act.form(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid() and _do(act, request, report, form):
            model_admin.message_user(request, act.done, messages.SUCCESS)
            return _after(request, report)
        context = {
            **model_admin.admin_site.each_context(request),
            "title": str(act.label),
            "act": act,
            "report": report,
            "back": _address("change", report.pk),
            "opts": Report._meta,
            "form": form,
        }
        return TemplateResponse(request, "admin/publication/report/act.html", context)

    return view


def _do(act: Act, request: HttpRequest, report: Report, form: forms.Form) -> bool:
    """Whether it was done; what stood in its way becomes an error of the form."""
    try:
        act.call(report_id=report.pk, by=request.user, now=now(), **form.cleaned_data)
    except (NotAllowed, NotPossible) as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _after(request: HttpRequest, report: Report) -> HttpResponse:
    """Its page; the list when it was handed on and is in the person's sight no more."""
    seen = Report.objects.visible_to(request.user).filter(pk=report.pk).exists()
    address = _address("change", report.pk) if seen else _list_address()
    return HttpResponseRedirect(address)


def _list_address() -> str:
    return reverse("admin:publication_report_changelist")


def _address(name: str, pk: int) -> str:
    return reverse(f"admin:publication_report_{name}", args=[pk])


VIEWS = {name: _view(act) for name, act in ACTS.items()}
