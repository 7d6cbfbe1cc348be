"""What a person may be told of a row: all of it in their scope, outside it only what is public."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import quote
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Exists, Field, Model, OuterRef, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalog.enums import Role
from catalog.people import person_of


def is_scoped(model: type[Model]) -> bool:
    """Whether rows of a model can be outside somebody's scope."""
    return hasattr(model._default_manager, "visible_to")


def rows_allowed(rows: QuerySet[Any], question: str, user: Any) -> QuerySet[Any]:
    """Rows narrowed by a word of their queryset: `visible_to`, `editable_by`, `deletable_by`.

    Rows of the framework, such as accounts, know no such word: they are the administrators'.
    """
    if hasattr(rows, question):
        narrowed: QuerySet[Any] = getattr(rows, question)(user)
        return narrowed
    return rows if person_of(user).has(Role.ADMINISTRATOR) else rows.none()


def visible_rows(model: type[Model], user: Any) -> QuerySet[Any]:
    return rows_allowed(model._default_manager.all(), "visible_to", user)


def mark_scope(rows: Any, user: Any, *, by: str = "") -> QuerySet[Any]:
    """Rows with `in_scope`; or, with `by` a foreign key, `<key>_in_scope` of what it leads to."""
    model = rows.model._meta.get_field(by).related_model if by else rows.model
    visible = visible_rows(model, user).filter(pk=OuterRef(by or "pk"))
    marked: QuerySet[Any] = rows.annotate(
        **{f"{by}_in_scope" if by else "in_scope": Exists(visible)}
    )
    return marked


def label_of(row: Any, *, in_scope: bool) -> str:
    """The row's name; outside a person's scope the public part of it."""
    if in_scope:
        return str(row)
    known = getattr(row, "known_as", "")
    return f"{known} ({_('cơ quan khác')})" if known else _("(thuộc cơ quan khác)")


def scoped_relation(model: type[Model], name: Any) -> "Field[Any, Any] | None":
    """The relation of that name when it leads to rows that can be outside a scope."""
    if not isinstance(name, str):
        return None
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    related = getattr(field, "related_model", None)
    concrete = isinstance(field, Field) and isinstance(related, type) and is_scoped(related)
    return field if concrete else None  # type: ignore[return-value]


class ShownRelation:
    """A relation as a read-only column: what is outside the person's scope is not spelt out."""

    def __init__(self, field: "Field[Any, Any]", user: Any) -> None:
        self.field = field
        self.user = user
        self.__name__ = field.name
        self.short_description = field.verbose_name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ShownRelation) and other.field == self.field

    def __hash__(self) -> int:
        return hash(self.field)

    def __call__(self, row: Any) -> SafeString | None:
        if self.field.many_to_many:
            rows = mark_scope(getattr(row, self.field.name).all(), self.user) if row.pk else []
            return format_html_join(", ", "{}", ((self._one(one, one.in_scope),) for one in rows))
        one = getattr(row, self.field.name)
        return self._one(one, self._in_scope(row, one)) if one is not None else None

    def _in_scope(self, row: Any, one: Any) -> bool:
        marked = getattr(row, f"{self.field.name}_in_scope", None)
        if marked is None:
            marked = visible_rows(type(one), self.user).filter(pk=one.pk).exists()
        return bool(marked)

    def _one(self, one: Any, in_scope: bool) -> SafeString:
        label = label_of(one, in_scope=in_scope)
        address = _address(one) if in_scope else ""
        if not address:
            return format_html("{}", label)
        return format_html('<a href="{}">{}</a>', address, label)


def _address(row: Model) -> str:
    """The staff page of a row, "" where there is none."""
    opts = row._meta
    try:
        return reverse(
            f"{admin.site.name}:{opts.app_label}_{opts.model_name}_change", args=[quote(row.pk)]
        )
    except NoReverseMatch:
        return ""
