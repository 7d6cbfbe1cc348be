"""Ending a procedure in the register. The public hears of it through a listing, not from here."""

from datetime import date

from catalog.models import Procedure


def abolish_procedure(procedure: Procedure, *, on: date) -> None:
    """Mark a procedure as abolished from a day."""
    _note_end(procedure, on)


def revive_procedure(procedure: Procedure) -> None:
    """A procedure that is announced again is in force again."""
    _note_end(procedure, None)


def _note_end(procedure: Procedure, on: date | None) -> None:
    if procedure.abolished_on != on:
        procedure.abolished_on = on
        procedure.save(update_fields=["abolished_on", "changed_at"])
