"""After an import: what a ministry decision explains is proposed, what none explains is an alarm.

A code whose text names a decision of a known ministry becomes an item of a *proposed* decision,
which a person confirms (confirming.py). A text that changed without naming another decision than
before, or whose number cannot be laid at a ministry's door, is an alarm. What has vanished is an
alarm and nothing more: only a decision abolishes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from catalog.codes import decision_number_key
from catalog.enums import RecordSource
from catalog.models import Agency, Procedure
from catalog.vietnamese import fold
from publication.alarms import close_explained_alarms
from publication.enums import AlarmKind, ItemEffect
from publication.explanations import KnownItems
from publication.ministry_decisions import (
    NamedItem,
    issuer_mark,
    ministries_by_mark,
    propose_items,
)
from publication.models import MinistryItem, RegisterAlarm
from publication.register_changes import Change, find_changes

_BATCH = 500


class NoComparison(Exception):
    """An import report that says nothing of vanished codes; the message names the mend."""


@dataclass
class RefreshReport:
    """What the register showed by kind of change, and what this run wrote of it."""

    explained: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    proposed: Counter[str] = field(default_factory=Counter)
    unexplained: Counter[str] = field(default_factory=Counter)
    new_decisions: int = 0
    new_items: int = 0
    new_alarms: int = 0
    closed_alarms: int = 0

    def to_json(self) -> dict[str, Any]:
        return {
            name: dict(value) if isinstance(value, Counter) else value
            for name, value in vars(self).items()
        }


@transaction.atomic
def review_register(*, now: datetime, vanished: Iterable[Change] = ()) -> RefreshReport:
    """Propose ministry decisions and raise alarms for all that changed; a second run adds nothing.

    What a person rejected is not proposed again, and an alarm that is explained by now closes.
    `vanished` comes from the report of an import (`vanished_codes`): the archive cannot show what
    a file did not hold.
    """
    report = RefreshReport()
    changes = [*find_changes(), *_still_gone(vanished)]
    known = KnownItems(change.code for change in changes)
    rejections = _Rejections()
    ministries = ministries_by_mark()
    proposals: dict[tuple[Agency, str], list[Change]] = defaultdict(list)
    explained: list[Change] = []
    unexplained: list[Change] = []
    for change in changes:
        issuer = _issuer(change, ministries)
        if known.explain(change):
            report.explained[change.kind] += 1
            explained.append(change)
        elif issuer and rejections.hold(issuer, change):
            report.rejected[change.kind] += 1
        elif issuer:
            report.proposed[change.kind] += 1
            proposals[issuer, change.named_decision].append(change)
        else:
            report.unexplained[change.kind] += 1
            unexplained.append(change)
    _propose(proposals, report)
    report.new_alarms = _raise_alarms(unexplained)
    report.closed_alarms = close_explained_alarms(explained, now=now)
    return report


def vanished_codes(report: dict[str, Any]) -> list[Change]:
    """The vanished codes that an import report names (`import_procedures --compare`).

    Raises NoComparison.
    """
    if report.get("dry_run"):
        raise NoComparison("Báo cáo này của một lần chạy thử: nhập thật rồi dùng báo cáo mới.")
    if not report.get("comparison"):
        raise NoComparison("Báo cáo không có phần so sánh: nhập lại với --compare.")
    return [
        Change(
            code=row["code"],
            kind=AlarmKind.VANISHED,
            source=RecordSource(report["source"]),
            seen_on=date.fromisoformat(report["taken_on"]),
            name=row["name"],
            before=row["name"],
        )
        for row in report["comparison"]["vanished"]
    ]


def _still_gone(vanished: Iterable[Change]) -> list[Change]:
    """Without those that a later text brought back or that the province has ended."""
    rows = list(vanished)
    newest = dict(
        Procedure.objects.filter(abolished_on=None, code__in=[row.code for row in rows])
        .annotate(newest=Max("national_records__taken_on"))
        .values_list("code", "newest")
    )
    return [
        replace(row, since=newest[row.code])
        for row in rows
        if row.code in newest and newest[row.code] < row.seen_on
    ]


def _issuer(change: Change, ministries: dict[str, Agency]) -> Agency | None:
    """The ministry whose decision brought the change about, as far as the text says so."""
    named, earlier = change.named_decision, change.earlier_decision
    if not named or decision_number_key(named) == decision_number_key(earlier):
        return None
    return ministries.get(fold(issuer_mark(named)))


class _Rejections:
    """The codes that people said a decision of a ministry does not stand behind."""

    def __init__(self) -> None:
        rows = MinistryItem.objects.filter(decision__rejected_at__isnull=False)
        self.held = set(rows.values_list("decision__issuer", "decision__number_key", "code"))

    def hold(self, issuer: Agency, change: Change) -> bool:
        return (issuer.pk, decision_number_key(change.named_decision), change.code) in self.held


def _propose(proposals: dict[tuple[Agency, str], list[Change]], report: RefreshReport) -> None:
    codes = [change.code for changes in proposals.values() for change in changes]
    levels = dict(Procedure.objects.filter(code__in=codes).values_list("code", "levels"))
    for (issuer, number), changes in proposals.items():
        rows = {change.code: _named(change, levels[change.code]) for change in changes}
        created, added = propose_items(issuer, number, rows.values())
        report.new_decisions += created
        report.new_items += added


def _named(change: Change, levels: list[str]) -> NamedItem:
    effect = ItemEffect.NEW if change.kind == AlarmKind.NEW else ItemEffect.AMENDED
    return NamedItem(change.code, change.name, effect, levels)


def _raise_alarms(changes: list[Change]) -> int:
    """Alarms for what none was raised for before; one that is resolved does not come back."""
    held: dict[tuple[str, str], list[date]] = defaultdict(list)
    rows = RegisterAlarm.objects.values_list("code", "kind", "seen_on")
    for code, kind, seen_on in rows.iterator(chunk_size=2000):
        held[code, kind].append(seen_on)
    alarms = [
        RegisterAlarm(
            code=change.code,
            kind=change.kind,
            source=change.source,
            seen_on=change.seen_on,
            before=change.before,
            after=change.after,
            named_decision=change.named_decision,
        )
        for change in changes
        if not _was_raised(change, held[change.code, change.kind])
    ]
    RegisterAlarm.objects.bulk_create(alarms, batch_size=_BATCH)
    return len(alarms)


def _was_raised(change: Change, days: list[date]) -> bool:
    """A code stays vanished through every later file, until a text brings it back."""
    if change.kind == AlarmKind.VANISHED:
        return any(change.since is None or day > change.since for day in days)
    return change.seen_on in days
