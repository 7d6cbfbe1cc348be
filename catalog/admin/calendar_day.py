"""Days off and make-up days: proposed by the machine, confirmed or entered by a person."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.timezone import localdate, now
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.scoped import ScopedPage
from catalog.changes import tell_duties_changed
from catalog.holiday_proposals import (
    FIRST_YEAR,
    LAST_YEAR,
    confirm_days,
    propose_holidays,
)
from catalog.models import CalendarDay
from catalog.weekdays import day_in_words
from catalog.working_days import WEEKEND


class YearForm(forms.Form):
    year = forms.IntegerField(label=_("Năm"), min_value=FIRST_YEAR, max_value=LAST_YEAR)


class CalendarDayForm(forms.ModelForm):
    class Meta:
        model = CalendarDay
        fields = ("day", "kind", "name", "source")
        help_texts = {
            "day": _("Ngày nghỉ hoán đổi cần hai dòng: ngày nghỉ và ngày thứ Bảy làm bù."),
            "name": _("Được nêu trong lý do của hạn, ví dụ “Quốc khánh”."),
        }

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or {}
        day, kind = facts.get("day"), facts.get("kind")
        if day and kind == CalendarDay.Kind.MAKE_UP and day.weekday() not in WEEKEND:
            self.add_error("day", gettext("Ngày làm bù phải là thứ Bảy hoặc Chủ nhật."))
        return facts


class ConfirmedFilter(admin.SimpleListFilter):
    title = _("xác nhận")
    parameter_name = "xac-nhan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("roi", _("Đã xác nhận")), ("chua", _("Chờ xác nhận"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[CalendarDay]
    ) -> QuerySet[CalendarDay]:
        if self.value() is None:
            return queryset
        return queryset.filter(confirmed_at__isnull=self.value() == "chua")


@admin.register(CalendarDay)
class CalendarDayAdmin(ScopedPage):
    form = CalendarDayForm
    list_display = ("with_weekday", "kind", "name", "is_confirmed", "confirmed_by", "source")
    list_filter = (ConfirmedFilter, "kind")
    list_select_related = ("confirmed_by",)
    date_hierarchy = "day"
    ordering = ("-day",)
    search_fields = ("name",)
    actions = ("confirm",)
    readonly_fields = ("confirmed_at", "confirmed_by")
    change_list_template = "admin/catalog/calendarday/change_list.html"

    @admin.display(description=_("ngày"), ordering="day")
    def with_weekday(self, day: CalendarDay) -> str:
        return day_in_words(day.day)

    @admin.display(description=_("xác nhận"), boolean=True, ordering="confirmed_at")
    def is_confirmed(self, day: CalendarDay) -> bool:
        return day.confirmed_at is not None

    @admin.action(description=_("Xác nhận các ngày đã chọn"), permissions=["change"])
    def confirm(self, request: HttpRequest, days: QuerySet[CalendarDay]) -> None:
        count = confirm_days(days, by=request.user, now=now())
        tell_duties_changed(CalendarDay)
        said = ngettext("Đã xác nhận %(count)s ngày.", "Đã xác nhận %(count)s ngày.", count)
        self.message_user(request, said % {"count": count}, messages.SUCCESS)

    def get_fields(self, request: HttpRequest, obj: CalendarDay | None = None) -> Any:
        fields = super().get_fields(request, obj)
        return fields if obj else [name for name in fields if name not in self.readonly_fields]

    def save_model(self, request: Any, obj: CalendarDay, form: Any, change: bool) -> None:
        if not change:  # what a person types is confirmed by typing it
            obj.confirmed_at, obj.confirmed_by = now(), request.user
        super().save_model(request, obj, form, change)
        tell_duties_changed(CalendarDay)

    def delete_model(self, request: HttpRequest, obj: CalendarDay) -> None:
        super().delete_model(request, obj)
        tell_duties_changed(CalendarDay)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[CalendarDay]) -> None:
        super().delete_queryset(request, queryset)
        tell_duties_changed(CalendarDay)

    def get_urls(self) -> list[URLPattern]:
        propose = path(
            "propose/",
            self.admin_site.admin_view(self.propose_view),
            name="catalog_calendarday_propose",
        )
        return [propose, *super().get_urls()]

    def propose_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        asked = request.method == "POST"
        form = YearForm(request.POST) if asked else YearForm(initial={"year": _next_year()})
        if asked and form.is_valid():
            return self._propose(request, form.cleaned_data["year"])
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Đề xuất ngày nghỉ"),
            "form": form,
            "opts": CalendarDay._meta,
        }
        return TemplateResponse(request, "admin/catalog/calendarday/propose.html", context)

    def _propose(self, request: HttpRequest, year: int) -> HttpResponse:
        report = propose_holidays(year=year)
        said = gettext(
            "Năm %(year)s: đề xuất %(proposed)s ngày, %(known)s ngày đã có. Đối chiếu với thông "
            "báo nghỉ lễ, chọn các ngày đúng và xác nhận; ngày nghỉ hoán đổi, ngày làm bù còn "
            "thiếu thì nhập thêm."
        )
        self.message_user(request, said % {"year": year, **vars(report)}, messages.SUCCESS)
        address = reverse("admin:catalog_calendarday_changelist")
        return HttpResponseRedirect(f"{address}?day__year={year}&xac-nhan=chua&o=1")


def _next_year() -> int:
    return localdate().year + 1
