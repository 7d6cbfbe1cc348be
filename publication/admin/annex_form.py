"""The review of an annex as a form: what is shown of each row, and what comes back. No rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.enums import GovernmentLevel
from publication.annex.annex_rows import AnnexRow
from publication.annex.confirming_checks import RowError
from publication.annex.matching import MatchState
from publication.annex.proposals import (
    BY_CODE,
    BY_NAME,
    Choice,
    Proposal,
    Take,
    can_take_over,
)
from publication.enums import ItemEffect

TAKES: Final = (
    (Take.TAKE, gettext_lazy("Đưa vào")),
    (Take.OPEN, gettext_lazy("Chưa quyết")),
    (Take.LEAVE, gettext_lazy("Bỏ qua")),
)
# An icon beside the words: neither colour nor shape has to be known to read the page.
STATES: Final = {
    MatchState.EXACT: ("✓", gettext_lazy("Khớp mã và tên")),
    MatchState.NEAR: ("≈", gettext_lazy("Khớp mã, tên gần giống")),
    MatchState.CODE_ONLY: ("≈", gettext_lazy("Khớp mã, không có tên để đối chiếu")),
    MatchState.MISMATCH: ("✗", gettext_lazy("Mã và tên không khớp")),
    MatchState.SAME_NAME: ("≈", gettext_lazy("Đề xuất theo tên trùng hẳn")),
    MatchState.LIKE_NAME: ("?", gettext_lazy("Đề xuất theo tên gần giống")),
    MatchState.UNKNOWN: ("?", gettext_lazy("Chưa rõ thủ tục nào")),
}
_KNOWN: Final = {
    "read": gettext_lazy("đọc được"),
    "inherited": gettext_lazy("theo tiêu đề"),
    "guessed": gettext_lazy("đoán"),
    "unknown": gettext_lazy("chưa rõ"),
}
_FIELDS: Final = ("take", "code", "effect", "part", "note", "replaces")
SHOWN: Final = (
    ("", gettext_lazy("Tất cả")),
    (Take.OPEN.value, gettext_lazy("Chưa quyết")),
    (Take.TAKE.value, gettext_lazy("Đưa vào")),
    (Take.LEAVE.value, gettext_lazy("Bỏ qua")),
)


@dataclass(frozen=True)
class Fact:
    """Something read of a row, and how it is known."""

    label: str
    value: str
    known: str


@dataclass(frozen=True)
class ReviewRow:
    """What the page shows of one row."""

    number: int
    proposal: Proposal
    facts: list[Fact]
    errors: list[RowError]
    begins_part: bool

    @property
    def name(self) -> str:
        return f"r{self.number - 1}"

    @property
    def icon(self) -> str:
        return STATES[self.proposal.match.state][0]

    @property
    def state(self) -> str:
        return str(STATES[self.proposal.match.state][1])

    @property
    def name_differs(self) -> bool:
        match = self.proposal.match
        return bool(match.name) and match.state not in (MatchState.EXACT, MatchState.SAME_NAME)


def review_rows(
    proposals: Sequence[Proposal], errors: Sequence[RowError], *, shown: str
) -> Iterator[ReviewRow]:
    """The rows to show, in order; `shown` limits them to one choice."""
    before = None
    for number, proposal in enumerate(proposals, 1):
        mistakes = [error for error in errors if error.row == number]
        if shown and proposal.choice.take != shown and not mistakes:
            continue
        part = proposal.row.part
        yield ReviewRow(number, proposal, facts(proposal.row), mistakes, part != before)
        before = part


def facts(row: AnnexRow) -> list[Fact]:
    """The smaller facts of a row with their origins, the empty ones left out."""
    effect = str(row.effect.label) if row.effect else ""
    levels = ", ".join(str(GovernmentLevel(level).label) for level in row.levels)
    old = "; ".join(" ".join((one.code, one.name or one.text)).strip() for one in row.replaced)
    found = (
        (_("Loại"), effect, row.origin.effect),
        (_("Cấp"), levels, row.origin.levels),
        (_("Lĩnh vực"), row.field, row.origin.field),
        (_("Thay thế cho"), old, "read"),
    )
    return [Fact(label, value, str(_KNOWN[known])) for label, value, known in found if value]


def origin_of(known: str) -> str:
    return str(_KNOWN[known])


def read_choices(posted: Mapping[str, Any], proposals: Sequence[Proposal]) -> dict[int, Choice]:
    """The choices a form brings, by place; rows it does not show keep theirs."""
    choices = {}
    for place, proposal in enumerate(proposals):
        given = {
            field: str(posted[f"r{place}-{field}"])
            for field in _FIELDS
            if f"r{place}-{field}" in posted
        }
        if given.get("take", Take.OPEN) not in list(Take):
            given["take"] = Take.OPEN.value
        if given:
            choices[place] = Choice.model_validate(proposal.choice.model_dump() | given)
    return choices


def take_over_counts(proposals: Sequence[Proposal]) -> dict[str, int]:
    """How many rows one press would take over, by code and by name."""
    return {
        "codes": sum(can_take_over(one, BY_CODE) for one in proposals),
        "names": sum(can_take_over(one, BY_NAME) for one in proposals),
    }


def effect_choices() -> list[tuple[str, str]]:
    return [
        ("", _("– chọn loại –")),
        *((str(value), str(name)) for value, name in ItemEffect.choices),
    ]
