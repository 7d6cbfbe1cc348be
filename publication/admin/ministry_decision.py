"""Ministry decisions: entered by hand, answered with one button."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from catalog.admin.audited import AuditedPage
from catalog.admin.scoped import ScopedTabularInline
from catalog.people import person_of
from publication.admin.confirming import CONFIRM, REJECT, answer_view
from publication.admin.ministry_items import (
    MinistryItemFormSet,
    MinistryItemInline,
    note_agencies,
    save_exits,
)
from publication.admin.pasting import paste_view
from publication.authority import NotAllowed
from publication.drafting import NothingToDraft, draft_answer
from publication.exits import propose_exits_for_ministry_only
from publication.models import LegalDocument, MinistryDecision, MinistryItem
from publication.wake import wake_gaps


class LegalDocumentInline(ScopedTabularInline):
    model = LegalDocument
    extra = 0


class StandingFilter(admin.SimpleListFilter):
    """What was rejected is kept to be read, not to be met every day."""

    title = gettext_lazy("tình trạng")
    parameter_name = "tinh-trang"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        if not person_of(request.user).sees_all:
            return []
        return [("cho", _("Chờ xác nhận")), ("tinh", _("Được tính hạn")), ("bac", _("Đã bác"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "bac":
            return queryset.rejected()
        if self.value() == "cho":
            return queryset.proposed()
        return queryset.filter(is_proposed=False) if self.value() else queryset.standing()


@admin.register(MinistryDecision)
class MinistryDecisionAdmin(AuditedPage):
    list_display = ("number", "issuer_name", "signed_on", "received_on", "title", "standing")
    list_filter = (
        StandingFilter,
        ("issuer", admin.RelatedOnlyFieldListFilter),
        "shortened_procedure",
    )
    date_hierarchy = "signed_on"
    search_fields = ("number", "title", "items__code")
    search_help_text = gettext_lazy("Tìm theo số, trích yếu hoặc mã thủ tục trong quyết định")
    autocomplete_fields = ("issuer",)
    inlines = (LegalDocumentInline, MinistryItemInline)
    change_form_template = "admin/publication/ministrydecision/change_form.html"
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("issuer", "issuer_name"),
                    ("number", "signed_on", "received_on"),
                    "title",
                    "shortened_procedure",
                )
            },
        ),
    )

    @admin.display(description=gettext_lazy("Tình trạng"), ordering="is_proposed")
    def standing(self, decision: MinistryDecision) -> str:
        if decision.rejected_at is not None:
            return _("Đã bác: %(reason)s") % {"reason": decision.rejection_reason}
        return _("Chờ xác nhận") if decision.is_proposed else _("Được tính hạn")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if "issuer_name" in form.base_fields:
            # Left empty, the decision keeps the name the issuer has today.
            form.base_fields["issuer_name"].required = False
        return form

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Its own rows go with a decision; those of the register of gaps keep it from going."""
        listed, counts, missing, protected = super().get_deleted_objects(objs, request)
        own = {model._meta.verbose_name for model in (MinistryItem, LegalDocument)}
        return listed, counts, missing - own, protected

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def save_formset(self, request: Any, form: Any, formset: Any, change: bool) -> None:
        if isinstance(formset, MinistryItemFormSet):
            note_agencies(formset)
        super().save_formset(request, form, formset, change)
        if isinstance(formset, MinistryItemFormSet):
            for refusal in save_exits(formset, by=request.user, now=now()):
                self.message_user(request, refusal, messages.ERROR)

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        transaction.on_commit(wake_gaps)

    def get_urls(self) -> list[URLPattern]:
        views = {
            "draft_answer": require_POST(self.draft_answer_view),
            "ministry_only": require_POST(self.ministry_only_view),
            "confirm": self.confirm_view,
            "reject": self.reject_view,
            "paste": self.paste_view,
        }
        pages = [
            path(
                f"<int:pk>/{name.replace('_', '-')}/",
                self.admin_site.admin_view(view),
                name=f"publication_ministrydecision_{name}",
            )
            for name, view in views.items()
        ]
        return [*pages, *super().get_urls()]

    def confirm_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return answer_view(self, request, pk, CONFIRM)

    def reject_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return answer_view(self, request, pk, REJECT)

    def paste_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return paste_view(self, request, pk)

    def ministry_only_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Propose the exit for all items carried out at the ministry only."""
        back = reverse("admin:publication_ministrydecision_change", args=[pk])
        get_object_or_404(MinistryDecision.objects.visible_to(request.user), pk=pk)
        try:
            codes = propose_exits_for_ministry_only(decision_id=pk, by=request.user, now=now())
        except NotAllowed as refused:
            raise PermissionDenied(str(refused)) from refused
        if codes:
            self.message_user(
                request,
                _(
                    "Đã đề nghị không áp dụng %(count)s thủ tục, "
                    "chờ Văn phòng chấp thuận: %(codes)s."
                )
                % {"count": len(codes), "codes": ", ".join(codes)},
                messages.SUCCESS,
            )
        else:
            self.message_user(
                request,
                _("Không có thủ tục nào chỉ thực hiện ở bộ mà chưa có đề nghị."),
                messages.WARNING,
            )
        return HttpResponseRedirect(back)

    def draft_answer_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        back = reverse("admin:publication_ministrydecision_change", args=[pk])
        if not request.user.has_perm("publication.add_announcementdecision"):
            self.message_user(request, _("Anh/chị không có quyền soạn quyết định."), messages.ERROR)
            return HttpResponseRedirect(back)
        get_object_or_404(MinistryDecision.objects.visible_to(request.user), pk=pk)
        try:
            answer = draft_answer(ministry_decision_id=pk, by=request.user, on=localdate())
        except NothingToDraft as reason:
            self.message_user(request, str(reason), messages.WARNING)
            return HttpResponseRedirect(back)
        for code, why in answer.left_out:
            self.message_user(request, f"{code}: {why}.", messages.WARNING)
        self.message_user(request, _("Đã soạn dự thảo quyết định công bố."), messages.SUCCESS)
        return HttpResponseRedirect(
            reverse("admin:publication_announcementdecision_change", args=[answer.decision.pk])
        )
