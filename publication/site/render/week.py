"""What changed in the seven days up to the edition's, by day and by decision; told from the log."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext_lazy

from publication.enums import BEGINNINGS, EventKind
from publication.models import PublicationEvent
from publication.site.page import Edition, Page, PageKind
from publication.site.render.effects import EFFECTS, Effect, effect_of
from publication.site.render.frame import CHANGES_FEED, Link, make_frame, to
from publication.site.render.language import gettext

SPAN = timedelta(days=6)
_BEFORE = 10  # changes shown of earlier weeks when there was none in this one
_MOST = 40  # procedures shown of one decision on one day; its own page has them all
# A register announced at once fills a week; every change of that week would be read with each
# release, so the page shows the newest and tells how many there are.
_MOST_READ = 1000
_WEEKDAYS = (
    gettext_lazy("Thứ Hai"),
    gettext_lazy("Thứ Ba"),
    gettext_lazy("Thứ Tư"),
    gettext_lazy("Thứ Năm"),
    gettext_lazy("Thứ Sáu"),
    gettext_lazy("Thứ Bảy"),
    gettext_lazy("Chủ Nhật"),
)


@dataclass(frozen=True)
class Change:
    effect: Effect
    code: str
    name: str
    path: str
    valid_from: date
    ended: bool
    note: str
    decision: str
    decision_slug: str
    decision_title: str
    told_on: date

    @property
    def decision_path(self) -> str:
        return to(PageKind.DECISION, self.decision_slug)


@dataclass(frozen=True)
class DecisionChanges:
    """What one decision changed on one day, the first rows of it."""

    first: Change  # names the decision
    rows: tuple[Change, ...]
    count: int


@dataclass(frozen=True)
class DayChanges:
    day: date
    weekday: str
    decisions: tuple[DecisionChanges, ...]


@dataclass(frozen=True)
class Tally:
    label: str
    count: int


def week_context(page: Page, *, edition: Edition) -> dict[str, object]:
    title = gettext("Thay đổi trong tuần")
    total = _week(edition).count()
    days = by_day(_read(_week(edition)[:_MOST_READ]))
    return {
        "frame": make_frame(page, title=title, crumbs=[Link(title, page.path)]),
        "title": title,
        "first_day": edition.shown_on - SPAN,
        "last_day": edition.shown_on,
        "tallies": tallies(edition),
        "days": days,
        "before": [] if days else by_day(last_changes(edition, _BEFORE)),
        "left_out": max(0, total - _MOST_READ),
        "most": _MOST_READ,
        "feed": CHANGES_FEED,
    }


def newest_changes(edition: Edition, count: int) -> list[Change]:
    """The newest of the week."""
    return _read(_week(edition)[:count])


def last_changes(edition: Edition, count: int) -> list[Change]:
    """The newest ever told, for a week in which nothing changed."""
    return _read(_told(edition)[:count])


def tallies(edition: Edition) -> list[Tally]:
    """How many procedures met which fate this week; in a very full one, how many in all."""
    total = _week(edition).count()
    if total > _MOST_READ:
        return [Tally(gettext("thay đổi"), total)]
    rows = _week(edition).order_by().values_list(*_EFFECT).annotate(Count("pk"))
    counts: Counter[Effect] = Counter()
    for item_effect, origin, state, corrects, count in rows:
        counts[effect_of(item_effect, origin=origin, state=state, corrects=corrects)] += count
    return [
        Tally(str(effect.title).lower(), counts[effect]) for effect in EFFECTS if counts[effect]
    ]


def by_day(changes: Iterable[Change]) -> list[DayChanges]:
    """Changes, newest first, under the days and the decisions that told them."""
    return [
        DayChanges(day, str(_WEEKDAYS[day.weekday()]), tuple(_by_decision(found)))
        for day, found in groupby(changes, key=lambda change: change.told_on)
    ]


def _by_decision(changes: Iterable[Change]) -> list[DecisionChanges]:
    """The newest decision first; what it brought before what it ended."""
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.decision_slug, []).append(change)
    ordered = (sorted(rows, key=_place) for rows in found.values())
    return [DecisionChanges(rows[0], tuple(rows[:_MOST]), len(rows)) for rows in ordered]


def _place(change: Change) -> int:
    return EFFECTS.index(change.effect)


def _told(edition: Edition) -> QuerySet[PublicationEvent]:
    events = PublicationEvent.objects.filter(kind__in=BEGINNINGS, sequence__lte=edition.sequence)
    return events.order_by("-sequence")


def _week(edition: Edition) -> QuerySet[PublicationEvent]:
    begins = make_aware(datetime.combine(edition.shown_on - SPAN, time.min))
    return _told(edition).filter(
        occurred_at__gte=begins, occurred_at__lt=begins + SPAN + timedelta(days=1)
    )


_EFFECT = (
    "listing__item__effect", "listing__origin", "listing__state", "decision__corrects",
)  # fmt: skip


def _read(events: QuerySet[PublicationEvent]) -> list[Change]:
    rows = events.values_list(
        *_EFFECT,
        "kind", "code", "listing__name", "listing__valid_from", "listing__change_note",
        "decision__number", "decision__slug", "decision__title", "occurred_at",
    )  # fmt: skip
    return [_change(*row) for row in rows]


def _change(*row: Any) -> Change:
    item_effect, origin, state, corrects, kind, code, name, valid_from, note, *decision = row
    number, slug, title, moment = decision
    return Change(
        effect=effect_of(item_effect, origin=origin, state=state, corrects=corrects),
        code=code,
        name=name,
        path=to(PageKind.PROCEDURE, code),
        valid_from=valid_from,
        ended=kind == EventKind.LISTING_ABOLISHED,
        note=note,
        decision=number,
        decision_slug=slug or "",
        decision_title=title,
        told_on=localdate(moment),
    )
