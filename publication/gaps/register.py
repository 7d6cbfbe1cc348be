"""Keeping the register of gaps: one row for ever per ministry item and agency concerned.

Ministry items and kept rows are read side by side in the order of the items, so memory does not
grow with them, and only what differs is written.
"""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils.timezone import localdate

from catalog.models import Procedure
from publication.enums import GapClosure, ItemEffect
from publication.gaps.agencies import AgencyTree, read_agency_tree
from publication.gaps.answers import Answers, read_answers
from publication.gaps.due_days import DecisionDays, read_decision_days
from publication.gaps.matching import Asked
from publication.gaps.writing import GapWriter
from publication.models import AnnouncementGap, MinistryItem

_CHUNK = 2000


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


class Row(NamedTuple):
    """A row as it is kept (with its key) or as it should be (without)."""

    item_id: int
    agency_id: int | None
    facts: Facts
    pk: int | None = None


def record_gaps(*, on: date) -> GapReport:
    """Bring the register up to what the database says on a day; running again changes nothing.

    A row is open until an issued item answers for its agency; it closes on the day that item was
    signed, or the day the Office approved that the item does not apply. A row whose agency is no
    longer concerned stays, closed on the day this was found, to tell who held it.
    """
    with transaction.atomic():
        _one_run_at_a_time()
        writer = GapWriter(Facts._fields)
        wanted, kept = _Wanted(on=on).rows(), _kept_rows()
        opened = closed = still_open = 0
        for before, after in _pairs(wanted, kept, on=on):
            was_open, is_open = _is_open(before), _is_open(after)
            opened += is_open and not was_open
            closed += was_open and not is_open
            still_open += is_open
            if before is None or before.facts != after.facts:
                writer.write(after)
        writer.finish()
        return GapReport(opened, closed, still_open)


def _one_run_at_a_time() -> None:
    """SQLite's transactions wait for each other anyway; readers are let through on both."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(AnnouncementGap._meta.db_table)
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")


def _is_open(row: Row | None) -> bool:
    return row is not None and row.facts.closed_on is None


def _pairs(
    wanted: Iterable[Row], kept: Iterable[Row], *, on: date
) -> Iterator[tuple[Row | None, Row]]:
    """Every row as it is kept beside what it should be; both come in the order of the items."""
    both = heapq.merge(wanted, kept, key=attrgetter("item_id"))
    for _item, group in groupby(both, key=attrgetter("item_id")):
        rows = list(group)
        before = {row.agency_id: row for row in rows if row.pk is not None}
        for row in rows:
            if row.pk is None:
                held = before.pop(row.agency_id, None)
                yield held, row._replace(pk=held.pk) if held else row
        for held in before.values():
            yield held, held._replace(facts=_left(held.facts, on=on))


def _left(facts: Facts, *, on: date) -> Facts:
    if facts.closure == GapClosure.NO_LONGER_CONCERNED:
        return facts
    return facts._replace(
        closed_on=on, closure=GapClosure.NO_LONGER_CONCERNED.value, closed_by_id=None
    )


def _kept_rows() -> Iterator[Row]:
    rows = AnnouncementGap.objects.order_by("ministry_item_id", "pk")
    columns = ("pk", "ministry_item_id", "agency_id", *Facts._fields)
    for pk, item_id, agency_id, *facts in rows.values_list(*columns).iterator(chunk_size=_CHUNK):
        yield Row(item_id, agency_id, Facts(*facts), pk)


class _Item(NamedTuple):
    pk: int
    decision_id: int
    code: str
    effect: str
    not_applicable_approved_at: datetime | None


class _Wanted:
    """The rows that the database asks for on a day."""

    def __init__(self, *, on: date) -> None:
        self._days = read_decision_days()
        self._answers: Answers = read_answers()
        self._tree: AgencyTree = read_agency_tree(on=on)
        leads = Procedure.objects.exclude(lead_agency=None)
        self._leads: dict[str, int] = dict(leads.values_list("code", "lead_agency_id"))

    def rows(self) -> Iterator[Row]:
        """In the order of the ministry items."""
        for item, named in _items_with_agencies():
            days = self._days.get(item.decision_id)
            if days is None:
                continue  # entered since the days were read; its own entry asks for another run
            for agency_id, leads in self._concerned(item, named):
                yield Row(item.pk, agency_id, self._facts(item, days, leads))

    def _concerned(self, item: _Item, named: list[int]) -> Iterator[tuple[int | None, Any]]:
        """Each agency, and whose decisions answer for it; None where anybody's do."""
        lead = self._leads.get(item.code)
        agencies = self._tree.today(named or ([lead] if lead else []))
        if len(agencies) < 2:
            yield (agencies[0] if agencies else None), None
            return
        for agency_id in agencies:
            yield agency_id, self._tree.answering_for(agency_id)

    def _facts(self, item: _Item, days: DecisionDays, leads: Any) -> Facts:
        ends = item.effect == ItemEffect.ABOLISHED
        asked = Asked(item.pk, item.code, ends, days.signed_on)
        answer = self._answers.issued.first(asked, leads=leads)
        drafted = answer or self._answers.pending.first(asked, leads=leads)
        facts = Facts(
            opened_on=days.opened_on,
            legal_due_on=days.legal_due_on,
            office_due_on=days.office_due_on,
            ministry_due_on=days.ministry_due_on,
            drafted_on=drafted.drafted_on if drafted else None,
        )
        if item.not_applicable_approved_at is not None:
            left_on = localdate(item.not_applicable_approved_at)
            return facts._replace(closed_on=left_on, closure=GapClosure.NOT_APPLICABLE.value)
        if answer is not None:
            return facts._replace(
                closed_on=answer.signed_on,
                closure=GapClosure.ANSWERED.value,
                closed_by_id=answer.item_id,
            )
        return facts


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
