"""Announcement decisions: drafted, submitted, returned, approved and issued by hand."""

from collections import defaultdict
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.urls.resolvers import URLPattern
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _

from publication.admin import acts, item_pages
from publication.admin.annex_rows import AnnexKnowledge
from publication.admin.annex_table import AnnexInline, as_page, known_decisions
from publication.admin.audited_decision import AuditedDecision, acts_table
from publication.admin.decision_header import read_header
from publication.admin.findings import findings_for
from publication.checks import Finding
from publication.lifecycle import is_open_for_editing
from publication.models import AnnouncementDecision, DecisionAct
from publication.standings import standings

_BASICS = (
    "title",
    ("issuer", "lead_agency"),
    ("submission_number", "submission_on"),
)
_SIGNED = _("Ban hành")
_ACTS = _("Việc đã làm")  # below the annex on this page
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
    list_display = ("named", "title", "stands", "lead_agency", "submitted", "effective")
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

    @admin.display(description=_("Trình ngày"), ordering="submitted_at")
    def submitted(self, decision: AnnouncementDecision) -> str:
        day = decision.submitted_at
        return f"{localtime(day):%d/%m/%Y}" if day else ""

    @admin.display(description=_("Hiệu lực"), ordering="effective_on")
    def effective(self, decision: AnnouncementDecision) -> str:
        day = decision.effective_on
        return f"{day:%d/%m/%Y}" if day else ""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return DecisionList

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The signed facts are shown once there are any: they are entered with “Ban hành”."""
        hidden = {_ACTS} if obj is not None and obj.number else {_ACTS, _SIGNED}
        fieldsets = super().get_fieldsets(request, obj)
        return _reason_beside_basics([one for one in fieldsets if one[0] not in hidden])

    def get_inline_formsets(
        self, request: HttpRequest, formsets: Any, inline_instances: Any, obj: Any = None
    ) -> Any:
        shown = super().get_inline_formsets(request, formsets, inline_instances, obj)
        return [as_page(inline) for inline in shown]

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

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """Findings are read for a page that is shown and not for one that is saved."""
        context["annex_decisions"] = known_decisions(request.user)
        if obj is not None:
            context |= _about(obj, request.user)
        page: HttpResponse = super().render_change_form(
            request, context, add, change, form_url, obj
        )
        return page


def procedure_view(request: HttpRequest, model_admin: Any) -> HttpResponse:
    """The name behind a code, while it is typed; "" for one that is not in the person's scope."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    text = request.GET.get("code", "")
    known = AnnexKnowledge(user=request.user, texts=[text], codes=())
    names = {code: procedure.name for code, procedure in known.procedures.items()}
    return JsonResponse({"names": names})


def _about(decision: AnnouncementDecision, user: Any) -> dict[str, Any]:
    findings = findings_for(decision, user)
    acts_seen = DecisionAct.objects.visible_to(user).filter(decision=decision)
    acts_seen = acts_seen.order_by("-acted_at", "-pk")
    by_item: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_item[finding.item_id or 0].append(finding)
    return {
        "title": str(decision),
        "subtitle": None,
        "header": read_header(decision, on=localdate(), user=user),
        "is_own_work": AnnouncementDecision.objects.work_of(user).filter(pk=decision.pk).exists(),
        "acts": acts.possible_acts(decision, user),
        "acts_done": acts_table(acts_seen) if acts_seen else "",
        "findings_by_item": dict(by_item),
        "of_decision": by_item[0],
        "blocking": sum(finding.blocking for finding in findings),
        "advice": sum(not finding.blocking for finding in findings),
    }


def _reason_beside_basics(fieldsets: Any) -> Any:
    """The reason of the save is one line: a section of its own would push the annex down."""
    (title, basics), *others = fieldsets
    reasons = [options for _name, options in others if "change_reason" in options["fields"]]
    fields = [*basics["fields"], *(name for options in reasons for name in options["fields"])]
    rest = [one for one in others if one[1] not in reasons]
    return [(title, {**basics, "fields": fields}), *rest]


def _is_draft(decision: AnnouncementDecision | None) -> bool:
    return decision is None or is_open_for_editing(decision.status)
