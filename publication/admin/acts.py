"""The acts on a decision as staff pages: ask, confirm, call the action, say what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models.fields.json import KT
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import now
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
from publication.admin.act_forms import (
    ActForm,
    ApproveForm,
    CorrectForm,
    IssueForm,
    ReturnForm,
    WithdrawForm,
)
from publication.admin.findings import findings_for
from publication.authority import NotAllowed, check_authority
from publication.checks import DecisionRefused
from publication.correcting import NothingToCorrect, draft_correction
from publication.enums import DecisionStatus
from publication.lifecycle import IllegalMove, check_move
from publication.models import AnnouncementDecision

_TEMPLATES = "admin/publication/announcementdecision"


@dataclass(frozen=True)
class Act:
    """One act: its words, the status it leads to, what it asks and the call that does it.

    `target` is None for drafting a correction, which leaves the decision itself alone.
    """

    name: str
    label: Any
    done: Any
    target: DecisionStatus | None
    form: type[ActForm]
    call: Callable[..., AnnouncementDecision]
    shows_findings: bool = False

    def check(self, decision: AnnouncementDecision, user: Any) -> None:
        """Raises NotAllowed or IllegalMove, with the message for the person."""
        if self.target is None:
            _check_correction(decision, user)
        else:
            check_authority(decision, by=user, wanted=self.target)
            check_move(decision.status, self.target)

    def is_open(self, decision: AnnouncementDecision, user: Any) -> bool:
        try:
            self.check(decision, user)
        except (IllegalMove, NotAllowed):
            return False
        return True


def _check_correction(decision: AnnouncementDecision, user: Any) -> None:
    own = AnnouncementDecision.objects.work_of(user).filter(pk=decision.pk)
    if not user.has_perm("publication.add_announcementdecision") or not own.exists():
        raise NotAllowed(_("Quyết định này thuộc cơ quan khác."))
    if decision.status != DecisionStatus.ISSUED:
        raise IllegalMove(_("Chỉ đính chính được quyết định đã ban hành."))


def _correct(
    *,
    decision_id: int,
    by: Any,
    now: Any,
    version: int,  # noqa: ARG001  a correction changes nothing of the decision it mends
    codes: list[str],
) -> AnnouncementDecision:
    return draft_correction(decision_id=decision_id, by=by, now=now, codes=codes)


ACTS = (
    Act(
        "submit",
        gettext_lazy("Trình"),
        gettext_lazy("Đã trình: nội dung đã được chốt."),
        DecisionStatus.SUBMITTED,
        ActForm,
        submit_announcement,
        shows_findings=True,
    ),
    Act(
        "recall",
        gettext_lazy("Rút lại"),
        gettext_lazy("Đã rút lại: có thể sửa tiếp."),
        DecisionStatus.DRAFT,
        ActForm,
        recall_announcement,
    ),
    Act(
        "approve",
        gettext_lazy("Duyệt"),
        gettext_lazy("Đã duyệt: chờ ký và ban hành."),
        DecisionStatus.APPROVED,
        ApproveForm,
        approve_announcement,
        shows_findings=True,
    ),
    Act(
        "issue",
        gettext_lazy("Ban hành"),
        gettext_lazy("Đã ban hành; trang công khai sẽ đổi trong ít giây."),
        DecisionStatus.ISSUED,
        IssueForm,
        issue_announcement,
    ),
    Act(
        "return",
        gettext_lazy("Trả lại"),
        gettext_lazy("Đã trả lại để chỉnh sửa."),
        DecisionStatus.RETURNED,
        ReturnForm,
        return_announcement,
        shows_findings=True,
    ),
    Act(
        "correct",
        gettext_lazy("Soạn đính chính"),
        gettext_lazy("Đã soạn dự thảo đính chính."),
        None,
        CorrectForm,
        _correct,
    ),
    Act(
        "withdraw",
        gettext_lazy("Thu hồi"),
        gettext_lazy("Đã thu hồi; trang công khai sẽ đổi trong ít giây."),
        DecisionStatus.WITHDRAWN,
        WithdrawForm,
        withdraw_announcement,
    ),
)


def possible_acts(decision: AnnouncementDecision, user: Any) -> list[tuple[str, Any]]:
    """(address, label) of each act that the status, the role and the agency allow."""
    return [
        (_address(act.name, decision.pk), act.label) for act in ACTS if act.is_open(decision, user)
    ]


def _view(act: Act) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, pk: int, model_admin: Any) -> HttpResponse:
        decision = get_object_or_404(
            AnnouncementDecision.objects.work_of(request.user).select_related("corrects"), pk=pk
        )
        try:
            act.check(decision, request.user)
        except NotAllowed as refusal:
            return _refuse(act, request, decision, model_admin, str(refusal), status=403)
        except IllegalMove as refusal:
            return _refuse(act, request, decision, model_admin, str(refusal), status=409)
        facts = (request.POST, request.FILES) if request.method == "POST" else ()
        form = act.form(*facts, decision=decision, user=request.user)
        if facts and form.is_valid() and (came_of := _do(act, request, decision, form)):
            model_admin.message_user(request, act.done, messages.SUCCESS)
            return HttpResponseRedirect(_address("change", came_of.pk))
        return _ask(act, request, decision, form, model_admin)

    return view


def _do(
    act: Act, request: HttpRequest, decision: AnnouncementDecision, form: ActForm
) -> AnnouncementDecision | None:
    """The decision the act left; what stood in its way becomes an error of the form."""
    try:
        with transaction.atomic():
            return act.call(
                decision_id=decision.pk, by=request.user, now=now(), **form.cleaned_data
            )
    except DecisionRefused as refused:
        form.add_error(None, [str(finding) for finding in refused.findings])
    except (IllegalMove, NotAllowed, StaleDecision, NothingToCorrect, CodeError) as refused:
        form.add_error(None, str(refused))
    except IntegrityError:
        form.add_error(
            None, _("Số quyết định này đã được dùng trong năm, hoặc các ngày không khớp nhau.")
        )
    return None


def _ask(
    act: Act,
    request: HttpRequest,
    decision: AnnouncementDecision,
    form: ActForm,
    model_admin: Any,
) -> HttpResponse:
    items = mark_scope(decision.items, request.user, by="procedure")
    items = items.select_related("procedure").annotate(frozen_name=KT("frozen_text__name"))
    items = items.defer("frozen_text", "procedure__content")
    context = {
        **_frame(act, request, decision, model_admin),
        "form": form,
        "findings": findings_for(decision, request.user) if act.shows_findings else [],
        "items": items.order_by("ordinal", "pk"),
        "media": model_admin.media + form.media,
    }
    return TemplateResponse(request, f"{_TEMPLATES}/act.html", context)


def _refuse(
    act: Act,
    request: HttpRequest,
    decision: AnnouncementDecision,
    model_admin: Any,
    why: str,
    *,
    status: int,
) -> HttpResponse:
    context = {**_frame(act, request, decision, model_admin), "why": why}
    return TemplateResponse(request, f"{_TEMPLATES}/refused.html", context, status=status)


def _frame(
    act: Act, request: HttpRequest, decision: AnnouncementDecision, model_admin: Any
) -> dict[str, Any]:
    return {
        **model_admin.admin_site.each_context(request),
        "title": str(act.label),
        "act": act,
        "decision": decision,
        "back": _address("change", decision.pk),
        "opts": AnnouncementDecision._meta,
    }


def _address(name: str, pk: int) -> str:
    return reverse(f"admin:publication_announcementdecision_{name}", args=[pk])


VIEWS = {act.name: _view(act) for act in ACTS}
