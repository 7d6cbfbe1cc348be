"""The acts on a decision as staff pages: ask, confirm, call the action, say what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.admin.scope import mark_scope
from catalog.codes import CodeError
from publication.actions import (
    approve_announcement,
    issue_announcement,
    recall_announcement,
    return_announcement,
    submit_announcement,
    withdraw_announcement,
)
from publication.acts_log import StaleDecision
from publication.authority import NotAllowed
from publication.checks import DecisionRefused, find_findings
from publication.enums import DecisionStatus
from publication.lifecycle import IllegalMove, check_move
from publication.models import AnnouncementDecision
from publication.validators import validate_decision_number


class ConfirmForm(forms.Form):
    """Nothing to fill in: the person confirms."""


class ApproveForm(forms.Form):
    override_reason = forms.CharField(
        label=gettext_lazy("Lý do ngoại lệ"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy(
            "Chỉ ghi khi anh/chị đã nhập hoặc trình quyết định này mà vẫn phải tự duyệt; "
            "lý do được lưu và đếm trên trang chính."
        ),
    )


class WithdrawForm(forms.Form):
    basis = forms.CharField(
        label=gettext_lazy("Văn bản thu hồi"),
        max_length=300,
        help_text=gettext_lazy("Số, ngày của văn bản; văn bản trước đó có hiệu lực trở lại."),
    )


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do trả lại"), max_length=500, widget=forms.Textarea({"rows": 3})
    )


class IssueForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("Số quyết định"),
        max_length=60,
        validators=[validate_decision_number],
        help_text=gettext_lazy("Ví dụ 3218/QĐ-UBND"),
    )
    signed_on = forms.DateField(label=gettext_lazy("Ngày ký"), widget=AdminDateWidget)
    signed_by = forms.CharField(
        label=gettext_lazy("Người ký"),
        max_length=200,
        help_text=gettext_lazy("Chức vụ và họ tên như trong văn bản"),
    )
    effective_on = forms.DateField(label=gettext_lazy("Ngày có hiệu lực"), widget=AdminDateWidget)
    signed_file = forms.FileField(
        label=gettext_lazy("Bản đã ký (PDF)"),
        required=False,
        widget=forms.FileInput({"accept": "application/pdf"}),
    )

    def clean_signed_file(self) -> Any:
        file = self.cleaned_data["signed_file"]
        if file and file.read(5) != b"%PDF-":
            raise forms.ValidationError(_("Tệp này không phải PDF: chọn bản PDF đã ký."))
        if file:
            file.seek(0)
        return file

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or {}
        signed_on, effective_on = facts.get("signed_on"), facts.get("effective_on")
        if signed_on and effective_on and effective_on < signed_on:
            self.add_error("effective_on", _("Ngày có hiệu lực không được trước ngày ký."))
        return facts


@dataclass(frozen=True)
class Act:
    """One act: its words, where it leads, who may, and the call that does it."""

    name: str
    label: Any
    done: Any
    target: DecisionStatus
    permission: str
    form: type[forms.Form]
    call: Callable[[AnnouncementDecision, Any, dict[str, Any]], Any]


ACTS = (
    Act(
        "submit",
        gettext_lazy("Trình"),
        gettext_lazy("Đã trình: nội dung đã được chốt."),
        DecisionStatus.SUBMITTED,
        "publication.submit_announcement",
        ConfirmForm,
        lambda decision, user, _facts: submit_announcement(
            decision_id=decision.pk, by=user, now=now()
        ),
    ),
    Act(
        "return",
        gettext_lazy("Trả lại"),
        gettext_lazy("Đã trả lại để chỉnh sửa."),
        DecisionStatus.RETURNED,
        "publication.return_announcement",
        ReturnForm,
        lambda decision, user, facts: return_announcement(
            decision_id=decision.pk, by=user, now=now(), **facts
        ),
    ),
    Act(
        "recall",
        gettext_lazy("Rút lại"),
        gettext_lazy("Đã rút lại: có thể sửa tiếp."),
        DecisionStatus.DRAFT,
        "publication.submit_announcement",
        ConfirmForm,
        lambda decision, user, _facts: recall_announcement(
            decision_id=decision.pk, by=user, now=now()
        ),
    ),
    Act(
        "approve",
        gettext_lazy("Duyệt"),
        gettext_lazy("Đã duyệt: chờ ký và ban hành."),
        DecisionStatus.APPROVED,
        "publication.approve_announcement",
        ApproveForm,
        lambda decision, user, facts: approve_announcement(
            decision_id=decision.pk, by=user, now=now(), **facts
        ),
    ),
    Act(
        "issue",
        gettext_lazy("Ban hành"),
        gettext_lazy("Đã ban hành; trang công khai sẽ đổi trong ít giây."),
        DecisionStatus.ISSUED,
        "publication.issue_announcement",
        IssueForm,
        lambda decision, user, facts: issue_announcement(
            decision_id=decision.pk,
            by=user,
            now=now(),
            **facts | {"signed_file": facts["signed_file"] or None},
        ),
    ),
    Act(
        "withdraw",
        gettext_lazy("Thu hồi"),
        gettext_lazy("Đã thu hồi; trang công khai sẽ đổi trong ít giây."),
        DecisionStatus.WITHDRAWN,
        "publication.withdraw_announcement",
        WithdrawForm,
        lambda decision, user, facts: withdraw_announcement(
            decision_id=decision.pk, by=user, now=now(), **facts
        ),
    ),
)


def possible_acts(decision: AnnouncementDecision, user: Any) -> list[tuple[str, Any]]:
    """(address, label) of each act that the status and the user's permissions allow."""
    return [
        (_address(act.name, decision.pk), act.label)
        for act in ACTS
        if user.has_perm(act.permission) and _may_move(decision, act)
    ]


def _may_move(decision: AnnouncementDecision, act: Act) -> bool:
    try:
        check_move(decision.status, act.target)
    except IllegalMove:
        return False
    return True


def _view(act: Act) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, pk: int, model_admin: Any) -> HttpResponse:
        if not request.user.has_perm(act.permission):
            raise PermissionDenied
        decision = get_object_or_404(AnnouncementDecision.objects.work_of(request.user), pk=pk)
        asked = request.method == "POST"
        form = act.form(request.POST, request.FILES) if asked else act.form()
        if asked and form.is_valid() and _do(act, request, decision, form):
            model_admin.message_user(request, act.done, messages.SUCCESS)
            return HttpResponseRedirect(_address("change", pk))
        return _ask(act, request, decision, form, model_admin)

    return view


def _do(act: Act, request: HttpRequest, decision: AnnouncementDecision, form: forms.Form) -> bool:
    """Whether the act was done; what stood in its way becomes an error of the form."""
    try:
        with transaction.atomic():
            act.call(decision, request.user, form.cleaned_data)
    except DecisionRefused as refused:
        form.add_error(None, [str(finding) for finding in refused.findings])
    except (IllegalMove, NotAllowed, StaleDecision, CodeError) as refused:
        form.add_error(None, str(refused))
    except IntegrityError:
        form.add_error(
            None, _("Số quyết định này đã được dùng trong năm, hoặc các ngày không khớp nhau.")
        )
    return form.is_valid()


def _ask(
    act: Act,
    request: HttpRequest,
    decision: AnnouncementDecision,
    form: forms.Form,
    model_admin: Any,
) -> HttpResponse:
    on = decision.effective_on or localdate()
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"{act.label}: {decision}",
        "act": act,
        "decision": decision,
        "form": form,
        "findings": find_findings(decision, on=on) if act.name == "submit" else [],
        "items": mark_scope(decision.items, request.user, by="procedure")
        .select_related("procedure")
        .order_by("ordinal", "pk"),
        "back": _address("change", decision.pk),
        "opts": AnnouncementDecision._meta,
        "media": model_admin.media + form.media,
    }
    return TemplateResponse(request, "admin/publication/announcementdecision/act.html", context)


def _address(name: str, pk: int) -> str:
    return reverse(f"admin:publication_announcementdecision_{name}", args=[pk])


VIEWS = {act.name: _view(act) for act in ACTS}
