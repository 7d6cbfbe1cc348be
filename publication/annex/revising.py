"""An officer's edits of a review, laid over what was proposed. Pure."""

from collections.abc import Mapping, Sequence

from catalog.codes import CodeError, procedure_code
from publication.annex.matching import Match, MatchState, Register, compare
from publication.annex.proposals import Choice, Proposal, Take

_AGREES = frozenset({MatchState.EXACT, MatchState.NEAR, MatchState.CODE_ONLY})


def revise(
    proposals: Sequence[Proposal], choices: Mapping[int, Choice], register: Register
) -> list[Proposal]:
    """The proposals with the choices made on them, by place; others stay as they are."""
    return [
        _revised(proposal, choices[place], register) if place in choices else proposal
        for place, proposal in enumerate(proposals)
    ]


def _revised(proposal: Proposal, choice: Choice, register: Register) -> Proposal:
    choice = choice.model_copy(update={"code": significant(choice.code)})
    if choice.code == proposal.choice.code:
        return proposal.model_copy(update={"choice": choice})
    match = _match(proposal, choice.code, register)
    return proposal.model_copy(
        update={"match": match, "choice": choice.model_copy(update={"take": _take(choice, match)})}
    )


def _take(choice: Choice, match: Match) -> Take:
    """Typing a code is a decision; one whose name is another's is shown before it is taken."""
    if choice.take == Take.LEAVE:
        return Take.LEAVE
    if match.state in _AGREES:
        return Take.TAKE
    return Take.OPEN if match.state == MatchState.MISMATCH else choice.take


def _match(proposal: Proposal, code: str, register: Register) -> Match:
    if code in register.by_code:
        return compare(code, proposal.row.name, register)
    others = tuple(register.alike(proposal.row.name))
    remark = f"mã “{code}” chưa có trong kho thủ tục" if code else "chưa có mã"
    return Match(state=MatchState.UNKNOWN, others=others, remarks=(remark,))


def significant(code: str) -> str:
    """The eight characters of a code; what is no code stays as it was typed."""
    try:
        return procedure_code(code)
    except CodeError:
        return code.strip()
