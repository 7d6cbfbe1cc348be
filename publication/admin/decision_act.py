"""The log of acts on announcement decisions, for the Office: who did what, and overrides."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from catalog.admin.read_only import ReadOnlyAdmin
from catalog.people import person_of
from publication.admin.audited_decision import remarks_of
from publication.models import DecisionAct


class OverrideFilter(admin.SimpleListFilter):
    """Acts of people who approved what they had entered or submitted, with their number."""

    title = _("ngoại lệ")
    parameter_name = "ngoai-le"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        count = model_admin.get_queryset(request).exclude(override_reason="").count()
        return [("co", str(_("Tự duyệt có lý do (%(count)d)") % {"count": count}))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.exclude(override_reason="") if self.value() == "co" else queryset


@admin.register(DecisionAct)
class DecisionActAdmin(ReadOnlyAdmin):
    list_display = ("acted_at", "who", "kind", "decision", "what")
    list_display_links = ("acted_at",)
    list_filter = (OverrideFilter, "kind", ("actor", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("decision",)
    ordering = ("-acted_at", "-pk")
    search_fields = ("actor_name", "decision__number", "decision__title")
    date_hierarchy = "acted_at"

    @admin.display(description=_("người thực hiện"), ordering="actor_name")
    def who(self, act: DecisionAct) -> str:
        return act.actor_name or str(_("hệ thống"))

    @admin.display(description=_("nội dung, lý do"))
    def what(self, act: DecisionAct) -> SafeString:
        return remarks_of(act)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A list for control; officers find the acts on the decision's own page."""
        return person_of(request.user).sees_all and super().has_view_permission(request, obj)
