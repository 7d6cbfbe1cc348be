"""Which status of an announcement decision may follow which, and by whom. Pure.

draft → submitted → returned | approved → issued → withdrawn. What was returned is mended and
submitted again; what was approved can still be returned while nobody has signed it.
"""

from datetime import date

from catalog.enums import Role
from publication.enums import DecisionStatus, Standing

_MOVES: dict[DecisionStatus, frozenset[DecisionStatus]] = {
    DecisionStatus.DRAFT: frozenset({DecisionStatus.SUBMITTED}),
    DecisionStatus.SUBMITTED: frozenset(
        {DecisionStatus.DRAFT, DecisionStatus.RETURNED, DecisionStatus.APPROVED}
    ),
    DecisionStatus.RETURNED: frozenset({DecisionStatus.SUBMITTED}),
    DecisionStatus.APPROVED: frozenset({DecisionStatus.RETURNED, DecisionStatus.ISSUED}),
    DecisionStatus.ISSUED: frozenset({DecisionStatus.WITHDRAWN}),
    DecisionStatus.WITHDRAWN: frozenset(),
}

# Heads answer for what leaves their agency, the Office for what it lets pass (letter 3403/UBND-VP).
_MAY_LEAD_TO: dict[DecisionStatus, frozenset[Role]] = {
    DecisionStatus.DRAFT: frozenset({Role.HEAD}),
    DecisionStatus.SUBMITTED: frozenset({Role.HEAD}),
    DecisionStatus.RETURNED: frozenset({Role.CONTROLLER}),
    DecisionStatus.APPROVED: frozenset({Role.CONTROLLER}),
    DecisionStatus.ISSUED: frozenset({Role.CONTROLLER}),
    DecisionStatus.WITHDRAWN: frozenset({Role.CONTROLLER}),
}

PUBLIC = frozenset({DecisionStatus.ISSUED, DecisionStatus.WITHDRAWN})
OPEN_FOR_EDITING = frozenset({DecisionStatus.DRAFT, DecisionStatus.RETURNED})


class IllegalMove(Exception):
    """A move the table does not hold; the message is for the person who tried it."""


def check_move(current: str, wanted: str) -> None:
    """Raises IllegalMove unless a decision in `current` may become `wanted`."""
    if DecisionStatus(wanted) not in _MOVES[DecisionStatus(current)]:
        raise IllegalMove(
            f"Quyết định đang ở trạng thái “{DecisionStatus(current).label}”, "
            f"không thể chuyển sang “{DecisionStatus(wanted).label}”."
        )


def roles_that_may(wanted: str) -> frozenset[Role]:
    """The roles that may bring a decision into a status."""
    return _MAY_LEAD_TO[DecisionStatus(wanted)]


def is_open_for_editing(status: str) -> bool:
    """Only a draft or a returned one may be edited: what was submitted is what will be issued."""
    return status in OPEN_FOR_EDITING


def standing(
    status: str, *, effective_on: date | None, lapsed_on: date | None, on: date
) -> Standing:
    """Where a decision stands on a day.

    `lapsed_on` is the day from which none of its texts holds any more, None while one does.
    """
    if status != DecisionStatus.ISSUED:
        return Standing(status)
    if effective_on is None or on < effective_on:
        return Standing.ISSUED
    if lapsed_on is not None and lapsed_on <= on:
        return Standing.LAPSED
    return Standing.IN_FORCE
