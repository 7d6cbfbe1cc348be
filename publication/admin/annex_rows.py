"""A row of the annex as text: codes and numbers typed by hand, read as procedures and items.

Two hundred pickers that each load their choices would take a page minutes to fill in; a code is
eight characters. What is typed is looked up for all rows together (AnnexKnowledge).
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.codes import CodeError, decision_number_key, procedure_code
from catalog.models import Procedure
from publication.admin.quick_widgets import QuickLines, QuickNumber, QuickSelect, QuickText
from publication.models import AnnouncementItem, MinistryItem

_CODE_LIKE = re.compile(r"[^\s,;]+")
_DAY = re.compile(r"\s+ngày\s+(\d{1,2})/(\d{1,2})/(\d{4})\s*$")


class AnnexKnowledge:
    """What the rows of one form name, read in two queries however many rows there are."""

    def __init__(self, *, user: Any, texts: Iterable[str], codes: Iterable[str]) -> None:
        self._user = user
        self._codes = {*codes}
        for text in texts:
            for word in _CODE_LIKE.findall(text):
                try:
                    self._codes.add(procedure_code(word))
                except CodeError:
                    continue  # said at its row

    @cached_property
    def procedures(self) -> dict[str, Procedure]:
        """By code, those the person may see."""
        rows = Procedure.objects.visible_to(self._user).defer("content")
        return {row.code: row for row in rows.filter(code__in=self._codes)}

    @cached_property
    def ministry_items(self) -> dict[str, list[MinistryItem]]:
        """By code, what ministries announced of it."""
        rows = MinistryItem.objects.visible_to(self._user).select_related("decision")
        found: dict[str, list[MinistryItem]] = {}
        for row in rows.filter(code__in=self._codes).order_by("decision__signed_on", "pk"):
            found.setdefault(row.code, []).append(row)
        return found

    def procedure(self, text: str) -> Procedure:
        """Raises ValidationError with the mend."""
        try:
            code = procedure_code(text)
        except CodeError as error:
            raise ValidationError(str(error)) from error
        if code not in self.procedures:
            raise ValidationError(
                _("Mã %(code)s chưa có trong kho thủ tục của cơ quan: nhập thủ tục trước.")
                % {"code": code}
            )
        return self.procedures[code]

    def replaced(self, text: str) -> list[Procedure]:
        """The procedures whose codes are typed, each once. Raises ValidationError."""
        words = _CODE_LIKE.findall(text)
        return list(dict.fromkeys(self.procedure(word) for word in words))

    def answered(self, text: str, *, codes: Iterable[str]) -> MinistryItem | None:
        """The ministry's item for one of the codes in the decision typed. Raises ValidationError.

        A number alone is enough while only one decision of that number names the code; the day
        of signing ("163/QĐ-BTP ngày 01/08/2024") tells two of them apart.
        """
        if not text.strip():
            return None
        key, day = decision_number_key(_DAY.sub("", text)), _signed_on(text)
        found = [
            item
            for code in dict.fromkeys(codes)
            for item in self.ministry_items.get(code, [])
            if item.decision.number_key == key
            and (day is None or _iso(item.decision.signed_on) == day)
        ]
        if not found:
            raise ValidationError(
                _("Không có quyết định %(number)s của bộ có mã này: kiểm tra số, ngày và mã.")
                % {"number": text.strip()[:60]}
            )
        if len({item.decision_id for item in found}) > 1:
            raise ValidationError(
                _("Có nhiều quyết định cùng số, ghi cả ngày ký: %(all)s.")
                % {"all": "; ".join(str(item.decision) for item in found)}
            )
        return found[0]


def _signed_on(text: str) -> str | None:
    found = _DAY.search(text)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else None


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


class _TypedField(forms.CharField, ABC):
    """A relation written as text."""

    @abstractmethod
    def as_text(self, value: Any) -> str:
        """What the row holds, as it is typed."""

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else self.as_text(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return " ".join(str(data or "").split()) != self.prepare_value(initial or "")


class CodesField(_TypedField):
    def as_text(self, value: Any) -> str:
        return ", ".join(procedure.code for procedure in value or [])


class DecisionField(_TypedField):
    """`shown` is what the row names now, set by the row's form; its key is all a form is given."""

    shown: Any = None

    def as_text(self, value: Any) -> str:
        return str(self.shown.decision) if value and self.shown else ""


class AnnexRowForm(forms.ModelForm):
    """One row. A saved row keeps its procedure: another one is another row."""

    procedure = forms.CharField(
        label=gettext_lazy("mã thủ tục"),
        max_length=40,
        widget=QuickText({"autocomplete": "off"}),
    )
    replaces = CodesField(required=False, widget=QuickText({"autocomplete": "off"}))
    answers = DecisionField(
        required=False, widget=QuickText({"list": "annex-decisions", "autocomplete": "off"})
    )

    class Meta:
        model = AnnouncementItem
        fields = ("ordinal", "effect", "part", "procedure", "replaces", "answers", "change_note")
        widgets = {
            "ordinal": QuickNumber({"min": 1}),
            "effect": QuickSelect,
            "part": QuickText({"list": "annex-parts", "autocomplete": "off"}),
            "change_note": QuickLines({"rows": 2}),
        }

    def __init__(
        self, *args: Any, annex: AnnexKnowledge | None = None, next_ordinal: int = 1, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.annex = annex
        self.next_ordinal = next_ordinal
        self._name_columns()
        if self.instance.pk:
            self.fields.pop("procedure", None)
            if "answers" in self.fields:
                self.fields["answers"].shown = self.instance.answers  # type: ignore[attr-defined]
        elif "ordinal" in self.fields:
            self.fields["ordinal"].required = False
            self.initial["ordinal"] = None

    def _name_columns(self) -> None:
        """A table has no label beside each field: every field is given its own."""
        row = self.instance.procedure.code if self.instance.pk else _("dòng mới")
        for name, field in self.fields.items():
            label = self._meta.model._meta.get_field(name).verbose_name if name in _COLUMNS else ""
            if label:
                field.widget.attrs["aria-label"] = f"{label}, {row}"

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or {}
        assert self.annex is not None, "the table gives every row what is known"
        if not self.instance.pk:
            self._look_up("procedure", self.annex.procedure)
            facts["ordinal"] = facts.get("ordinal") or self.next_ordinal
        self._look_up("replaces", self.annex.replaced)
        codes = [procedure.code for procedure in facts.get("replaces") or []]
        procedure = self.instance.procedure if self.instance.pk else facts.get("procedure")
        if procedure is not None:
            codes.insert(0, procedure.code)
        self._look_up("answers", lambda text: self._answered(text, codes))
        return facts

    def _answered(self, text: str, codes: list[str]) -> MinistryItem | None:
        """An item of another code stays while nobody types over it."""
        assert self.annex is not None
        held: MinistryItem | None = self.instance.answers if self.instance.pk else None
        if held and text == str(held.decision):
            return held
        return self.annex.answered(text, codes=codes)

    def _look_up(self, name: str, read: Any) -> None:
        if name not in self.cleaned_data:
            return
        try:
            self.cleaned_data[name] = read(self.cleaned_data[name])
        except ValidationError as error:
            self.add_error(name, error)

    def _get_validation_exclusions(self) -> set[str]:
        # Looked up above for all rows at once; one row at a time would cost queries by the row.
        found: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return found | {"procedure", "answers", "decision"}


_COLUMNS = frozenset(AnnexRowForm.Meta.fields)
