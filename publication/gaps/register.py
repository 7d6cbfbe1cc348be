"""Keeping the register of gaps: one row for ever per ministry item and agency concerned.

Ministry items and kept rows are read side by side in the order of the items, so memory does not
grow with them, and only what differs is written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils.timezone import localdate

from catalog.models import Procedure
from publication.enums import GapClosure, ItemEffect
from publication.gaps.agencies import AgencyTree, read_agency_tree
from publication.gaps.answers import Answers, read_answers
from publication.gaps.due_days import DecisionDays, read_decision_days
from publication.gaps.levels import AnsweredLevels, read_answered_levels
from publication.gaps.matching import Answer, Asked
from publication.gaps.writing import GapWriter
from publication.models import AnnouncementGap, MinistryItem

_CHUNK = 2000
# Read once: asking an enum for its value takes longer than matching an item.
_ANSWERED, _NOT_APPLICABLE = GapClosure.ANSWERED.value, GapClosure.NOT_APPLICABLE.value
_Closing = tuple[date | None, str, int | None, str]
_Leads = frozenset[int] | None
_OPEN: _Closing = (None, "", None, "")


@dataclass(frozen=True)
class GapReport:
    """How many gaps a run opened (or opened again) and closed, and how many are open after it."""

    opened: int
    closed: int
    open: int


class Facts(NamedTuple):
    """Everything of a row that follows from the database; the names are the columns'."""

    opened_on: date
    legal_due_on: date | None = None
    office_due_on: date | None = None
    ministry_due_on: date | None = None
    drafted_on: date | None = None
    closed_on: date | None = None
    closure: str = ""
    closed_by_id: int | None = None
    lacking_levels: str = ""


class Kept(NamedTuple):
    """A row of the register as it stands."""

    pk: int
    item_id: int
    agency_id: int | None
    facts: Facts


Wanted = tuple[int, dict[int | None, Facts]]  # a ministry item, and each agency it concerns


def record_gaps(*, on: date) -> GapReport:
    """Bring the register up to what the database says on a day; running again changes nothing.

    A row is open until an issued item answers for its agency; it closes on the day that item was
    signed, or the day the Office approved that the item does not apply. A row whose agency is no
    longer concerned stays, closed on the day this was found, to tell who held it.
    """
    with transaction.atomic():
        _one_run_at_a_time()
        writer = GapWriter(Facts._fields)
        opened = closed = still_open = 0
        for item_id, agency_id, kept, facts in _compare(_Wanted(on=on).items(), on=on):
            was_open = kept is not None and kept.facts.closed_on is None
            is_open = facts.closed_on is None
            opened += is_open and not was_open
            closed += was_open and not is_open
            still_open += is_open
            if kept is None:
                writer.add(item_id, agency_id, facts)
            elif kept.facts != facts:
                writer.change(kept.pk, item_id, agency_id, facts)
        writer.finish()
        return GapReport(opened, closed, still_open)


def _one_run_at_a_time() -> None:
    """SQLite's transactions wait for each other anyway; readers are let through on both."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(AnnouncementGap._meta.db_table)
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")


def _compare(
    wanted: Iterable[Wanted], *, on: date
) -> Iterator[tuple[int, int | None, Kept | None, Facts]]:
    """What each row should be beside what is kept of it; both come in the order of the items."""
    register = _Register()
    for item_id, agencies in wanted:
        for kept in register.before(item_id):
            yield kept.item_id, kept.agency_id, kept, _left(kept.facts, on=on)
        held = register.of(item_id)
        for agency_id, facts in agencies.items():
            yield item_id, agency_id, held.pop(agency_id, None), facts
        for kept in held.values():
            yield item_id, kept.agency_id, kept, _left(kept.facts, on=on)
    for kept in register.before(None):
        yield kept.item_id, kept.agency_id, kept, _left(kept.facts, on=on)


class _Register:
    """The kept rows, read on as far as they are asked for."""

    def __init__(self) -> None:
        self._rows = _kept_rows()
        self._next = next(self._rows, None)

    def before(self, item_id: int | None) -> Iterator[Kept]:
        """The rows of items that come before one; None: all that are left."""
        while self._next and (item_id is None or self._next.item_id < item_id):
            yield self._next
            self._next = next(self._rows, None)

    def of(self, item_id: int) -> dict[int | None, Kept]:
        found: dict[int | None, Kept] = {}
        while self._next and self._next.item_id == item_id:
            found[self._next.agency_id] = self._next
            self._next = next(self._rows, None)
        return found


def _left(facts: Facts, *, on: date) -> Facts:
    if facts.closure == GapClosure.NO_LONGER_CONCERNED:
        return facts
    return facts._replace(
        closed_on=on,
        closure=GapClosure.NO_LONGER_CONCERNED.value,
        closed_by_id=None,
        lacking_levels="",
    )


def _kept_rows() -> Iterator[Kept]:
    rows = AnnouncementGap.objects.order_by("ministry_item_id", "pk")
    columns = ("pk", "ministry_item_id", "agency_id", *Facts._fields)
    for pk, item_id, agency_id, *facts in rows.values_list(*columns).iterator(chunk_size=_CHUNK):
        yield Kept(pk, item_id, agency_id, Facts(*facts))


class _Item(NamedTuple):
    pk: int
    decision_id: int
    code: str
    effect: str
    levels: list[str]
    not_applicable_approved_at: datetime | None


class _Wanted:
    """The rows that the database asks for on a day."""

    def __init__(self, *, on: date) -> None:
        self._days = read_decision_days()
        self._answers: Answers = read_answers()
        self._levels: AnsweredLevels = read_answered_levels()
        self._tree: AgencyTree = read_agency_tree(on=on)
        leads = Procedure.objects.exclude(lead_agency=None)
        self._leads: dict[str, int] = dict(leads.values_list("code", "lead_agency_id"))

    def items(self) -> Iterator[Wanted]:
        """In the order of the ministry items."""
        for item, named in _items_with_agencies():
            days = self._days.get(item.decision_id)
            if days is None:
                continue  # entered since the days were read; its own entry asks for another run
            asked = Asked(item.pk, item.code, item.effect == ItemEffect.ABOLISHED, days.signed_on)
            agencies = {
                agency_id: self._facts(item, asked, days, leads)
                for agency_id, leads in self._concerned(item, named)
            }
            yield item.pk, agencies

    def _concerned(self, item: _Item, named: list[int]) -> list[tuple[int | None, _Leads]]:
        """Each agency, and whose decisions answer for it; None where anybody's do."""
        lead = self._leads.get(item.code)
        agencies = self._tree.today(named or ([lead] if lead else []))
        if len(agencies) < 2:
            return [(agencies[0] if agencies else None, None)]
        return [(agency_id, self._tree.answering_for(agency_id)) for agency_id in agencies]

    def _facts(self, item: _Item, asked: Asked, days: DecisionDays, leads: _Leads) -> Facts:
        answer = self._answers.issued.first(asked, leads=leads)
        drafted = answer or self._answers.pending.first(asked, leads=leads)
        return Facts(
            days.opened_on,
            days.legal_due_on,
            days.office_due_on,
            days.ministry_due_on,
            drafted.drafted_on if drafted else None,
            *self._closing(item, asked, answer, leads),
        )

    def _closing(self, item: _Item, asked: Asked, answer: Answer | None, leads: _Leads) -> _Closing:
        if item.not_applicable_approved_at is not None:
            return localdate(item.not_applicable_approved_at), _NOT_APPLICABLE, None, ""
        if answer is None:
            return _OPEN
        # The end of a procedure ends it at every level.
        lacking = "" if asked.ends else self._lacking(item, asked, answer, leads)
        return answer.signed_on, _ANSWERED, answer.item_id, lacking

    def _lacking(self, item: _Item, asked: Asked, answer: Answer, leads: _Leads) -> str:
        """A level that the first answer forgot may be in a later one."""
        lacking = self._levels.lacking(item.levels, item_ids=[answer.item_id])
        if not lacking:
            return ""
        every = self._answers.issued.every(asked, leads=leads)
        return self._levels.lacking(item.levels, item_ids=(other.item_id for other in every))


def _items_with_agencies() -> Iterator[tuple[_Item, list[int]]]:
    """Every confirmed ministry item with the agencies named on it, in the order of the items."""
    items = MinistryItem.objects.filter(decision__is_proposed=False).order_by("pk")
    through: Any = MinistryItem.agencies.through
    links = through.objects.order_by("ministryitem_id", "agency_id").values_list(
        "ministryitem_id", "agency_id"
    )
    named = groupby(links.iterator(chunk_size=_CHUNK), key=lambda link: link[0])
    at, group = next(named, (None, iter(())))
    for row in items.values_list(*_Item._fields).iterator(chunk_size=_CHUNK):
        item = _Item(*row)
        while at is not None and at < item.pk:
            at, group = next(named, (None, iter(())))
        yield item, [agency_id for _, agency_id in group] if at == item.pk else []
