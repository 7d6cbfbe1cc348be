"""Procedures: the register text with its findings beside it."""

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_jsonform.forms.fields import JSONFormField

from catalog.admin.assigning import assign_action
from catalog.admin.audited import AuditedPage
from catalog.admin.content_form import form_schema, from_form, to_form
from catalog.admin.content_text import content_lines
from catalog.admin.form_file import FormDownloads, FormFileInline, forms_of
from catalog.admin.scoped import ScopedTabularInline
from catalog.changes import tell_duties_changed
from catalog.completeness import find_defects
from catalog.content import read_content
from catalog.enums import Audience, GovernmentLevel, ProcedureKind
from catalog.models import Procedure, ProcedureAgency
from catalog.people import person_of
from catalog.validators import validate_content
from catalog.vietnamese import clean_line

# What the form asks for in its own ways, to be read where nobody may type.
_AS_READ = {"levels": "levels_shown", "audiences": "audiences_shown", "content": "content_shown"}


class ProcedureForm(forms.ModelForm):
    """Levels and audiences are ticked, the content is filled in part by part."""

    levels = forms.MultipleChoiceField(
        label=_("Cấp thực hiện"),
        choices=GovernmentLevel.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    audiences = forms.MultipleChoiceField(
        label=_("Đối tượng thực hiện"),
        choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    content = JSONFormField(label=_("Nội dung"), schema=form_schema(), required=False)

    class Meta:
        model = Procedure
        exclude = ()  # noqa: DJ006  the admin's fieldsets name the fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["content"] = to_form(self.instance.document)

    def clean_name(self) -> str:
        return clean_line(self.cleaned_data["name"])

    def clean_content(self) -> dict[str, Any]:
        """The typed document's JSON; what it refuses is said at its place."""
        form = self.cleaned_data["content"]
        try:
            data = from_form(json.loads(form) if isinstance(form, str) else form or {})
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ValidationError(
                _("Nội dung gửi lên không đúng dạng của biểu mẫu; tải lại trang và nhập lại.")
            ) from error
        validate_content(data)
        return read_content(data).to_json()


class ProcedureAgencyInline(ScopedTabularInline):
    model = ProcedureAgency
    extra = 0
    autocomplete_fields = ("agency",)
    readonly_fields = ("name_as_written",)


class KindFilter(admin.SimpleListFilter):
    """By the words of the kind: a column that the database derives knows none."""

    title = _("loại thủ tục")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return ProcedureKind.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Procedure)
class ProcedureAdmin(FormDownloads, AuditedPage):
    form = ProcedureForm
    list_display = (
        "code",
        "name",
        "kind_shown",
        "online_level",
        "field",
        "lead_agency",
        "abolished_on",
    )
    list_display_links = ("code", "name")
    list_filter = (
        KindFilter,
        "online_level",
        ("abolished_on", admin.EmptyFieldListFilter),
        ("lead_agency", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("field", "lead_agency")
    search_fields = ("code", "name")
    search_help_text = _("Tìm theo mã hoặc tên thủ tục")
    autocomplete_fields = ("field", "further_fields", "lead_agency", "life_events", "successors")
    readonly_fields = (
        "findings",
        "forms_shown",
        "kind_shown",
        *_AS_READ.values(),
        "created_at",
        "changed_at",
    )
    actions = (assign_action,)
    own_agency_fields = ("lead_agency",)
    inlines = (FormFileInline, ProcedureAgencyInline)
    fieldsets = (
        (None, {"fields": ("findings", "code", "name", "scope", "kind_shown")}),
        (
            _("Phân loại"),
            {
                "fields": (
                    "field",
                    "further_fields",
                    "levels",
                    "audiences",
                    "life_events",
                    "lead_agency",
                    "local_regulation",
                )
            },
        ),
        (
            _("Dịch vụ công trực tuyến"),
            {
                "fields": (
                    "online_eligible",
                    "online_level",
                    "partial_reason",
                    "partial_reason_basis",
                )
            },
        ),
        (_("Nội dung"), {"fields": ("content", "forms_shown")}),
        (_("Kết thúc"), {"fields": ("abolished_on", "successors")}),
        (_("Nhật ký"), {"fields": ("created_at", "changed_at")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Procedure]:
        rows: QuerySet[Procedure] = super().get_queryset(request)
        match = request.resolver_match
        # Lists need no texts, and texts are what makes a row heavy.
        if match and match.url_name == "catalog_procedure_changelist":
            return rows.defer("content")
        return rows

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [
            (title, {**facts, "fields": [_AS_READ.get(name, name) for name in facts["fields"]]})
            for title, facts in fieldsets
        ]

    def has_assign_permission(self, request: HttpRequest) -> bool:
        """The Office looks after what nobody leads and gives it away."""
        return person_of(request.user).sees_all and self.has_change_permission(request)

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "lead_agency" in form.changed_data:
            tell_duties_changed(Procedure)

    @admin.display(description=_("loại thủ tục"), ordering="kind")
    def kind_shown(self, procedure: Procedure) -> str:
        return str(ProcedureKind(procedure.kind).label) if procedure.pk else "-"

    @admin.display(description=_("cấp thực hiện"))
    def levels_shown(self, procedure: Procedure) -> str:
        return ", ".join(procedure.level_labels)

    @admin.display(description=_("đối tượng thực hiện"))
    def audiences_shown(self, procedure: Procedure) -> str:
        return ", ".join(procedure.audience_labels)

    @admin.display(description=_("nội dung"))
    def content_shown(self, procedure: Procedure) -> SafeString:
        lines = content_lines(procedure.content).items()
        return format_html_join("", "<p><strong>{}:</strong> {}</p>", lines)

    @admin.display(description=_("Tệp của các mẫu"))
    def forms_shown(self, procedure: Procedure) -> SafeString | str:
        return forms_of(procedure) if procedure.pk else "-"

    @admin.display(description=_("Còn thiếu"))
    def findings(self, procedure: Procedure) -> SafeString | str:
        """What the text lacks by Decree 63/2010/NĐ-CP art. 8.2."""
        if not procedure.pk:
            return gettext("Lưu lần đầu để kiểm tra.")
        defects = find_defects(procedure.document)
        if not defects:
            return gettext("Đủ các bộ phận theo Điều 8 Nghị định 63/2010/NĐ-CP.")
        rows = ((defect.point, defect.message) for defect in defects)
        items = format_html_join("", "<li>Điểm {}: {}</li>", rows)
        return format_html_join("", "<ul>{}</ul>", [(items,)])
