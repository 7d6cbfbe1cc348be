"""Pages whose every save leaves who, when, old, new and why, and goes over nobody's work.

The form carries the version it was opened with; a save on an older one is refused and told who
changed what meanwhile. Rows of inlines belong to the row's version and to its record of history.
"""

from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.admin.changes import (
    actor_of,
    formset_changes,
    record_changes,
    relation_changes,
    time_of,
)
from catalog.admin.scoped import ScopedHistoryAdmin
from catalog.row_versions import locked_version, records_since, version_of

_FIELDS = ("change_reason", "version_read")


class AuditedForm(forms.ModelForm):
    change_reason = forms.CharField(
        label=gettext_lazy("Lý do sửa"),
        required=False,
        max_length=500,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text=gettext_lazy("Lưu trong lịch sử, cạnh người sửa, lúc sửa, trước và sau khi sửa."),
    )
    version_read = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "version_read" in self.fields:
            self.initial["version_read"] = version_of(self.instance)

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or {}
        if self.instance.pk:
            self._refuse_old_version(facts.get("version_read"))
        return facts

    def _refuse_old_version(self, read: int | None) -> None:
        """The row stays locked until it is saved, so that two saves cannot both be the first."""
        current = locked_version(self.instance)
        if read is None:
            raise ValidationError(_("Trang này không còn mới: tải lại trang rồi làm lại."))
        if read != current:
            raise ValidationError([_stale(), *_what_changed(self.instance, read)])


class AuditedPage(ScopedHistoryAdmin):
    """A page with a reason field, a version and a readable history."""

    object_history_list_template = "admin/history_list.html"
    object_history_form_template = "admin/history_form.html"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.form = type(self.form.__name__, (AuditedForm, self.form), {})

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not self.has_change_permission(request, obj):
            return fieldsets
        return [*fieldsets, (_("Lần sửa này"), {"fields": _FIELDS})]

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """A save that changes nothing writes nothing: it would only make others' pages old."""
        if not change or _is_changed(form):
            self._write(request, form, change=change)

    def _write(self, request: Any, form: Any, *, change: bool) -> None:
        row = form.instance
        if change and hasattr(row, "version"):
            row.version += 1
        row._change_reason = form.cleaned_data.get("change_reason") or None
        super().save_model(request, row, form, change)

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Rows of inlines make a new version too, and what they changed joins its record."""
        super().save_related(request, form, formsets, change)
        if change and not _is_changed(form) and any(one.has_changed() for one in formsets):
            self._write(request, form, change=change)
        why = form.cleaned_data.get("change_reason") or ""
        inlines = [line for formset in formsets for line in formset_changes(formset)]
        unheld = [*(str(one) for one in relation_changes(form)), *inlines]
        if change and unheld:
            record = form.instance.history.order_by("history_id").last()
            record.history_change_reason = "\n".join(filter(None, [why, *unheld]))
            record.save(update_fields=["history_change_reason"])
        self.log_save(request, form, inlines, change=change)

    def log_save(self, request: Any, form: Any, inlines: list[str], *, change: bool) -> None:
        """For pages that keep a log beside the history; called once a save."""

    def history_form_view_title(self, request: HttpRequest, obj: Any) -> str:
        past = obj._history
        moment, who = time_of(past.history_date), actor_of(past)
        return _("Như lúc %(moment)s, do %(who)s ghi") % {"moment": moment, "who": who}

    def set_history_delta_changes(
        self, request: HttpRequest, historical_records: Any, foreign_keys_are_objs: bool = True
    ) -> None:
        for after, before in pairwise(historical_records):
            after.history_delta_changes = record_changes(before, after)


def _is_changed(form: Any) -> bool:
    return bool({*form.changed_data} - {*_FIELDS})


def _stale() -> str:
    return _(
        "Chưa lưu: có người đã sửa từ khi anh/chị mở trang này. Phần anh/chị nhập vẫn còn "
        "dưới đây; mở trang này ở thẻ mới, đối chiếu rồi nhập lại vào đó."
    )


def _what_changed(row: Any, read: int) -> list[str]:
    """A line for every save since: who, when, and old and new of each field."""
    lines = []
    for before, after in records_since(row, read):
        whats = [str(change) for change in record_changes(before, after)] if before else []
        whats += (after.history_change_reason or "").splitlines()
        what = "; ".join(whats) or _("lưu lại")
        lines.append(f"{actor_of(after)}, {time_of(after.history_date)}: {what}")
    return lines
