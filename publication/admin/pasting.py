"""Pasting a list into a ministry decision as a staff page: paste, look, confirm."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publication.enums import ItemEffect
from publication.models import MinistryDecision
from publication.pasted_items import PastedRow, PasteRefused, add_pasted_items, read_pasted

_LONGEST = 500_000  # characters: some 2,000 rows with long names


class PasteForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Các dòng dán từ Excel"),
        max_length=_LONGEST,
        strip=False,
        widget=forms.Textarea({"rows": 12, "cols": 100, "class": "pasted"}),
        help_text=gettext_lazy(
            "Các cột: mã thủ tục, tên thủ tục, loại. Tên để trống thì lấy trong kho thủ tục."
        ),
    )
    effect = forms.ChoiceField(
        label=gettext_lazy("Loại, khi cột loại để trống"),
        choices=[("", "---------"), *ItemEffect.choices],
        required=False,
    )


def paste_view(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    decision = get_object_or_404(MinistryDecision.objects.visible_to(request.user), pk=pk)
    if not model_admin.has_change_permission(request, decision):
        raise PermissionDenied
    asked = request.method == "POST"
    form = PasteForm(request.POST if asked else None)
    rows: list[PastedRow] = []
    if asked and form.is_valid():
        facts = form.cleaned_data
        if "confirm" in request.POST and _add(model_admin, request, decision, facts):
            return HttpResponseRedirect(_address(pk))
        rows = read_pasted(facts["text"], decision=decision, effect=facts["effect"])
    return _show(model_admin, request, decision, form, rows)


def _add(
    model_admin: Any, request: HttpRequest, decision: MinistryDecision, facts: dict[str, Any]
) -> bool:
    try:
        items = add_pasted_items(decision_id=decision.pk, by=request.user, now=now(), **facts)
    except PasteRefused as refused:
        model_admin.message_user(request, str(refused), messages.ERROR)
        return False
    text = _("Đã thêm %(count)s thủ tục vào quyết định.") % {"count": len(items)}
    model_admin.message_user(request, text, messages.SUCCESS)
    return True


def _show(
    model_admin: Any,
    request: HttpRequest,
    decision: MinistryDecision,
    form: forms.Form,
    rows: list[PastedRow],
) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Dán danh sách vào quyết định %(decision)s") % {"decision": decision},
        "decision": decision,
        "form": form,
        "rows": rows,
        "wrong": sum(bool(row.faults) for row in rows),
        "back": _address(decision.pk),
        "opts": MinistryDecision._meta,
    }
    return TemplateResponse(request, "admin/publication/ministrydecision/paste.html", context)


def _address(pk: int) -> str:
    return reverse("admin:publication_ministrydecision_change", args=[pk])
