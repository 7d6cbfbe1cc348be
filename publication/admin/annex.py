"""Reading an annex on a decision: upload, review, confirm. Acts decide, these pages translate."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog.admin.read_only import ReadOnlyAdmin
from publication.acts_log import StaleDecision
from publication.admin import annex_form
from publication.annex.confirm import AnnexRefused, confirm_annex
from publication.annex.confirming_checks import RowError
from publication.annex.proposals import BY_CODE, BY_NAME, Proposal, counts, from_json
from publication.annex.reading import (
    AlreadyConfirmed,
    keep_choices,
    leave_open_rows,
    read_annex,
    take_over_rows,
)
from publication.annex.tables import AnnexUnreadable
from publication.authority import NotAllowed
from publication.models import AnnexReading, AnnouncementDecision


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Tệp phụ lục"),
        widget=forms.FileInput({"accept": ".docx,.xlsx,.pdf"}),
    )


@admin.register(AnnexReading)
class AnnexReadingAdmin(ReadOnlyAdmin):
    """Readings of decisions a person may edit; each opens as its review."""

    list_display = ("file_name", "decision", "read_by", "read_at", "confirmed_at")
    list_select_related = ("decision", "read_by")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False  # reached from the decision

    def get_queryset(self, request: HttpRequest) -> Any:
        editable = AnnouncementDecision.objects.editable_by(request.user)
        return super().get_queryset(request).filter(decision__in=editable)

    def get_urls(self) -> list[URLPattern]:
        pages = (
            ("upload/<int:decision_id>/", self.upload_view, "upload"),
            ("<int:pk>/review/", self.review_view, "review"),
            ("<int:pk>/file/", self.file_view, "file"),
        )
        own = [
            path(route, self.admin_site.admin_view(view), name=f"publication_annexreading_{name}")
            for route, view, name in pages
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        reading = self._reading(request, object_id)
        return HttpResponseRedirect(_address("review", reading.pk))

    def upload_view(self, request: HttpRequest, decision_id: int) -> HttpResponse:
        decision = _editable(request, decision_id)
        asked = request.method == "POST"
        form = UploadForm(request.POST, request.FILES) if asked else UploadForm()
        reading = _read(request, decision, form) if asked and form.is_valid() else None
        if reading is not None:
            return HttpResponseRedirect(_address("review", reading.pk))
        context = {
            "title": _("Đọc phụ lục từ tệp"),
            "form": form,
            "readings": decision.annex_readings.select_related("read_by"),
            "limit": settings.PORTAL_ANNEX_MAX_MB,
        }
        return self._page(request, "upload", decision, context)

    def review_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        reading = self._reading(request, pk)
        errors: Sequence[RowError] = ()
        if request.method == "POST":
            try:
                answer = _act(request, reading)
            except AnnexRefused as refused:
                errors = refused.errors
            except (AlreadyConfirmed, NotAllowed, StaleDecision) as refused:
                errors = [RowError(0, "", str(refused))]
            else:
                return answer
            reading.refresh_from_db()
        return self._review(request, reading, errors)

    def file_view(self, request: HttpRequest, pk: int) -> FileResponse:
        """The file itself, for the people of the decision alone; nothing else serves it."""
        reading = self._reading(request, pk)
        return FileResponse(reading.file.open(), as_attachment=True, filename=reading.file_name)

    def _reading(self, request: HttpRequest, pk: Any) -> AnnexReading:
        if not request.user.has_perm("publication.change_announcementdecision"):
            raise PermissionDenied
        found: AnnexReading | None = self.get_object(request, str(pk))
        if found is None:
            raise Http404
        return found

    def _review(
        self, request: HttpRequest, reading: AnnexReading, errors: Sequence[RowError]
    ) -> HttpResponse:
        proposals = from_json(reading.rows)
        shown = request.GET.get("xem", "")
        context = {
            "title": _("Xem lại phụ lục đã đọc"),
            "is_nav_sidebar_enabled": False,  # the table needs the width
            "reading": reading,
            "rows": list(annex_form.review_rows(proposals, errors, shown=shown)),
            "counts": counts(proposals),
            "total": len(proposals),
            "tabs": _tabs(proposals, shown),
            "errors": errors,
            "takes": annex_form.TAKES,
            "effects": annex_form.effect_choices(),
            "can_take": annex_form.take_over_counts(proposals),
            "kept": reading.decision.items.count(),
            "replacing": request.POST.get("mode") == "replace",
            "version": request.POST.get("version") or reading.decision.version,
        }
        return self._page(request, "review", reading.decision, context)

    def _page(
        self,
        request: HttpRequest,
        name: str,
        decision: AnnouncementDecision,
        context: dict[str, Any],
    ) -> HttpResponse:
        whole = {
            **self.admin_site.each_context(request),
            "opts": AnnouncementDecision._meta,
            "decision": decision,
            "back": _decision_address(decision),
            "upload": _address("upload", decision.pk),
            "media": self.media,
            **context,
        }
        return TemplateResponse(request, f"admin/publication/annexreading/{name}.html", whole)


def _read(
    request: HttpRequest, decision: AnnouncementDecision, form: UploadForm
) -> AnnexReading | None:
    file = form.cleaned_data["file"]
    limit = settings.PORTAL_ANNEX_MAX_MB * 1024**2
    try:
        return read_annex(
            decision_id=decision.pk,
            file_name=file.name,
            data=file.read(limit + 1),
            by=request.user,
            now=now(),
        )
    except (AnnexUnreadable, NotAllowed) as refused:
        form.add_error("file", str(refused))
        return None


def _act(request: HttpRequest, reading: AnnexReading) -> HttpResponse:
    """Do what the button asks; whatever it is, the edits are kept."""
    choices = annex_form.read_choices(request.POST, from_json(reading.rows))
    if "confirm" not in request.POST:
        return _edit(request, reading, choices)
    try:
        items = confirm_annex(
            reading_id=reading.pk,
            choices=choices,
            by=request.user,
            now=now(),
            replacing=request.POST.get("mode") == "replace",
            version=_number(request.POST.get("version")),
        )
    except (AnnexRefused, StaleDecision):
        keep_choices(reading_id=reading.pk, choices=choices, by=request.user)
        raise
    done = ngettext(
        "Đã đưa %d thủ tục vào quyết định.", "Đã đưa %d thủ tục vào quyết định.", len(items)
    )
    messages.success(request, done % len(items))
    return HttpResponseRedirect(_decision_address(reading.decision))


def _edit(request: HttpRequest, reading: AnnexReading, choices: Any) -> HttpResponse:
    keep_choices(reading_id=reading.pk, choices=choices, by=request.user)
    changed = None
    if "take_codes" in request.POST:
        changed = take_over_rows(reading_id=reading.pk, states=BY_CODE, by=request.user)
    if "take_names" in request.POST:
        changed = take_over_rows(reading_id=reading.pk, states=BY_NAME, by=request.user)
    if "leave_rest" in request.POST:
        changed = leave_open_rows(reading_id=reading.pk, by=request.user)
    told = _("Đã lưu tạm: có thể đóng trang và làm tiếp sau.")
    if changed is not None:
        told = _("Đã đổi %d dòng.") % changed
    messages.success(request, told)
    return HttpResponseRedirect(request.get_full_path())


def _tabs(proposals: Sequence[Proposal], shown: str) -> list[dict[str, Any]]:
    by_take = counts(proposals)
    return [
        {
            "label": label,
            "count": by_take[value] if value else len(proposals),
            "query": f"?xem={value}" if value else "?",
            "is_current": value == shown,
        }
        for value, label in annex_form.SHOWN
    ]


def _editable(request: HttpRequest, decision_id: int) -> AnnouncementDecision:
    if not request.user.has_perm("publication.change_announcementdecision"):
        raise PermissionDenied
    editable = AnnouncementDecision.objects.editable_by(request.user)
    return get_object_or_404(editable, pk=decision_id)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


def _address(name: str, pk: int) -> str:
    return reverse(f"admin:publication_annexreading_{name}", args=[pk])


def _decision_address(decision: AnnouncementDecision) -> str:
    return reverse("admin:publication_announcementdecision_change", args=[decision.pk])
