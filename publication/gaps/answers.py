"""Reading what the province announced, or is about to, as answers; a fixed number of queries.

A withdrawn decision answers nothing. A correction counts as the decision it corrects: what it says
again of a procedure neither answers anew nor later than the first saying did.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.timezone import localdate

from catalog.models import Procedure
from publication.enums import DecisionStatus, ItemEffect
from publication.gaps.matching import Answer, AnswerIndex, CodeChains
from publication.models import AnnouncementDecision, AnnouncementItem, MinistryItem

_CHUNK = 2000
# From submission to signing the Office has it; a draft or a returned one is the agency's.
_AT_THE_OFFICE = frozenset({DecisionStatus.SUBMITTED, DecisionStatus.APPROVED})
_READ = (DecisionStatus.ISSUED, *_AT_THE_OFFICE)


@dataclass(frozen=True)
class Answers:
    """Issued items, and those on their way that will answer once they are issued."""

    issued: AnswerIndex
    pending: AnswerIndex


class _Decision(NamedTuple):
    pk: int
    status: str
    signed_on: date | None
    submission_on: date | None
    submitted_at: datetime | None
    lead_agency_id: int | None
    corrects_id: int | None

    @property
    def drafted_on(self) -> date | None:
        return self.submission_on or (localdate(self.submitted_at) if self.submitted_at else None)


class _Item(NamedTuple):
    pk: int
    decision_id: int
    procedure_id: int
    code: str
    effect: str
    answers_id: int | None


def read_answers() -> Answers:
    chains = CodeChains(_replacements())
    answers = Answers(AnswerIndex(chains), AnswerIndex(chains))
    decisions = {row[0]: _Decision(*row) for row in _decision_rows()}
    origins = _Origins(decisions)
    replaced = _replaced_codes()
    for row in _item_rows():
        item = _Item(*row)
        # One drafted since the decisions were read asks for another run itself.
        if item.decision_id in decisions:
            own = decisions[item.decision_id]
            _take(answers, item, own, origins, replaced.get(item.pk, ()))
    answers.issued.sort()
    answers.pending.sort()
    return answers


def _take(
    answers: Answers, item: _Item, own: _Decision, origins: "_Origins", replaced: Any
) -> None:
    origin = origins.find(own, procedure_id=item.procedure_id)
    if origin is not own and origin.status != DecisionStatus.ISSUED:
        return
    if own.status == DecisionStatus.ISSUED:
        index, day = answers.issued, origin.signed_on
    else:
        index, day = answers.pending, own.drafted_on
    if day is not None:
        answer = Answer(day, item.pk, origin.lead_agency_id, origin.drafted_on)
        _index(index, answer, item, replaced)


def _index(index: AnswerIndex, answer: Answer, item: _Item, replaced: Any) -> None:
    ends = item.effect == ItemEffect.ABOLISHED
    index.add(answer, code=item.code, ends=ends)
    for code in replaced:
        index.add(answer, code=code, ends=True)
    if item.answers_id is not None:
        for kind in {ends, bool(replaced) or ends}:
            index.add_link(answer, ministry_item_id=item.answers_id, ends=kind)


class _Origins:
    """The decision that first said what a correction says again."""

    def __init__(self, decisions: dict[int, _Decision]) -> None:
        self._decisions = decisions
        corrected = AnnouncementItem.objects.filter(decision__corrections__isnull=False)
        self._said = set(corrected.values_list("decision_id", "procedure_id"))

    def find(self, decision: _Decision, *, procedure_id: int) -> _Decision:
        origin, seen, at = decision, {decision.pk}, decision.corrects_id
        while at is not None and at not in seen and at in self._decisions:
            seen.add(at)
            if (at, procedure_id) in self._said:
                origin = self._decisions[at]
            at = self._decisions[at].corrects_id
        return origin


def _decision_rows() -> Iterator[tuple[Any, ...]]:
    rows = AnnouncementDecision.objects.filter(status__in=[*_READ, DecisionStatus.WITHDRAWN])
    return rows.order_by().values_list(*_Decision._fields).iterator(chunk_size=_CHUNK)


def _item_rows() -> Iterator[tuple[Any, ...]]:
    rows = AnnouncementItem.objects.filter(decision__status__in=_READ).order_by()
    return rows.values_list(
        "pk", "decision_id", "procedure_id", "procedure__code", "effect", "answers_id"
    ).iterator(chunk_size=_CHUNK)


def _replaced_codes() -> dict[int, list[str]]:
    """By item, the codes it brings to an end in favour of its own."""
    rows = AnnouncementItem.objects.filter(
        decision__status__in=_READ, replaces__isnull=False
    ).values_list("pk", "replaces__code")
    codes: dict[int, list[str]] = defaultdict(list)
    for pk, code in rows:
        codes[pk].append(code)
    return codes


def _replacements() -> Iterator[tuple[str, str]]:
    """(old code, new code) as the register and the ministries know them."""
    through: Any = Procedure.successors.through
    yield from through.objects.values_list("from_procedure__code", "to_procedure__code")
    items = MinistryItem.objects.applicable().exclude(replaces_codes=[])
    for new, olds in items.values_list("code", "replaces_codes"):
        yield from ((old, new) for old in olds)
