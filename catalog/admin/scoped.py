"""Staff pages whose every door to rows is `visible_to(user)`.

Lists, forms, inlines, choices, look-ups, actions, deletions and history all ask it; a page of the
portal is one of these classes (decision 010). `manager.editable_by` and `deletable_by` say which
of the visible rows a person may write.
"""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ForeignKey, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin

from catalog.admin.scope import ShownRelation, mark_scope, rows_allowed, scoped_relation
from catalog.admin.scoped_form import ScopedForm, for_user, scoped
from catalog.people import person_of


class ScopedRows(admin.options.BaseModelAdmin):
    """What pages and inlines have in common."""

    own_agency_fields: tuple[str, ...] = ()  # relations in which people name their own agency

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.form = scoped(self.form)

    def scope(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        """The rows that a person may see."""
        return rows_allowed(rows, "visible_to", user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.scope(super().get_queryset(request), request.user)

    def get_autocomplete_fields(self, request: HttpRequest) -> Any:
        # A person's own agencies are few: a plain choice shows that no other can be named.
        names = super().get_autocomplete_fields(request)
        if person_of(request.user).sees_all:
            return names
        return [name for name in names if name not in self.own_agency_fields]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = super().get_fields(request, obj)
        return [name for name in names if not isinstance(name, ShownRelation)]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = [*super().get_readonly_fields(request, obj)]
        if person_of(request.user).sees_all:
            return names
        relations = (*self.model._meta.fields, *self.model._meta.many_to_many)
        fields = [scoped_relation(self.model, relation.name) for relation in relations]
        return [*names, *(ShownRelation(field, request.user) for field in fields if field)]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The same fields; what is only read is shown within the person's scope."""
        fieldsets = super().get_fieldsets(request, obj)
        if person_of(request.user).sees_all:
            return fieldsets
        frozen = obj is not None and not self.has_change_permission(request, obj)
        only_read = None if frozen else self.get_readonly_fields(request, obj)
        return [
            (title, {**options, "fields": self._shown(request, options["fields"], only_read)})
            for title, options in fieldsets
        ]

    def _shown(self, request: HttpRequest, names: Any, only_read: Any) -> list[Any]:
        shown: list[Any] = []
        for name in names:
            if isinstance(name, list | tuple):
                shown.append(self._shown(request, name, only_read))
                continue
            field = scoped_relation(self.model, name)
            hidden = field is not None and (only_read is None or name in only_read)
            shown.append(ShownRelation(field, request.user) if field and hidden else name)
        return shown

    def _allows(self, request: HttpRequest, question: str, row: Model | None) -> bool:
        """Whether a queryset's word (`editable_by`…) holds for a row; asked once a request."""
        if row is None or row.pk is None:
            return True
        answers: dict[Any, bool] = request.__dict__.setdefault("_scope_answers", {})
        key = (question, type(row), row.pk)
        if key not in answers:
            allowed = rows_allowed(type(row)._default_manager.all(), question, request.user)
            answers[key] = allowed.filter(pk=row.pk).exists()
        return answers[key]


class ScopedPage(ScopedRows, admin.ModelAdmin):
    """A page of rows within the person's scope."""

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return for_user(form, request.user, self.own_agency_fields)

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        form = super().get_changelist_form(request, **{"form": ScopedForm, **kwargs})
        return for_user(form, request.user, self.own_agency_fields)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """A list and its filters need a desk's width; the front page leads everywhere."""
        wide = {"is_nav_sidebar_enabled": False, **(extra_context or {})}
        page: HttpResponse = super().changelist_view(request, wide)
        return page

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_view_permission(request, obj)
        return may and self._allows(request, "visible_to", obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and self._allows(request, "editable_by", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_delete_permission(request, obj)
        return may and self._allows(request, "deletable_by", obj)


class ScopedInline(ScopedRows, admin.options.InlineModelAdmin):
    """Rows of a row: who may write them follows from the row they belong to."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        if person_of(request.user).sees_all:
            return rows
        for field in self.model._meta.fields:
            if isinstance(field, ForeignKey) and scoped_relation(self.model, field.name):
                rows = mark_scope(rows, request.user, by=field.name)
        return rows

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        for_user(formset.form, request.user, self.own_agency_fields)
        return formset

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_add_permission(request, obj)
        return may and self._allows(request, "editable_by", obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and self._allows(request, "editable_by", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_delete_permission(request, obj)
        return may and self._allows(request, "editable_by", obj)


class ScopedTabularInline(ScopedInline, admin.TabularInline):
    pass


class ScopedStackedInline(ScopedInline, admin.StackedInline):
    pass


class ScopedHistoryAdmin(ScopedPage, SimpleHistoryAdmin):
    """A page whose rows have a history: to be read by those whose work the row is, never replayed.

    The library looks up earlier states by their own ids, past every queryset: so the row is asked
    for first. Going back to an earlier state would write past the rules of status and version.
    """

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        self._refuse_strangers(request, object_id)
        page: HttpResponse = super().history_view(request, object_id, extra_context)
        return page

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        self._refuse_strangers(request, object_id)
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        if not version_id.isdecimal():
            raise Http404
        request.__dict__["_reads_history"] = True
        past: HttpResponse = super().history_form_view(
            request, object_id, version_id, extra_context
        )
        return past

    def _refuse_strangers(self, request: HttpRequest, object_id: str) -> None:
        """What is gone is in nobody's scope any more: the Office may still read how it was."""
        try:
            key = self.model._meta.pk.to_python(unquote(object_id))
        except ValidationError:
            raise Http404 from None
        rows = self.model._default_manager
        if rows.history_open_to(request.user).filter(pk=key).exists():
            return
        if not person_of(request.user).sees_all or rows.filter(pk=key).exists():
            raise Http404

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not _reads_history(request) and super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = super().get_readonly_fields(request, obj)
        if not _reads_history(request):
            return names
        return [*names, *(field.name for field in self.model._meta.fields)]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Of an earlier state only what its record holds: relations would be those of today."""
        fieldsets = super().get_fieldsets(request, obj)
        if not _reads_history(request):
            return fieldsets
        return [
            (title, {**facts, "fields": [name for name in facts["fields"] if self._held(name)]})
            for title, facts in fieldsets
        ]

    def _held(self, name: Any) -> bool:
        """Whether a record of history holds the field: it holds no many-to-many relation."""
        if isinstance(name, ShownRelation):
            return not name.field.many_to_many
        return name not in [field.name for field in self.model._meta.many_to_many]

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> Any:
        return [] if _reads_history(request) else super().get_inline_instances(request, obj)

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


def _reads_history(request: HttpRequest) -> bool:
    return bool(request.__dict__.get("_reads_history"))
