"""National texts as they were imported."""

from django.contrib import admin

from catalog.admin.read_only import ReadOnlyAdmin
from catalog.models import NationalRecord


@admin.register(NationalRecord)
class NationalRecordAdmin(ReadOnlyAdmin):
    list_display = ("procedure", "source", "taken_on", "decision_number", "latest")
    list_filter = ("source", "latest")
    list_select_related = ("procedure",)
    search_fields = ("procedure__code", "name", "decision_number")
    date_hierarchy = "taken_on"
