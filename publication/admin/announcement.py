"""Announcement decisions: drafted, submitted, returned, approved and issued by hand."""

from collections import defaultdict
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.urls.resolvers import URLPattern
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from catalog.models import Procedure
from publication.admin import acts, item_pages
from publication.admin.annex_rows import AnnexKnowledge
from publication.admin.annex_table import AnnexInline, known_decisions
from publication.admin.audited_decision import AuditedDecision
from publication.admin.decision_header import read_header
from publication.checks import Finding, find_findings
from publication.enums import DecisionStatus
from publication.lifecycle import PUBLIC, is_open_for_editing
from publication.models import AnnouncementDecision
from publication.standings import standings

_BASICS = (
    "title",
    ("issuer", "lead_agency"),
    ("submission_number", "submission_on"),
)
_SIGNED = _("Ban hành")
_SIGNED_FACTS = (("number", "signed_on", "effective_on"), ("signed_by", "signed_file"))


class DecisionList(ChangeList):
    """Where each decision stands on the day, read for the page together."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        found = standings(self.result_list, on=localdate())
        for row in self.result_list:
            row.stands = found[row.pk]


@admin.register(AnnouncementDecision)
class AnnouncementDecisionAdmin(AuditedDecision):
    list_display = ("named", "title", "stands", "lead_agency", "submitted_at", "effective_on")
    list_filter = ("status", ("lead_agency", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("lead_agency",)
    search_fields = ("number", "title", "items__procedure__code")
    search_help_text = _("Tìm theo số, trích yếu hoặc mã thủ tục trong quyết định")
    view_on_site = False  # drafts have no public page; issued ones get a link of their own
    autocomplete_fields = ("issuer", "lead_agency")
    own_agency_fields = ("lead_agency",)
    inlines = (AnnexInline,)
    change_form_template = "admin/publication/announcementdecision/change_form.html"
    fieldsets = (
        (None, {"fields": _BASICS}),
        (_SIGNED, {"fields": _SIGNED_FACTS}),
    )
    readonly_fields = ("number", "signed_on", "signed_by", "effective_on", "signed_file")

    @admin.display(description=_("Quyết định"), ordering="number")
    def named(self, decision: AnnouncementDecision) -> str:
        if decision.number and decision.signed_on:
            return f"{decision.number}, {decision.signed_on:%d/%m/%Y}"
        return str(_("(chưa có số)"))

    @admin.display(description=_("Tình trạng"), ordering="status")
    def stands(self, decision: Any) -> str:
        return str(decision.stands.label)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return DecisionList

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The signed facts are shown once there are any: they are entered with “Ban hành”."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None and obj.number:
            return fieldsets
        return [fieldset for fieldset in fieldsets if fieldset[0] != _SIGNED]

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
        pages = [self._page(f"<int:pk>/{name}/", name, view) for name, view in acts.VIEWS.items()]
        of_item = "<int:pk>/{}/<int:item_pk>/"
        return [
            *pages,
            self._page(of_item.format("difference"), "difference", item_pages.difference_view),
            self._page(of_item.format("preview"), "preview", item_pages.preview_view),
            self._page("procedure/", "procedure", procedure_view),
            *super().get_urls(),
        ]

    def _page(self, address: str, name: str, view: Any) -> URLPattern:
        page: URLPattern = path(
            address,
            self.admin_site.admin_view(view),
            {"model_admin": self},
            name=f"publication_announcementdecision_{name}",
        )
        return page

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        decision = self.get_object(request, object_id) if object_id else None
        context = {
            "annex_decisions": known_decisions(request.user),
            **(_about(decision, request.user) if decision else {}),
            **(extra_context or {}),
        }
        page: HttpResponse = super().changeform_view(request, object_id, form_url, context)
        return page


def procedure_view(request: HttpRequest, model_admin: Any) -> HttpResponse:  # noqa: ARG001
    """The name behind a code, while it is typed; "" for one that is not in the person's scope."""
    text = request.GET.get("code", "")
    known = AnnexKnowledge(user=request.user, texts=[text], codes=())
    names = {code: procedure.name for code, procedure in known.procedures.items()}
    return JsonResponse({"names": names})


def _about(decision: AnnouncementDecision, user: Any) -> dict[str, Any]:
    findings = _findings(decision, user)
    by_item: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_item[finding.item_id or 0].append(finding)
    return {
        "header": read_header(decision, on=localdate(), user=user),
        "acts": acts.possible_acts(decision, user),
        "findings_by_item": dict(by_item),
        "of_decision": by_item[0],
        "blocking": sum(finding.blocking for finding in findings),
        "advice": sum(not finding.blocking for finding in findings),
    }


def _is_draft(decision: AnnouncementDecision | None) -> bool:
    return decision is None or is_open_for_editing(decision.status)


def _findings(decision: AnnouncementDecision, user: Any) -> list[Finding]:
    """What to mend, about texts the person may read; nothing once the public reads them."""
    if decision.status in PUBLIC:
        return []
    found = find_findings(decision, on=decision.effective_on or localdate())
    codes = {finding.code for finding in found}
    # A frozen text is the decision's own, one of the register belongs to its agency.
    if decision.status not in (DecisionStatus.SUBMITTED, DecisionStatus.APPROVED):
        visible = Procedure.objects.visible_to(user).filter(code__in=codes)
        codes = {"", *visible.values_list("code", flat=True)}
    rows = [finding for finding in found if finding.code in codes]
    return sorted(rows, key=lambda finding: not finding.blocking)
