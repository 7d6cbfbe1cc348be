"""Pages about one row of a decision: its texts side by side, and the public page to come."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from catalog.models import Procedure
from publication.comparison import compare_item
from publication.models import AnnouncementDecision, AnnouncementItem
from publication.preview import preview_page
from publication.reading import record_read


def difference_view(request: HttpRequest, pk: int, item_pk: int, model_admin: Any) -> HttpResponse:
    """National, current public and proposed text of a row; `?phan=thay-doi` shows changes alone."""
    item = _item(request, pk, item_pk)
    comparison = compare_item(item, on=localdate())
    only_changed = request.GET.get("phan") == "thay-doi"
    rows = list(_codes(item.decision))
    place = [row.pk for row in rows].index(item.pk)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("So sánh: %(code)s") % {"code": item.procedure.code},
        "item": item,
        "decision": item.decision,
        "comparison": comparison,
        "parts": comparison.changed if only_changed else comparison.parts,
        "only_changed": only_changed,
        "before": rows[place - 1] if place else None,
        "after": rows[place + 1] if place + 1 < len(rows) else None,
        "back": _back(item),
        "opts": AnnouncementDecision._meta,
        "media": model_admin.media,
    }
    template = "admin/publication/announcementdecision/difference.html"
    return TemplateResponse(request, template, context)


def preview_view(request: HttpRequest, pk: int, item_pk: int, model_admin: Any) -> HttpResponse:  # noqa: ARG001
    """The page as the public would read it; kept by no cache and found by no search engine."""
    item = _item(request, pk, item_pk)
    page = preview_page(item, on=localdate(), back=_back(item))
    answer = HttpResponse(page, content_type="text/html; charset=utf-8")
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = "no-store"
    return answer


def _item(request: HttpRequest, pk: int, item_pk: int) -> AnnouncementItem:
    """A row of a decision the person may see, with a text they may read; the reading is kept."""
    if not request.user.has_perm("publication.view_announcementdecision"):
        raise PermissionDenied
    decision = get_object_or_404(AnnouncementDecision.objects.visible_to(request.user), pk=pk)
    item = get_object_or_404(
        decision.items.select_related("procedure", "answers__decision"), pk=item_pk
    )
    visible = Procedure.objects.visible_to(request.user).filter(pk=item.procedure_id)
    # A text that was frozen belongs to the decision; one of the register to its own agency.
    if not item.frozen_text and not visible.exists():
        raise Http404
    item.decision = decision
    record_read(decision, by=request.user, now=now())
    return item


def _codes(decision: AnnouncementDecision) -> Any:
    rows = decision.items.select_related("procedure")
    return rows.defer("frozen_text", "procedure__content").order_by("ordinal", "pk")


def _back(item: AnnouncementItem) -> str:
    change = reverse("admin:publication_announcementdecision_change", args=[item.decision_id])
    return f"{change}#dong-{item.pk}"
