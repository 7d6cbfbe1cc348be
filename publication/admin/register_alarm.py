"""Changes of the national register without a decision: looked at, tied to one, or explained."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.admin.scoped import ScopedPage
from publication.admin.marked_words import marked_words
from publication.alarms import NotResolved, resolve_alarm
from publication.authority import NotAllowed
from publication.enums import AlarmKind
from publication.models import MinistryDecision, MinistryItem, RegisterAlarm


class OpenAlarmFilter(admin.SimpleListFilter):
    """Open alarms are what the Office comes for, so they are shown unless asked otherwise."""

    title = gettext_lazy("tình trạng")
    parameter_name = "tinh-trang"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("xong", _("Đã xử lý")), ("tat-ca", _("Tất cả"))]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [{**first, "display": _("Chưa xử lý")}, *others]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "xong":
            return queryset.exclude(resolved_at=None)
        return queryset if self.value() == "tat-ca" else queryset.open()


class ResolveForm(forms.ModelForm):
    """Words, or the ministry decision that explains the change; the act checks the rest."""

    decision = forms.ModelChoiceField(
        label=gettext_lazy("Gắn với quyết định của bộ"),
        queryset=MinistryDecision.objects.none(),
        required=False,
        help_text=gettext_lazy("Mã thủ tục được thêm vào quyết định này nếu chưa có."),
    )
    resolution = forms.CharField(
        label=gettext_lazy("Kết quả xử lý"),
        required=False,
        max_length=400,
        widget=forms.Textarea({"rows": 3}),
    )

    class Meta:
        model = RegisterAlarm
        fields = ("resolution",)

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or {}
        if not facts.get("decision") and not facts.get("resolution"):
            raise ValidationError(_("Ghi kết quả xử lý hoặc chọn quyết định của bộ."))
        return facts


class ResolveActionForm(ActionForm):
    words = forms.CharField(label=gettext_lazy("Kết quả xử lý"), required=False, max_length=400)


@admin.register(RegisterAlarm)
class RegisterAlarmAdmin(ScopedPage):
    form = ResolveForm
    list_display = ("code", "kind", "marked", "named_decision", "result")
    list_filter = (OpenAlarmFilter, "kind", "source")
    list_select_related = ("resolved_by",)
    search_fields = ("code", "before", "after", "named_decision")
    search_help_text = gettext_lazy("Tìm theo mã, tên thủ tục hoặc số quyết định")
    date_hierarchy = "seen_on"
    action_form = ResolveActionForm
    actions = ("resolve",)
    readonly_fields = (
        "code",
        "kind",
        "marked",
        "named_decision",
        "source",
        "seen_on",
        "resolved_at",
        "resolved_by",
        "resolved_with",
    )
    _change = ("code", "kind", "marked", "named_decision", ("source", "seen_on"))

    def get_fieldsets(self, request: HttpRequest, obj: RegisterAlarm | None = None) -> Any:
        done = (("resolved_at", "resolved_by"), "resolved_with")
        mend = ("decision", "resolution")
        fields = mend if self.has_change_permission(request, obj) else done
        return (
            (gettext_lazy("Thay đổi"), {"fields": self._change}),
            (gettext_lazy("Xử lý"), {"fields": fields}),
        )

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if "decision" in form.base_fields:
            choice: Any = form.base_fields["decision"]
            confirmed = MinistryDecision.objects.filter(is_proposed=False)
            choice.queryset = confirmed.visible_to(request.user)
            key = MinistryItem._meta.get_field("decision")
            choice.widget = AutocompleteSelect(key, self.admin_site)
            choice.widget.choices = choice.choices
        return form

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_open = obj is None or obj.resolved_at is None
        return is_open and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        facts = form.cleaned_data
        self._try(
            request,
            lambda: resolve_alarm(
                alarm_id=obj.pk,
                by=request.user,
                now=now(),
                resolution=facts["resolution"],
                decision=facts["decision"],
            ),
        )

    @admin.display(description=gettext_lazy("Trước → sau"))
    def marked(self, alarm: RegisterAlarm) -> SafeString:
        if alarm.kind == AlarmKind.CHANGED:  # of which day, and which parts: no two wordings
            return format_html("{} → {}", alarm.before, alarm.after)
        return format_html(
            '<span class="marked">{}</span>', marked_words(alarm.before, alarm.after)
        )

    @admin.display(description=gettext_lazy("Kết quả xử lý"), ordering="seen_on")
    def result(self, alarm: RegisterAlarm) -> str:
        if alarm.resolved_at is None:
            return _("Thấy ngày %(day)s") % {"day": f"{alarm.seen_on:%d/%m/%Y}"}
        return f"{alarm.resolution} ({alarm.resolved_by or _('hệ thống')})"

    @admin.display(description=gettext_lazy("Kết quả xử lý"))
    def resolved_with(self, alarm: RegisterAlarm) -> str:
        return alarm.resolution

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        return actions if self.has_change_permission(request) else {}

    @admin.action(description=gettext_lazy("Ghi kết quả xử lý cho các dòng đã chọn"))
    def resolve(self, request: HttpRequest, rows: QuerySet[RegisterAlarm]) -> None:
        words = request.POST.get("words", "")
        done = 0
        for pk in rows.order_by("code", "pk").values_list("pk", flat=True):
            done += self._try(
                request,
                lambda pk=pk: resolve_alarm(  # type: ignore[misc]
                    alarm_id=pk, by=request.user, now=now(), resolution=words
                ),
            )
        if done:
            text = _("Đã ghi kết quả xử lý cho %(count)s thay đổi.")
            self.message_user(request, text % {"count": done}, messages.SUCCESS)

    def _try(self, request: HttpRequest, act: Callable[[], RegisterAlarm]) -> bool:
        """Whether the act was done; what stood in its way is told."""
        try:
            act()
        except (NotAllowed, NotResolved) as refused:
            self.message_user(request, str(refused), messages.ERROR)
            return False
        return True
