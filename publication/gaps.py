"""Gaps: ministry items that no issued announcement item of the province answers by code.

The register of gaps is recomputed from state, never from "exactly n days ago", so a run that was
missed or repeated changes nothing in the end.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from publication.enums import DecisionStatus, GapClosure, ItemEffect
from publication.models import AnnouncementGap, AnnouncementItem, MinistryItem

_BATCH = 1000


@dataclass(frozen=True)
class GapReport:
    """How many gaps a run opened and closed, and how many are open after it."""

    opened: int
    closed: int
    open: int


@dataclass(frozen=True, order=True)
class Answer:
    """An issued item that may answer a ministry item of the same code."""

    signed_on: date
    item_id: int


def record_gaps(*, on: date) -> GapReport:
    """Open a gap for every unanswered applicable ministry item, close what is answered by now.

    A gap closes on the day its answer was signed, or on `on` when the item was found not to
    apply in the province.
    """
    with transaction.atomic():
        answers = _read_answers()
        gaps = {gap.ministry_item_id: gap for gap in AnnouncementGap.objects.open()}
        opened: list[AnnouncementGap] = []
        closed: list[AnnouncementGap] = []
        for item_id, answer in _answered_items(answers):
            gap = gaps.pop(item_id, None)
            if answer and gap:
                gap.closed_on, gap.closed_by_id = answer.signed_on, answer.item_id
                gap.closure = GapClosure.ANSWERED
                closed.append(gap)
            elif not answer and not gap:
                opened.append(AnnouncementGap(ministry_item_id=item_id, opened_on=on))
        for gap in _no_longer_applicable(gaps):
            gap.closed_on, gap.closure = on, GapClosure.NOT_APPLICABLE
            closed.append(gap)
        AnnouncementGap.objects.bulk_create(opened, batch_size=_BATCH)
        AnnouncementGap.objects.bulk_update(
            closed, ["closed_on", "closed_by", "closure"], batch_size=_BATCH
        )
        return GapReport(len(opened), len(closed), AnnouncementGap.objects.open().count())


class _Answers:
    """Issued items by link and by code, apart for texts offered and for endings."""

    def __init__(self) -> None:
        self.by_link: dict[int, Answer] = {}
        self.by_code: dict[tuple[bool, str], list[Answer]] = defaultdict(list)

    def find(
        self, *, item_id: int, code: str, effect: str, signed_on: date | None
    ) -> Answer | None:
        if item_id in self.by_link:
            return self.by_link[item_id]
        found = self.by_code.get((effect == ItemEffect.ABOLISHED, code), [])
        # What the province signed before the ministry spoke cannot be its answer.
        place = bisect_left(found, Answer(signed_on or date.min, 0))
        return found[place] if place < len(found) else None


def _read_answers() -> _Answers:
    answers = _Answers()
    for answer, code, effect, link in _issued_items():
        answers.by_code[effect == ItemEffect.ABOLISHED, code].append(answer)
        if link and (link not in answers.by_link or answer < answers.by_link[link]):
            answers.by_link[link] = answer
    for answer, code in _endings_by_replacement():
        answers.by_code[True, code].append(answer)
    for found in answers.by_code.values():
        found.sort()
    return answers


def _issued_items() -> Iterator[tuple[Answer, str, str, int | None]]:
    rows = AnnouncementItem.objects.filter(decision__status=DecisionStatus.ISSUED).values_list(
        "decision__signed_on", "pk", "procedure__code", "effect", "answers"
    )
    for signed_on, pk, code, effect, link in rows.iterator(chunk_size=_BATCH):
        assert signed_on is not None, "an issued decision is signed"
        yield Answer(signed_on, pk), code, effect, link


def _endings_by_replacement() -> Iterator[tuple[Answer, str]]:
    rows = AnnouncementItem.objects.filter(
        decision__status=DecisionStatus.ISSUED, replaces__isnull=False
    ).values_list("decision__signed_on", "pk", "replaces__code")
    for signed_on, pk, code in rows.iterator(chunk_size=_BATCH):
        assert signed_on is not None, "an issued decision is signed"
        yield Answer(signed_on, pk), code


def _answered_items(answers: _Answers) -> Iterator[tuple[int, Answer | None]]:
    rows = MinistryItem.objects.applicable().values_list(
        "pk", "code", "effect", "decision__signed_on"
    )
    for pk, code, effect, signed_on in rows.iterator(chunk_size=_BATCH):
        yield pk, answers.find(item_id=pk, code=code, effect=effect, signed_on=signed_on)


def _no_longer_applicable(left: dict[int, AnnouncementGap]) -> Iterable[AnnouncementGap]:
    """Open gaps whose item the walk over applicable items did not meet."""
    return left.values()
