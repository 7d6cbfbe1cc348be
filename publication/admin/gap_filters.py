"""Filters of the list of gaps; what is open is shown unless asked otherwise."""

from typing import Any

from django.contrib import admin
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publication.enums import GapStateKind
from publication.gap_reading import gap_reader

ALL, CLOSED = "tat-ca", "da-dong"


class StateFilter(admin.SimpleListFilter):
    """By state on the day of asking. Open gaps are what staff come for, so they come first."""

    title = _("tình trạng")
    parameter_name = "tinh-trang"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [*GapStateKind.choices, (CLOSED, _("Mọi dòng đã đóng")), (ALL, _("Tất cả"))]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [{**first, "display": _("Mọi dòng chưa công bố")}, *others]

    def queryset(self, request: Any, queryset: Any) -> Any:
        value = self.value()
        if value in GapStateKind.values:
            reader = gap_reader(on=localdate())
            return queryset.in_state(value, on=reader.on, horizon=reader.horizon)
        if value == CLOSED:
            return queryset.exclude(closed_on=None)
        return queryset if value == ALL else queryset.open()


class PartialFilter(admin.SimpleListFilter):
    title = _("trả lời")
    parameter_name = "tra-loi"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [("mot-phan", _("Trả lời một phần"))]

    def queryset(self, request: Any, queryset: Any) -> Any:
        return queryset.partly_answered() if self.value() == "mot-phan" else queryset


class AgencyFilter(admin.RelatedOnlyFieldListFilter):
    """Agencies that have gaps, and what is given to none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_value_display = mark_safe(gettext("Chưa giao cơ quan nào"))  # noqa: S308  our words
