"""Forms whose choices are the rows a person may see, also when an id is typed by hand."""

from typing import Any

from django import forms
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from catalog.admin.scope import is_scoped, label_of, mark_scope
from catalog.models import Agency, Membership
from catalog.people import person_of

_REFUSED = _("Không chọn được dòng này: không có, hoặc thuộc cơ quan khác.")
_NOT_OWN = _("Chỉ chọn được cơ quan mà anh/chị làm việc.")


class ScopedForm(forms.ModelForm):
    """`user` and `own_agency_fields` are set by the staff page that makes the form's class."""

    user: Any = None
    own_agency_fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person_of(self.user).sees_all:
            return
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and _model_of(field):
                self._narrow(name, field)

    def _narrow(self, name: str, field: forms.ModelChoiceField) -> None:
        """Rows in scope, and what the row already names: that one by its public name."""
        rows = mark_scope(field.queryset, self.user)
        seen = Q(in_scope=True)
        if name in self.own_agency_fields:
            seen = Q(pk__in=Agency.objects.in_care_of(self.user).values("pk"))
            field.required = True
            self._prefer_own_agency(name)
        message = _NOT_OWN if name in self.own_agency_fields else _REFUSED
        field.error_messages |= {"invalid_choice": message, "invalid_pk_value": message}
        field.label_from_instance = _label  # type: ignore[method-assign, assignment]
        field.queryset = rows.filter(seen | Q(pk__in=self._held(name)))

    def _held(self, name: str) -> Any:
        """What the saved row names, before anything posted is laid over it."""
        held = getattr(self.instance, f"{name}_id", None)
        if held is not None or not self.instance.pk:
            return [held] if held is not None else []
        related: Any = getattr(self.instance, name, None)
        return related.values("pk") if hasattr(related, "values") else []

    def _prefer_own_agency(self, name: str) -> None:
        own = Membership.objects.filter(user=self.user.pk).values_list("agency", flat=True)[:2]
        if self.instance.pk is None and not self.initial.get(name) and len(own) == 1:
            self.initial[name] = own[0]


def scoped(form: Any) -> Any:
    """The form's class with scoped choices; one that has them already stays as it is."""
    return form if issubclass(form, ScopedForm) else type(form.__name__, (ScopedForm, form), {})


def for_user(form: Any, user: Any, own_agency_fields: tuple[str, ...] = ()) -> Any:
    """A form's class that was made for one request, told whose request it is."""
    form.user, form.own_agency_fields = user, own_agency_fields
    return form


def _model_of(field: forms.ModelChoiceField) -> type[Model] | None:
    model = field.queryset.model if field.queryset is not None else None
    return model if model and is_scoped(model) else None


def _label(row: Any) -> str:
    return label_of(row, in_scope=row.in_scope)
