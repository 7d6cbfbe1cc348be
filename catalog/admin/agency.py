"""Agencies with their codes."""

from typing import Any

from django.contrib import admin

from catalog.admin.scoped import ScopedPage, ScopedTabularInline
from catalog.changes import tell_duties_changed
from catalog.models import Agency, AgencyCode


class AgencyCodeInline(ScopedTabularInline):
    model = AgencyCode
    extra = 0


@admin.register(Agency)
class AgencyAdmin(ScopedPage):
    list_display = ("name", "short_name", "kind", "level", "parent", "valid_from", "valid_to")
    list_filter = ("kind", "level", ("valid_to", admin.EmptyFieldListFilter))
    list_select_related = ("parent",)
    search_fields = ("name", "short_name", "codes__code")
    autocomplete_fields = ("parent", "successors")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (AgencyCodeInline,)

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        tell_duties_changed(Agency)
