"""What a reading proposes row by row, and what the officer chose; kept as JSON. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, TypeAdapter

from publication.annex.annex_rows import AnnexRow
from publication.annex.matching import Match, MatchState
from publication.enums import ItemEffect


class Take(StrEnum):
    """What becomes of a row. Nothing open is ever made an item."""

    TAKE = "take"
    OPEN = "open"
    LEAVE = "leave"


class Choice(BaseModel):
    """The item as the officer wants it."""

    model_config = ConfigDict(frozen=True)

    take: Take
    code: str = ""
    effect: str = ""
    part: str = ""
    note: str = ""
    replaces: str = ""  # codes, divided by spaces or commas, as typed


class Proposal(BaseModel):
    """One row of the review: what was read, what matches, what was chosen so far."""

    model_config = ConfigDict(frozen=True)

    row: AnnexRow
    match: Match
    choice: Choice

    @property
    def is_certain(self) -> bool:
        """Read whole, matched by code and name, of one effect, with nothing to remark."""
        return bool(
            self.match.state == MatchState.EXACT
            and self.row.origin.code == "read"
            and self.row.effect
            and self.row.origin.effect in ("read", "inherited")
            and not self.row.remarks
            and not self.match.remarks
            and not _unclear_replacement(self.row)
        )


_PROPOSALS: Final = TypeAdapter(list[Proposal])
# What one press may take over after a look at the list; the rest is decided row by row.
BY_CODE: Final = frozenset({MatchState.EXACT, MatchState.NEAR, MatchState.CODE_ONLY})
BY_NAME: Final = frozenset({MatchState.SAME_NAME})


def propose(rows: Sequence[AnnexRow], matches: Sequence[Match]) -> list[Proposal]:
    """Proposals for a reading: only what is certain is taken beforehand."""
    return [_propose(row, match) for row, match in zip(rows, matches, strict=True)]


def leave_open(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Leave out what is still open."""
    return [
        _with_take(one, Take.LEAVE) if one.choice.take == Take.OPEN else one for one in proposals
    ]


def take_over(proposals: Sequence[Proposal], *, states: Iterable[MatchState]) -> list[Proposal]:
    """Take the open rows of some states that lack nothing and that no other row contradicts."""
    wanted = set(states)
    return [
        _with_take(proposal, Take.TAKE) if can_take_over(proposal, wanted) else proposal
        for proposal in proposals
    ]


def can_take_over(proposal: Proposal, states: Iterable[MatchState]) -> bool:
    choice = proposal.choice
    return bool(
        choice.take == Take.OPEN
        and proposal.match.state in set(states) & (BY_CODE | BY_NAME)
        and choice.code == proposal.match.code
        and choice.effect
        and not proposal.match.remarks
        and not _unclear_replacement(proposal.row)
    )


def to_json(proposals: Sequence[Proposal]) -> list[dict[str, Any]]:
    dumped: list[dict[str, Any]] = _PROPOSALS.dump_python(list(proposals), mode="json")
    return dumped


def from_json(stored: Any) -> list[Proposal]:
    return _PROPOSALS.validate_python(stored, strict=False)


def counts(proposals: Sequence[Proposal]) -> Counter[str]:
    """How many rows there are of each choice and of each state of matching."""
    return Counter(
        word for one in proposals for word in (one.choice.take.value, one.match.state.value)
    )


def _propose(row: AnnexRow, match: Match) -> Proposal:
    choice = Choice(
        take=Take.OPEN,
        code=match.code,
        effect=row.effect.value if row.effect else "",
        part=row.part,
        note=row.note,
        replaces=", ".join(old.code for old in row.replaced if old.code),
    )
    proposal = Proposal(row=row, match=match, choice=choice)
    return _with_take(proposal, Take.TAKE) if proposal.is_certain else proposal


def _with_take(proposal: Proposal, take: Take) -> Proposal:
    choice = proposal.choice.model_copy(update={"take": take})
    return proposal.model_copy(update={"choice": choice})


def _unclear_replacement(row: AnnexRow) -> bool:
    """A replacing procedure whose old ones are not all named by a code."""
    if row.effect != ItemEffect.REPLACED:
        return bool(row.replaced)
    return not row.replaced or any(not old.code for old in row.replaced)
