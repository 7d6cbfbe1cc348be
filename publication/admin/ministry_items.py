"""The items of a ministry decision as rows of its form, usable with hundreds of them.

The queries of the page do not depend on how many rows it has. Errors name row and code, for a row
of a long form is not found by its colour.
"""

import re
from datetime import datetime
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import Field, QuerySet
from django.forms.models import BaseInlineFormSet
from django.forms.renderers import Jinja2
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.admin.scoped import ScopedStackedInline
from catalog.codes import CodeError, procedure_code
from catalog.enums import GovernmentLevel
from catalog.models import Agency, Procedure
from catalog.vietnamese import clean_line
from publication.authority import NotAllowed
from publication.exits import NoExit, propose_exit, withdraw_exit
from publication.gap_reading import GapReader, gap_reader
from publication.item_standing import standing_in_words
from publication.models import MinistryItem


class AgenciesSelect(AutocompleteSelectMultiple):
    """Many rows of one form draw the names of their agencies from one look-up."""

    names: dict[str, str]

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        chosen = [(pk, self.names[pk]) for pk in map(str, value) if pk in self.names]
        options = [
            self.create_option(name, pk, label, selected=True, index=index, attrs=attrs)
            for index, (pk, label) in enumerate(chosen)
        ]
        return [(None, options, 0)]


class MinistryItemForm(forms.ModelForm):
    # 200 rows are 2,200 widgets: by Django's own templates they take seconds.
    default_renderer = Jinja2()

    code = forms.CharField(
        label=gettext_lazy("Mã thủ tục"), widget=forms.TextInput({"size": 11, "maxlength": 40})
    )
    name = forms.CharField(
        label=gettext_lazy("Tên thủ tục"),
        required=False,
        max_length=1500,
        widget=forms.Textarea({"rows": 1}),
    )
    levels = forms.MultipleChoiceField(
        label=gettext_lazy("Cấp thực hiện"),
        choices=GovernmentLevel.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    replaces_codes = forms.CharField(
        label=gettext_lazy("Thay thế các mã"), required=False, widget=forms.Textarea({"rows": 1})
    )
    exit_reason = forms.CharField(
        label=gettext_lazy("Lý do không áp dụng tại tỉnh"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 1}),
    )

    class Meta:
        model = MinistryItem
        fields = ("ordinal", "code", "name", "effect", "levels", "agencies", "replaces_codes")

    def __init__(self, *args: Any, agency_names: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A row nobody touched is not checked again: saving costs what changed, not what is there.
        self.empty_permitted = self.empty_permitted or self.instance.pk is not None
        if "agencies" in self.fields:  # who may only look gets no fields
            self.fields["agencies"].widget.names = agency_names
        self.initial["replaces_codes"] = ", ".join(self.instance.replaces_codes)
        self.initial["exit_reason"] = self.instance.not_applicable_reason

    @property
    def row_number(self) -> str:
        row = str(self.prefix).rpartition("-")[2]
        return str(int(row) + 1) if row.isdecimal() else row

    @property
    def code_of_row(self) -> str:
        """As it will be saved; "" while it is not a code."""
        if self.has_changed():
            return str(self.cleaned_data.get("code", ""))
        return str(self.instance.code)

    @property
    def place(self) -> str:
        """How messages name the row: where it stands in the form, and its code."""
        code = self.cleaned_data.get("code") or self.data.get(self.add_prefix("code"), "")
        named = f", {_('mã')} {code[:20]}" if code else ""
        return f"{_('Dòng')} {self.row_number}{named}"

    def clean_code(self) -> str:
        try:
            return procedure_code(self.cleaned_data["code"])
        except CodeError as error:
            raise ValidationError(f"{self.place}: {error}") from error

    def clean_name(self) -> str:
        return clean_line(self.cleaned_data["name"])

    def clean_exit_reason(self) -> str:
        return clean_line(self.cleaned_data["exit_reason"])

    def clean_replaces_codes(self) -> list[str]:
        """Codes divided by commas, semicolons, spaces or lines; each once."""
        codes: dict[str, None] = {}
        for word in re.split(r"[\s,;]+", self.cleaned_data["replaces_codes"]):
            try:
                codes |= {procedure_code(word): None} if word else {}
            except CodeError as error:
                raise ValidationError(f"{self.place}: {error}") from error
        if self.cleaned_data.get("code") in codes:
            raise ValidationError(
                _("%(place)s: thủ tục không thay thế chính nó; bỏ mã này.") % {"place": self.place}
            )
        return list(codes)


class MinistryItemFormSet(BaseInlineFormSet):
    @cached_property
    def agency_names(self) -> dict[str, str]:
        return {str(pk): name for pk, name in Agency.objects.values_list("pk", "name")}

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "agency_names": self.agency_names}

    def clean(self) -> None:
        """Each code once; a name left empty comes from the register; what is owed stays."""
        rows: list[Any] = [form for form in self.forms if self._stays(form)]
        first: dict[str, str] = {}
        for form in rows:
            code = form.code_of_row
            if code and first.setdefault(code, form.row_number) != form.row_number:
                form.add_error(
                    "code",
                    _("%(place)s: mã này đã có ở dòng %(row)s; xóa một trong hai dòng.")
                    % {"place": form.place, "row": first[code]},
                )
        self._name_from_register([form for form in rows if form.cleaned_data])
        self._keep_what_is_held()
        super().clean()

    def _stays(self, form: Any) -> bool:
        used = form.instance.pk is not None or form.has_changed()
        return used and not (self.can_delete and self._should_delete_form(form))  # type: ignore[attr-defined]

    def _keep_what_is_held(self) -> None:
        held = {form.place: _held_by(form.instance) for form in self._leaving()}
        refused = [f"{place}: {why}" for place, why in held.items() if why]
        if refused:
            raise ValidationError(refused)

    def _leaving(self) -> list[Any]:
        return [form for form in self.initial_forms if not self._stays(form)]

    def _name_from_register(self, rows: list[Any]) -> None:
        nameless = [form for form in rows if not form.cleaned_data.get("name")]
        codes = [form.cleaned_data["code"] for form in nameless if "code" in form.cleaned_data]
        known = Procedure.objects.only("code", "name", "levels").in_bulk(codes, field_name="code")
        for form in nameless:
            procedure = known.get(form.cleaned_data.get("code", ""))
            if procedure is not None:
                form.instance.name = form.cleaned_data["name"] = procedure.name
                form.instance.levels = form.cleaned_data.get("levels") or procedure.levels
            elif "code" in form.cleaned_data and "name" not in form.errors:
                form.add_error(
                    "name",
                    _("%(place)s: mã chưa có trong kho thủ tục, ghi tên thủ tục.")
                    % {"place": form.place},
                )

    def validate_unique(self) -> None:
        """`clean` has looked at codes, and says the row; Django would only say "duplicate"."""


def _held_by(item: MinistryItem) -> str:
    """Why a row cannot go, and what mends it instead; "" for one that nothing holds."""
    if item.answered_by.exists():
        return _(
            "có dòng trong quyết định của tỉnh trả lời nên không xóa được; "
            "mã sai thì sửa mã của dòng này."
        )
    if item.gaps.all():
        return _(
            "đang được theo dõi công bố nên không xóa được; mã sai thì sửa mã của dòng này, không "
            "phải công bố thì ghi “Lý do không áp dụng tại tỉnh” và chờ Văn phòng chấp thuận."
        )
    return ""


def note_agencies(formset: MinistryItemFormSet) -> None:
    """History rows hold no lists of agencies, so the reason says which ones stand there now."""
    for form in formset.forms:
        if form.has_changed() and "agencies" in form.changed_data:
            names = ", ".join(agency.name for agency in form.cleaned_data["agencies"])
            reason = f"Cơ quan phải công bố: {names or 'để trống'}"
            form.instance._change_reason = reason


def save_exits(formset: MinistryItemFormSet, *, by: Any, now: datetime) -> list[str]:
    """Propose or take back the exits that were typed; what was refused, in words."""
    refused = []
    for form in formset.forms:
        if "exit_reason" not in form.changed_data or form in formset.deleted_forms:
            continue
        reason = form.cleaned_data.get("exit_reason", "")
        try:
            if reason:
                propose_exit(item_id=form.instance.pk, reason=reason, by=by, now=now)
            else:
                withdraw_exit(item_id=form.instance.pk, by=by, now=now)
        except (NotAllowed, NoExit) as why:
            refused.append(str(why))
    return refused


class MinistryItemInline(ScopedStackedInline):
    """Two lines a row: what the decision says, and what it means here."""

    model = MinistryItem
    form = MinistryItemForm
    formset = MinistryItemFormSet
    extra = 0
    autocomplete_fields = ("agencies",)
    readonly_fields = ("standing",)
    classes = ("ministry-items",)
    _first_line = ("ordinal", "code", "effect", "name")
    _fields = (_first_line, ("levels", "agencies", "replaces_codes", "exit_reason", "standing"))
    _fields_read = (
        _first_line,
        ("levels_shown", "agencies", "replaces_shown", "not_applicable_reason", "standing"),
    )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self._fields if self.has_change_permission(request, obj) else self._fields_read

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = super().get_readonly_fields(request, obj)
        if self.has_change_permission(request, obj):
            return names
        return [*names, "levels_shown", "replaces_shown"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[MinistryItem]:
        rows: QuerySet[MinistryItem] = super().get_queryset(request)
        return rows.select_related("decision").prefetch_related("agencies", "gaps")

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "agencies" and field is not None:
            # Without the wrapper's buttons: officers name agencies here, they do not register any.
            field.widget = AgenciesSelect(db_field, self.admin_site)
            field.help_text = ""  # said once, above the rows
            field.widget.choices = field.choices  # type: ignore[attr-defined]
        return field

    @cached_property
    def reader(self) -> GapReader:
        """One calendar for all rows: Django makes an inline anew for every request."""
        return gap_reader(on=localdate())

    @admin.display(description=gettext_lazy("Tỉnh đã công bố"))
    def standing(self, item: MinistryItem) -> str:
        return standing_in_words(item, reader=self.reader) if item.pk else ""

    @admin.display(description=gettext_lazy("Cấp thực hiện"))
    def levels_shown(self, item: MinistryItem) -> str:
        return ", ".join(str(GovernmentLevel(level).label) for level in item.levels)

    @admin.display(description=gettext_lazy("Thay thế các mã"))
    def replaces_shown(self, item: MinistryItem) -> str:
        return ", ".join(item.replaces_codes)
