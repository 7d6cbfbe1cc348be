"""What the page of a decision looks up while it is written: findings of a row, names in scope."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def of_item(findings: Mapping[int, Any] | str, pk: int) -> Any:
    """The findings of one row; none where the page was given none."""
    return findings.get(pk, ()) if isinstance(findings, Mapping) else ()


@register.filter
def is_in_scope(item: Any) -> bool:
    """Whether the person may read the procedure of the row in the register."""
    return bool(getattr(item, "procedure_in_scope", True))


@register.filter
def name_of_row(item: Any) -> str:
    """The name as it was frozen, or as the register has it for those who may read it."""
    if name := getattr(item, "frozen_name", None):
        return str(name)
    if is_in_scope(item):
        return str(item.procedure.name)
    return _("(thuộc cơ quan khác)")
