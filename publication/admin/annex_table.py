"""The annex as one table: a row a procedure, grouped as annexes are, any number of rows.

The number of queries does not follow the number of rows, neither for showing nor for checking;
saving costs by the rows that changed.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.admin.helpers import InlineAdminFormSet
from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.fields.json import KT
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.admin.scoped import ScopedTabularInline
from publication.admin.annex_rows import AnnexKnowledge, AnnexRowForm
from publication.admin.quick_widgets import QuickHidden, QuickTick
from publication.enums import ItemEffect
from publication.lifecycle import is_open_for_editing
from publication.models import AnnouncementItem, MinistryDecision

_MOST_ROWS = 1000
# Parts A to D of an annex.
ANNEX_ORDER = Case(
    *(When(effect=effect, then=Value(rank)) for rank, effect in enumerate(ItemEffect.values)),
    default=Value(len(ItemEffect)),
    output_field=IntegerField(),
)


class KnownRowField(forms.IntegerField):
    """The key of a saved row, looked up among the rows that were read with the decision."""

    def __init__(self, known: Any, **kwargs: Any) -> None:
        super().__init__(required=False, widget=QuickHidden, **kwargs)
        self._known = known

    def clean(self, value: Any) -> Any:
        key = super().clean(value)
        if key is not None and key not in self._known:
            raise ValidationError(_("Dòng này không còn trong quyết định: tải lại trang."))
        return key


class AnnexFormSet(forms.BaseInlineFormSet):
    user: Any = None

    @cached_property
    def annex(self) -> AnnexKnowledge:
        """What the rows name, as they were sent."""
        rows = range(self.total_form_count()) if self.is_bound else range(0)
        names = [self.add_prefix(index) for index in rows]
        texts = [
            self.data.get(f"{name}-{field}", "")
            for name in names
            for field in ("procedure", "replaces")
        ]
        codes = [row.procedure.code for row in self.get_queryset()]
        return AnnexKnowledge(user=self.user, texts=texts, codes=codes)

    @cached_property
    def _known_rows(self) -> frozenset[int]:
        return frozenset(row.pk for row in self.get_queryset())

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        highest = max((row.ordinal for row in self.get_queryset()), default=0)
        place = 1 + max(0, (index or 0) - self.initial_form_count())
        return {
            **super().get_form_kwargs(index),
            "annex": self.annex,
            "next_ordinal": highest + place,
        }

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["id"] = KnownRowField(self._known_rows, initial=form.instance.pk)
        form.fields[self.fk.name].widget = QuickHidden()
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget = QuickTick()

    def clean(self) -> None:
        """Each procedure once: what the database would refuse is said by row."""
        super().clean()
        rows: dict[int, forms.ModelForm] = {}
        for form in self._kept():
            procedure_id = form.instance.procedure_id
            if procedure_id in rows:
                form.add_error(None, _("Mã này đã có ở một dòng khác của quyết định."))
            elif procedure_id is not None:
                rows[procedure_id] = form

    def _kept(self) -> Iterator[forms.ModelForm]:
        for form in self.forms:
            is_new = not form.instance.pk
            is_going = self._should_delete_form(form)  # type: ignore[attr-defined]
            if is_going or (is_new and not form.has_changed()):
                continue
            yield form

    def get_unique_error_message(self, unique_check: Any) -> str:
        return _("Mã này đã có ở một dòng khác của quyết định.")


class AnnexInline(ScopedTabularInline):
    model = AnnouncementItem
    form = AnnexRowForm
    formset = AnnexFormSet
    template = "admin/publication/announcementdecision/annex_table.html"
    fields = AnnexRowForm.Meta.fields
    extra = 1
    max_num = _MOST_ROWS
    verbose_name = gettext_lazy("thủ tục")
    verbose_name_plural = gettext_lazy("Phụ lục")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """In the order of the annex, with all that a row shows and no text of a procedure."""
        rows = super().get_queryset(request).select_related("procedure__field", "answers__decision")
        ordered: QuerySet[Any] = (
            rows.prefetch_related("replaces")
            .annotate(frozen_name=KT("frozen_text__name"))
            .defer("procedure__content", "frozen_text")
            .order_by(ANNEX_ORDER, "part", "procedure__field__slug", "ordinal", "pk")
        )
        return ordered

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.user = request.user
        return formset

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_draft(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_draft(obj) and super().has_delete_permission(request, obj)


class AnnexPage(InlineAdminFormSet):
    """The table for the page; every row needs the same files, so they are gathered once."""

    @property
    def media(self) -> forms.Media:
        media: forms.Media = self.opts.media + self.formset.media
        return media


def as_page(shown: InlineAdminFormSet) -> InlineAdminFormSet:
    """An inline as the page shows it; the annex with its files gathered once."""
    if not isinstance(shown.opts, AnnexInline):
        return shown
    return AnnexPage(
        shown.opts,
        shown.formset,
        shown.fieldsets,
        shown.prepopulated_fields,
        shown.readonly_fields,
        model_admin=shown.model_admin,
        has_add_permission=shown.has_add_permission,
        has_change_permission=shown.has_change_permission,
        has_delete_permission=shown.has_delete_permission,
        has_view_permission=shown.has_view_permission,
    )


def known_decisions(user: Any) -> list[str]:
    """The ministry decisions offered while a number is typed, newest first."""
    rows = MinistryDecision.objects.visible_to(user).filter(is_proposed=False)
    return [str(row) for row in rows.order_by("-signed_on", "-pk")[:200]]


def _is_draft(decision: Any) -> bool:
    return decision is None or is_open_for_editing(decision.status)
