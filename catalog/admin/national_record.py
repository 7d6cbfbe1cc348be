"""National texts as they were imported."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalog.admin.read_only import ReadOnlyAdmin
from catalog.models import NationalRecord


@admin.register(NationalRecord)
class NationalRecordAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "source", "taken_on", "decision_number", "latest")
    list_filter = ("source", "latest")
    list_select_related = ("procedure",)
    search_fields = ("procedure__code", "name", "decision_number")
    date_hierarchy = "taken_on"

    @admin.display(description=_("mã thủ tục"), ordering="procedure__code")
    def code(self, record: NationalRecord) -> str:
        return record.procedure.code
