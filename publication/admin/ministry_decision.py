"""Ministry decisions: entered by hand, answered with one button."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from catalog.admin.audited import AuditedPage
from catalog.admin.read_only import ReadOnlyAdmin
from catalog.admin.scoped import ScopedTabularInline
from publication.drafting import NothingToDraft, draft_answer
from publication.models import LegalDocument, MinistryDecision, MinistryItem
from publication.wake import wake_gaps


class LegalDocumentInline(ScopedTabularInline):
    model = LegalDocument
    extra = 0


class MinistryItemInline(ScopedTabularInline):
    model = MinistryItem
    extra = 0
    fields = ("ordinal", "code", "name", "effect", "not_applicable_reason")


@admin.register(MinistryDecision)
class MinistryDecisionAdmin(AuditedPage):
    list_display = ("number", "issuer_name", "signed_on", "received_on", "title")
    list_filter = (("issuer", admin.RelatedOnlyFieldListFilter), "shortened_procedure")
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

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if "issuer_name" in form.base_fields:
            # Left empty, the decision keeps the name the issuer has today.
            form.base_fields["issuer_name"].required = False
        return form

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        transaction.on_commit(wake_gaps)

    def get_urls(self) -> list[URLPattern]:
        draft = path(
            "<int:pk>/draft-answer/",
            self.admin_site.admin_view(require_POST(self.draft_answer_view)),
            name="publication_ministrydecision_draft_answer",
        )
        return [draft, *super().get_urls()]

    def draft_answer_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        back = reverse("admin:publication_ministrydecision_change", args=[pk])
        if not request.user.has_perm("publication.add_announcementdecision"):
            self.message_user(request, _("Anh/chị không có quyền soạn quyết định."), messages.ERROR)
            return HttpResponseRedirect(back)
        if not MinistryDecision.objects.visible_to(request.user).filter(pk=pk).exists():
            raise Http404
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


@admin.register(MinistryItem)
class MinistryItemAdmin(ReadOnlyAdmin):
    """Looked up when an item of the province names what it answers."""

    list_display = ("code", "name", "effect", "decision")
    list_filter = ("effect",)
    list_select_related = ("decision",)
    search_fields = ("code", "name", "decision__number")
