"""Announcement decisions: drafted, submitted, returned and issued by hand."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.urls.resolvers import URLPattern
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from catalog.admin.scoped import ScopedStackedInline
from publication.admin import acts
from publication.admin.audited_decision import AuditedDecision
from publication.checks import find_findings
from publication.lifecycle import PUBLIC, is_open_for_editing
from publication.models import AnnouncementDecision, AnnouncementItem


class AnnouncementItemInline(ScopedStackedInline):
    model = AnnouncementItem
    extra = 0
    autocomplete_fields = ("procedure", "answers", "replaces")
    readonly_fields = ("frozen_digest",)
    fields = (
        ("ordinal", "effect", "part"),
        "procedure",
        ("answers", "replaces"),
        "change_note",
        "frozen_digest",
    )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_draft(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_draft(obj) and super().has_delete_permission(request, obj)


@admin.register(AnnouncementDecision)
class AnnouncementDecisionAdmin(AuditedDecision):
    list_display = ("__str__", "title", "status", "lead_agency", "signed_on", "effective_on")
    list_filter = ("status", ("lead_agency", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("lead_agency",)
    search_fields = ("number", "title", "items__procedure__code")
    search_help_text = _("Tìm theo số, trích yếu hoặc mã thủ tục trong quyết định")
    view_on_site = False  # drafts have no public page; issued ones get a link of their own
    autocomplete_fields = ("issuer", "lead_agency")
    own_agency_fields = ("lead_agency",)
    inlines = (AnnouncementItemInline,)
    change_form_template = "admin/publication/announcementdecision/change_form.html"
    readonly_fields = (
        "status",
        "frozen_digest",
        "number",
        "signed_on",
        "signed_by",
        "effective_on",
        "signed_file",
        "created_by",
        "submitted_at",
        "issued_at",
    )
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "status",
                    "title",
                    ("issuer", "lead_agency"),
                    ("submission_number", "submission_on"),
                )
            },
        ),
        (
            _("Ban hành"),
            {
                "description": _("Nhập khi bấm “Ban hành”, sau khi quyết định đã được trình."),
                "fields": (
                    ("number", "signed_on", "effective_on"),
                    ("signed_by", "signed_file"),
                ),
            },
        ),
        (
            _("Nhật ký"),
            {"fields": (("created_by", "submitted_at", "issued_at"), "frozen_digest")},
        ),
    )

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was submitted is what will be issued: only a draft can be edited."""
        return (obj is None or _is_draft(obj)) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Without a row the question comes from the list's bulk action, which would not ask again.
        return obj is not None and _is_draft(obj) and super().has_delete_permission(request, obj)

    def get_urls(self) -> list[URLPattern]:
        pages = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(view),
                {"model_admin": self},
                name=f"publication_announcementdecision_{name}",
            )
            for name, view in acts.VIEWS.items()
        ]
        return [*pages, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        decision = self.get_object(request, object_id)
        context = {
            "findings": _findings(decision),
            "acts": acts.possible_acts(decision, request.user) if decision else [],
            **(extra_context or {}),
        }
        page: HttpResponse = super().change_view(request, object_id, form_url, context)
        return page


def _is_draft(decision: AnnouncementDecision | None) -> bool:
    return decision is None or is_open_for_editing(decision.status)


def _findings(decision: AnnouncementDecision | None) -> list[Any]:
    if decision is None or decision.status in PUBLIC:
        return []
    found = find_findings(decision, on=decision.effective_on or localdate())
    return sorted(found, key=lambda finding: not finding.blocking)
