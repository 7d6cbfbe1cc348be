"""The list action with which the Office gives procedures to the agency that leads them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.assigning import assign_lead_agency
from catalog.changes import tell_duties_changed
from catalog.models import Agency, Procedure

_SHOWN = 20  # names on the confirming page; the number says how many there are


class AgencyForm(forms.Form):
    agency = forms.ModelChoiceField(Agency.objects.none(), label=gettext_lazy("Cơ quan chủ trì"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        existing: Any = self.fields["agency"]
        existing.queryset = Agency.objects.existing(on=localdate()).order_by("name", "pk")


@admin.action(description=gettext_lazy("Giao cho cơ quan chủ trì…"), permissions=["assign"])
def assign_action(page: Any, request: HttpRequest, procedures: Any) -> HttpResponse | None:
    """Ask which agency, then give; the second time the form comes with the agency."""
    chosen = "agency" in request.POST
    form = AgencyForm(request.POST) if chosen else AgencyForm()
    if not chosen or not form.is_valid():
        return _ask(page, request, procedures, form)
    agency = form.cleaned_data["agency"]
    count = assign_lead_agency(procedures=procedures, agency=agency, by=request.user, now=now())
    tell_duties_changed(Procedure)
    message = _("Đã giao %(count)d thủ tục cho %(agency)s.") % {"count": count, "agency": agency}
    page.message_user(request, message, messages.SUCCESS)
    return None


def _ask(page: Any, request: HttpRequest, procedures: Any, form: AgencyForm) -> HttpResponse:
    count = procedures.count()
    context = {
        **page.admin_site.each_context(request),
        "title": _("Giao thủ tục cho cơ quan chủ trì"),
        "opts": page.opts,
        "form": form,
        "count": count,
        "shown": procedures[:_SHOWN],
        "left": max(count - _SHOWN, 0),
        "checkbox": ACTION_CHECKBOX_NAME,
        "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "select_across": request.POST.get("select_across", "0"),
    }
    return TemplateResponse(request, "admin/catalog/procedure/assign.html", context)
