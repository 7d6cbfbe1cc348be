"""What the ministries announced and the province has not: the list, its files, contradictions."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.urls.resolvers import URLPattern
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.read_only import ReadOnlyAdmin
from catalog.people import person_of
from publication.admin.gap_columns import GapColumns, keep_readings
from publication.admin.gap_filters import AgencyFilter, PartialFilter, StateFilter
from publication.contradictions import find_contradictions
from publication.gap_reading import gap_reader
from publication.gap_sheet import as_csv, as_xlsx, sheet_rows
from publication.models import AnnouncementGap

_FORMATS = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        as_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


class GapChangeList(ChangeList):
    """The rows of a page, each read once: a fixed number of queries whatever their number.

    Keys are put in order first and only a page's rows fetched whole: ordering the rows themselves,
    with the decisions they point at, took most of the time of a long list.
    """

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        keys = list(self.result_list.values_list("pk", flat=True))
        rows = AnnouncementGap.objects.with_decisions().in_bulk(keys)
        self.result_list = [rows[key] for key in keys]
        keep_readings(self.result_list, may_draft=_may_draft(request))


@admin.register(AnnouncementGap)
class AnnouncementGapAdmin(GapColumns, ReadOnlyAdmin):
    list_display = (
        "code",
        "name",
        "ministry_decision",
        "held_by",
        "state",
        "due_days",
    )
    list_display_links = ("code",)
    list_filter = (
        StateFilter,
        ("agency", AgencyFilter),
        PartialFilter,
        ("ministry_item__decision__issuer", admin.RelatedOnlyFieldListFilter),
        "ministry_item__effect",
    )
    list_per_page = 50
    show_full_result_count = False
    search_fields = (
        "ministry_item__code",
        "ministry_item__name",
        "ministry_item__decision__number",
    )
    search_help_text = _("Tìm theo mã, tên thủ tục hoặc số quyết định của bộ")
    change_form_template = "admin/publication/announcementgap/change_form.html"
    change_list_template = "admin/publication/announcementgap/change_list.html"
    readonly_fields = fields = (
        "item",
        "ministry_decision",
        "agency_name",
        "state",
        "legal_clock",
        "office_clock",
        "holder",
        "stages",
        "ministry_due_on",
        "ministry_late",
        "drafted_on",
        "closed_on",
        "answer",
        "partial",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[AnnouncementGap]:
        return AnnouncementGap.objects.visible_to(request.user).with_due_day()

    def get_ordering(self, request: HttpRequest) -> Any:
        return [F("due_on").asc(nulls_last=True), "ministry_item__code", "pk"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return GapChangeList

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> AnnouncementGap | None:
        gap = super().get_object(request, object_id, from_field)
        if gap is not None:
            keep_readings([gap], may_draft=False)
        return gap

    def get_urls(self) -> list[URLPattern]:
        pages = [
            path(
                "export/<str:kind>/",
                self.admin_site.admin_view(self.export_view),
                name="publication_announcementgap_export",
            ),
            path(
                "contradictions/",
                self.admin_site.admin_view(self.contradictions_view),
                name="publication_announcementgap_contradictions",
            ),
        ]
        return [*pages, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {
            "asked": request.GET.urlencode(),
            "sees_all": person_of(request.user).sees_all,
            **(extra_context or {}),
        }
        page: HttpResponse = super().changelist_view(request, context)
        return page

    def export_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        """The rows of the list as filtered, searched and ordered, all pages of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if kind not in _FORMATS:
            raise Http404
        write, content_type = _FORMATS[kind]
        on = localdate()
        rows = self.get_changelist_instance(request).queryset.with_decisions()
        file = write(sheet_rows(rows, reader=gap_reader(on=on)))
        name = f"thu-tuc-chua-cong-bo-{on:%Y-%m-%d}.{kind}"
        return HttpResponse(
            file,
            content_type=content_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def contradictions_view(self, request: HttpRequest) -> HttpResponse:
        """For the Office: what a ministry has ended and the province still offers."""
        if not (self.has_view_permission(request) and person_of(request.user).sees_all):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Tỉnh còn công khai, bộ đã bãi bỏ hoặc thay thế"),
            "opts": self.opts,
            "contradictions": find_contradictions(on=localdate()),
        }
        return TemplateResponse(
            request, "admin/publication/announcementgap/contradictions.html", context
        )


def _may_draft(request: HttpRequest) -> bool:
    return request.user.has_perm("publication.add_announcementdecision")
