"""The part of the register that matching may look at: what the person may see."""

from typing import Any

from catalog.models import Procedure
from publication.annex.matching import Candidate, Register


def visible_register(user: Any) -> Register:
    """The procedures visible to a person, in one query."""
    rows = Procedure.objects.visible_to(user).values_list("code", "name", "levels")
    return Register(
        Candidate(code=code, name=name, levels=tuple(levels)) for code, name, levels in rows
    )
