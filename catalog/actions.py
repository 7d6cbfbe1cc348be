"""What is done to the register, one function an act: keyword-only, whole, in one transaction.

Officers register and amend; importers take national records in (national_texts.py has the rules).
Nothing here publishes: a text reaches the public only through a decision.
"""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from catalog.importers.report import FactChange
from catalog.models import Field, Procedure
from catalog.national_texts import (
    NationalText,
    TakenIn,
    refresh_from_national_record,
    register_from_national_record,
)
from catalog.register_history import save_with_reason
from catalog.vietnamese import clean_line

__all__ = [
    "NationalText",
    "TakenIn",
    "amend_procedure",
    "refresh_from_national_record",
    "register_from_national_record",
    "register_procedure",
]


def register_procedure(
    *, code: str, name: str, field: Field, by: AbstractBaseUser | None, reason: str, **facts: Any
) -> Procedure:
    """Enter a procedure by hand. Raises ValidationError with Vietnamese messages."""
    procedure = Procedure(code=code, name=clean_line(name), field=field, **facts)
    procedure.full_clean()
    save_with_reason(procedure, by=by, reason=reason)
    return procedure


def amend_procedure(
    *, procedure: Procedure, by: AbstractBaseUser | None, reason: str, **facts: Any
) -> tuple[FactChange, ...]:
    """Change facts of a register text; the listing stays until a decision amends it.

    Returns what changed. Raises ValidationError; saves and records nothing when nothing changed.
    """
    changes = []
    for name, value in facts.items():
        old = getattr(procedure, name)
        if old != value:
            changes.append(FactChange.of(name, old, value))
            setattr(procedure, name, value)
    if changes:
        procedure.full_clean()
        save_with_reason(procedure, by=by, reason=reason)
    return tuple(changes)
