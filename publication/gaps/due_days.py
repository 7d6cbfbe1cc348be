"""The days by which a ministry decision has to be answered, from its dates and the rules.

A day that no date gives stays empty: a guessed deadline would blame somebody.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Min
from django.utils.timezone import localdate

from catalog.calendar import read_calendar
from publication.deadlines import compute_deadline
from publication.models import MinistryDecision
from publication.rule_book import FIRST_DAY, LAST_DAY, read_rule_book

_CHUNK = 2000


class DecisionDays(NamedTuple):
    """What every item of a ministry decision shares."""

    signed_on: date | None
    opened_on: date
    legal_due_on: date | None
    office_due_on: date | None
    ministry_due_on: date | None


class _Decision(NamedTuple):
    pk: int
    signed_on: date | None
    received_on: date | None
    created_at: datetime
    shortened_procedure: bool
    first_effective_on: date | None
    first_issued_on: date | None


def read_decision_days() -> dict[int, DecisionDays]:
    """By confirmed ministry decision; three queries."""
    clock = _Clock()
    return {decision.pk: _days(decision, clock) for decision in _decisions()}


def _decisions() -> Iterator[_Decision]:
    rows = MinistryDecision.objects.filter(is_proposed=False).annotate(
        first_effective_on=Min("legal_documents__effective_on"),
        first_issued_on=Min("legal_documents__issued_on"),
    )
    for row in rows.order_by().values_list(*_Decision._fields).iterator(chunk_size=_CHUNK):
        yield _Decision(*row)


def _days(decision: _Decision, clock: "_Clock") -> DecisionDays:
    arrived = decision.received_on or decision.signed_on
    legal, ministry = _legal_days(decision, clock)
    return DecisionDays(
        signed_on=decision.signed_on,
        opened_on=arrived or localdate(decision.created_at),
        legal_due_on=legal,
        office_due_on=clock.due_on("province_after_receipt", arrived),
        ministry_due_on=ministry,
    )


def _legal_days(decision: _Decision, clock: "_Clock") -> tuple[date | None, date | None]:
    """The province's and the ministry's last day (Decree 63/2010/NĐ-CP art. 15)."""
    if decision.shortened_procedure:
        # Such a text is in force from its signing: the one day stands for the other.
        signed = decision.first_issued_on or decision.first_effective_on
        due = clock.due_on("shortened_announces", signed)
        return due, due
    effective = decision.first_effective_on
    return (
        clock.due_on("province_announces", effective),
        clock.due_on("ministry_announces", effective),
    )


class _Clock:
    """Due days by rule and day; many decisions share them, so each is counted once."""

    def __init__(self) -> None:
        self._rules = read_rule_book()
        self._calendar = read_calendar()
        self._known: dict[tuple[str, date], date | None] = {}

    def due_on(self, code: str, day: date | None) -> date | None:
        if day is None:
            return None
        if (code, day) not in self._known:
            self._known[code, day] = self._count(code, day)
        return self._known[code, day]

    def _count(self, code: str, day: date) -> date | None:
        rule = self._rules.rule(code, on=day)
        # A slip such as the year 9999 must not stop the register of all the others.
        if rule is None or not FIRST_DAY <= day <= LAST_DAY:
            return None
        return compute_deadline(rule, day=day, calendar=self._calendar).due_on
