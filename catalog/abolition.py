"""Ending a procedure in the register. The public hears of it through a listing, not from here."""

from collections.abc import Iterable
from datetime import date

from catalog.models import Procedure


def abolish_procedure(
    procedure: Procedure, *, on: date, successors: Iterable[Procedure] = ()
) -> None:
    """Mark a procedure as abolished from a day and name what takes its place."""
    procedure.abolished_on = on
    procedure.save(update_fields=["abolished_on", "changed_at"])
    procedure.successors.add(*successors)


def revive_procedure(procedure: Procedure) -> None:
    """A procedure that is announced again is in force again."""
    if procedure.abolished_on is not None:
        procedure.abolished_on = None
        procedure.save(update_fields=["abolished_on", "changed_at"])
