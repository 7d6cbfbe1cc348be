"""Deadline rules as rows, and the page where staff try dates."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.scoped import ScopedPage
from catalog.weekdays import day_in_words
from publication.default_rules import DEFAULT_RULES
from publication.enums import DayUnit
from publication.models import DeadlineRule
from publication.rule_book import FIRST_DAY, LAST_DAY, NoRuleThen, find_deadline, parameter_of
from publication.wake import wake_gaps


def rule_choices() -> list[tuple[str, str]]:
    """Codes the clock knows, and any other that has a row, with the label that staff gave it."""
    labels = {rule.code: rule.label for rule in DEFAULT_RULES}
    labels |= dict(DeadlineRule.objects.order_by("valid_from").values_list("code", "label"))
    return sorted(labels.items(), key=lambda choice: choice[1])


class DeadlineRuleForm(forms.ModelForm):
    code = forms.ChoiceField(
        label=_("Mã quy tắc"),
        choices=rule_choices,
        help_text=_("Hạn được tính theo mã này; các dòng cùng mã là các thời kỳ của một quy tắc."),
    )
    amount = forms.IntegerField(label=_("Số ngày"), min_value=1, max_value=365)

    class Meta:
        model = DeadlineRule
        fields = (
            *("code", "label", "amount", "unit", "anchor"),
            *("valid_from", "valid_to", "citation", "note"),
        )
        help_texts = {
            "label": _("Tên mà cán bộ thấy trong lý do của hạn."),
            "unit": _("Văn bản ghi “ngày” thì kể cả ngày nghỉ; ghi “ngày làm việc” thì trừ ra."),
            "anchor": _("Ngày làm mốc và chiều đếm; ngày làm mốc không được tính."),
            "valid_from": _("Để trống: không giới hạn. Xét theo ngày làm mốc của từng hạn."),
            "valid_to": _(
                "Khi luật đổi: ghi ngày cuối ở dòng này rồi “Lưu mới” với số và căn cứ mới; "
                "đừng sửa số cũ, vì hạn của các quyết định trước vẫn tính theo số cũ."
            ),
            "note": _("Cách hiểu, điều cần kiểm tra lại."),
        }


class TrialForm(forms.Form):
    rule = forms.ChoiceField(label=_("Quy tắc"), choices=rule_choices)
    day = forms.DateField(
        label=_("Ngày làm mốc"),
        widget=forms.DateInput({"placeholder": "20/09/2024", "autocomplete": "off", "size": 12}),
        help_text=_("Ngày có hiệu lực, ngày ký hoặc ngày nhận, tùy quy tắc. Ví dụ 20/09/2024."),
    )
    unit = forms.ChoiceField(
        label=_("Đơn vị"),
        required=False,
        choices=[("", _("Như quy tắc ghi")), *DayUnit.choices],
    )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not FIRST_DAY <= day <= LAST_DAY:
            limits = {"first": FIRST_DAY.year, "last": LAST_DAY.year}
            raise forms.ValidationError(gettext("Năm phải từ %(first)s đến %(last)s.") % limits)
        return day


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(ScopedPage):
    form = DeadlineRuleForm
    list_display = ("label", "term", "validity", "citation")
    search_fields = ("code", "label", "citation")
    save_as = True
    change_list_template = "admin/publication/deadlinerule/change_list.html"
    fields = (
        "code",
        "label",
        ("amount", "unit", "anchor"),
        ("valid_from", "valid_to"),
        "citation",
        "note",
    )

    @admin.display(description=_("thời hạn"), ordering="amount")
    def term(self, row: DeadlineRule) -> str:
        return f"{row.amount} {row.get_unit_display()} {row.get_anchor_display()}".lower()

    @admin.display(description=_("áp dụng"), ordering="valid_from")
    def validity(self, row: DeadlineRule) -> str:
        words = {
            (False, False): _("Không giới hạn"),
            (True, False): _("Từ %(start)s"),
            (False, True): _("Đến hết %(end)s"),
            (True, True): _("%(start)s – %(end)s"),
        }[row.valid_from is not None, row.valid_to is not None]
        return str(words) % {"start": _shown(row.valid_from), "end": _shown(row.valid_to)}

    def save_model(self, request: Any, obj: DeadlineRule, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        transaction.on_commit(wake_gaps)

    def get_urls(self) -> list[URLPattern]:
        trial = path(
            "try/", self.admin_site.admin_view(self.trial_view), name="publication_deadlinerule_try"
        )
        return [trial, *super().get_urls()]

    def trial_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = TrialForm(request.GET) if request.GET else TrialForm(initial={"day": localdate()})
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Thử tính hạn"),
            "form": form,
            "opts": DeadlineRule._meta,
            **(_answer(form) if form.is_bound and form.is_valid() else {}),
        }
        return TemplateResponse(request, "admin/publication/deadlinerule/try.html", context)


def _shown(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _answer(form: TrialForm) -> dict[str, Any]:
    """The deadline, and where the API says the same; no rule on that day is the form's error."""
    code, day, unit = (form.cleaned_data[name] for name in ("rule", "day", "unit"))
    try:
        deadline = find_deadline(code, day=day, unit=unit or None)
    except NoRuleThen as nothing:
        form.add_error("day", str(nothing))
        return {}
    asked = f"rule={code}&{parameter_of(deadline.rule)}={day.isoformat()}"
    api = reverse("api:deadlines") + f"?{asked}" + (f"&unit={unit}" if unit else "")
    due = gettext("Hạn cuối: %(day)s.") % {"day": day_in_words(deadline.due_on)}
    return {"deadline": deadline, "due_in_words": due.rstrip("."), "api_address": api}
