"""Saving a procedure so that its history says who changed it and why."""

from django.contrib.auth.models import AbstractBaseUser

from catalog.models import Procedure


def save_with_reason(procedure: Procedure, *, by: AbstractBaseUser | None, reason: str) -> None:
    """Save and leave a history row; without `by` the signed-in user of the request counts."""
    procedure._change_reason = reason  # type: ignore[attr-defined]
    if by is not None:
        procedure._history_user = by  # type: ignore[attr-defined]
    procedure.save()
