"""A deadline in words: the rule, the day, every day left out or put in, and the day it is due."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from catalog.weekdays import day_in_words
from catalog.working_days import subtract_working_days
from publication.enums import DayUnit, DeadlineAnchor

if TYPE_CHECKING:
    from publication.deadlines import Deadline, NamedDay

_UNITS = {
    DayUnit.CALENDAR: gettext_noop("ngày (kể cả ngày nghỉ)"),
    DayUnit.WORKING: gettext_noop("ngày làm việc"),
}
_TERMS = {
    DeadlineAnchor.BEFORE_EFFECT: gettext_noop(
        "%(label)s: chậm nhất %(amount)s %(unit)s trước ngày văn bản có hiệu lực."
    ),
    DeadlineAnchor.AFTER_SIGNING: gettext_noop(
        "%(label)s: chậm nhất %(amount)s %(unit)s sau ngày ký."
    ),
    DeadlineAnchor.AFTER_RECEIPT: gettext_noop(
        "%(label)s: chậm nhất %(amount)s %(unit)s sau ngày nhận."
    ),
}
_STARTS = {
    DeadlineAnchor.BEFORE_EFFECT: gettext_noop(
        "Văn bản có hiệu lực %(day)s; không tính ngày đó, đếm ngược từ ngày liền trước."
    ),
    DeadlineAnchor.AFTER_SIGNING: gettext_noop(
        "Ngày ký là %(day)s; không tính ngày đó, đếm từ ngày liền sau."
    ),
    DeadlineAnchor.AFTER_RECEIPT: gettext_noop(
        "Ngày nhận là %(day)s; không tính ngày đó, đếm từ ngày liền sau."
    ),
}


def explain(deadline: "Deadline") -> tuple[str, ...]:
    """One sentence a fact, in the order in which a person would count."""
    return tuple(
        chain(
            _rule(deadline),
            _start(deadline),
            _days_left_out(deadline.skipped),
            _days_put_in(deadline.added),
            _end(deadline),
            _doubts(deadline),
        )
    )


def _rule(deadline: "Deadline") -> Iterator[str]:
    rule = deadline.rule
    facts = {"label": rule.label or rule.code, "amount": rule.amount, "unit": _(_UNITS[rule.unit])}
    yield _(_TERMS[rule.anchor]) % facts
    if rule.citation:
        yield _("Căn cứ: %(citation)s.") % {"citation": rule.citation.rstrip(".")}
    if deadline.unit != rule.unit:
        asked = {"unit": _(_UNITS[deadline.unit]), "own": _(_UNITS[rule.unit])}
        yield _("Ở đây đếm theo %(unit)s như được chọn; quy tắc ghi %(own)s.") % asked


def _start(deadline: "Deadline") -> Iterator[str]:
    yield _(_STARTS[deadline.rule.anchor]) % {"day": day_in_words(deadline.day)}


def _days_left_out(days: "Iterable[NamedDay]") -> Iterator[str]:
    for run in _runs(days):
        named = ", ".join(day_in_words(day) for day in sorted(each.day for each in run))
        why = run[0].name or _("cuối tuần")
        yield _("Không tính %(days)s: %(why)s.") % {"days": named, "why": why}


def _days_put_in(days: "Iterable[NamedDay]") -> Iterator[str]:
    for each in days:
        facts = {"day": day_in_words(each.day), "why": each.name or _("làm bù")}
        yield _("Có tính %(day)s: %(why)s.") % facts


def _end(deadline: "Deadline") -> Iterator[str]:
    ends_on, due = day_in_words(deadline.ends_on), day_in_words(deadline.due_on)
    if deadline.is_moved:
        yield _(
            "Ngày cuối của thời hạn là %(day)s, ngày nghỉ, nên thời hạn kết thúc vào ngày làm "
            "việc tiếp theo (Điều 148 Bộ luật Dân sự 2015)."
        ) % {"day": ends_on}
    yield _("Hạn cuối: %(day)s.") % {"day": due}
    if not deadline.calendar.is_working_day(deadline.due_on):
        yield _(
            "Hạn rơi vào ngày nghỉ và không được lùi về sau; ngày làm việc cuối cùng trước đó là "
            "%(day)s."
        ) % {"day": day_in_words(_working_day_before(deadline))}


def _working_day_before(deadline: "Deadline") -> date:
    return subtract_working_days(deadline.due_on, 1, calendar=deadline.calendar)


def _doubts(deadline: "Deadline") -> Iterator[str]:
    for year in deadline.unconfirmed_years:
        yield _("Lịch nghỉ năm %(year)s chưa được xác nhận; hạn có thể thay đổi.") % {"year": year}


def _runs(days: "Iterable[NamedDay]") -> list[list["NamedDay"]]:
    """Neighbouring days of one name together: a weekend is one sentence, and so is Tết."""
    runs: list[list[NamedDay]] = []
    for each in days:
        if runs and runs[-1][-1].name == each.name and _are_neighbours(runs[-1][-1], each):
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs


def _are_neighbours(one: "NamedDay", other: "NamedDay") -> bool:
    return abs(one.day - other.day) == timedelta(days=1)
