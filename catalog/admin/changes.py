"""What changed, in the words of the form: old and new of every field, for people to read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from catalog.admin.content_text import content_changes
from catalog.enums import Audience, GovernmentLevel

_LONG = 200  # characters of a value; the record itself keeps all of it
_DERIVED = frozenset({"version", "number_key", "signed_year", "slug", "changed_at"})
_WORDS: dict[str, Any] = {"levels": GovernmentLevel, "audiences": Audience}


@dataclass(frozen=True)
class Change:
    """One field, before and after."""

    field: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.field}: {self.old} → {self.new}"


def actor_of(record: Any) -> str:
    """Who made a record of history, also when the account is gone."""
    return record.actor_name or str(record.history_user or _("hệ thống"))


def time_of(moment: datetime) -> str:
    return f"{localtime(moment):%H:%M %d/%m/%Y}"


def record_changes(before: Any, after: Any) -> list[Change]:
    """What one record of history changed against the one before it, facts of acts included."""
    model = after.instance_type
    return [
        change
        for field in after.tracked_fields
        if field.name not in _DERIVED
        for change in _changes(
            model, field.name, getattr(before, field.attname), getattr(after, field.attname)
        )
    ]


def form_changes(form: Any) -> list[Change]:
    """What a valid model form changes, many-to-many relations included."""
    return [*_form_changes(form, form._meta.model._meta.fields), *relation_changes(form)]


def relation_changes(form: Any) -> list[Change]:
    """What a valid model form changes of its many-to-many relations, which no history holds."""
    return _form_changes(form, form._meta.model._meta.many_to_many)


def _form_changes(form: Any, fields: Any) -> list[Change]:
    changed = {*form.changed_data} & {*form.cleaned_data}
    return [
        change
        for field in fields
        if field.name in changed
        for change in _changes(
            form._meta.model,
            field.name,
            form.initial.get(field.name, form.fields[field.name].initial),
            form.cleaned_data[field.name],
        )
    ]


def formset_changes(formset: Any) -> Iterator[str]:
    """What a saved formset of an inline added, changed and deleted, row by row."""
    for row in formset.new_objects:
        yield _("thêm “%(row)s”") % {"row": row}
    for row in formset.deleted_objects:
        yield _("xóa “%(row)s”") % {"row": row}
    changed = [row for row, _fields in formset.changed_objects]
    for form in formset.forms:
        if form.instance in changed:
            what = "; ".join(str(change) for change in form_changes(form))
            yield f"{form.instance} – {what}"


def _changes(model: type[models.Model], name: str, old: Any, new: Any) -> list[Change]:
    field: Any = model._meta.get_field(name)
    label = capfirst(str(field.verbose_name))
    if old == new:
        return []
    if name == "content":
        return [
            Change(f"{label} – {part}", was, now) for part, was, now in content_changes(old, new)
        ]
    before, after = _shown(field, old), _shown(field, new)
    return [Change(label, before, after)] if before != after else []


def _shown(field: Any, value: Any) -> str:
    if value is None or value == "" or value == []:
        return _("(trống)")
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(value, datetime):
        return time_of(value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, list | tuple | models.QuerySet):
        return ", ".join(_word(field, one) for one in value)
    return _word(field, value)


def _word(field: Any, value: Any) -> str:
    """A choice by its label, a related row by its name, anything else as it is, cut short."""
    if field.is_relation and not isinstance(value, models.Model):
        value = field.related_model._default_manager.filter(pk=value).first() or value
    if field.name in _WORDS and value in _WORDS[field.name]:
        return str(_WORDS[field.name](value).label)
    text = str(dict(field.flatchoices or ()).get(value, value))
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"
