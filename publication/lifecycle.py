"""Which status of an announcement decision may follow which. Pure."""

from publication.enums import DecisionStatus

_MOVES: dict[DecisionStatus, frozenset[DecisionStatus]] = {
    DecisionStatus.DRAFT: frozenset({DecisionStatus.SUBMITTED}),
    DecisionStatus.SUBMITTED: frozenset({DecisionStatus.DRAFT, DecisionStatus.ISSUED}),
    DecisionStatus.ISSUED: frozenset(),
}


class IllegalMove(Exception):
    """A move the table does not hold; the message is for the person who tried it."""


def check_move(current: str, wanted: str) -> None:
    """Raises IllegalMove unless a decision in `current` may become `wanted`."""
    if DecisionStatus(wanted) not in _MOVES[DecisionStatus(current)]:
        raise IllegalMove(
            f"Quyết định đang ở trạng thái “{DecisionStatus(current).label}”, "
            f"không thể chuyển sang “{DecisionStatus(wanted).label}”."
        )


def is_open_for_editing(status: str) -> bool:
    """Only a draft may be edited: what was submitted is what will be issued."""
    return status == DecisionStatus.DRAFT
