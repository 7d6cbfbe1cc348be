"""Agencies with their codes."""

from django.contrib import admin

from catalog.admin.scoped import ScopedPage, ScopedTabularInline
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
