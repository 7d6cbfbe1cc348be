"""`/api/v1/deadlines/`: when a rule's deadline falls, and why. Reads rules and calendar alone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponseBase, QueryDict
from django.utils.translation import gettext
from rest_framework.request import Request

from catalog.calendar import read_calendar
from publication.api.base import PublicView
from publication.api.conditional import answer_with
from publication.api.parameters import read_day, refuse_repeated, refuse_unknown
from publication.api.problems import Problem, bad_request, parameter_error
from publication.deadlines import Deadline, NamedDay, Rule, compute_deadline
from publication.enums import DayUnit
from publication.rule_book import (
    DAY_PARAMETERS,
    FIRST_DAY,
    LAST_DAY,
    NoRuleThen,
    RuleBook,
    parameter_of,
    read_rule_book,
)

_ALLOWED = ("rule", "unit", *DAY_PARAMETERS)


@dataclass(frozen=True)
class Asked:
    rule: Rule
    day: date
    unit: str | None


class DeadlineView(PublicView):
    """One deadline: the day it falls on, the citation, and every day left out or put in."""

    def get(self, request: Request) -> HttpResponseBase:
        asked = _read_parameters(request.query_params, book=read_rule_book())
        deadline = compute_deadline(
            asked.rule, day=asked.day, calendar=read_calendar(), unit=asked.unit
        )
        return answer_with(request, _facts(deadline))


def _facts(deadline: Deadline) -> dict[str, Any]:
    rule = deadline.rule
    return {
        "rule": rule.code,
        "label": rule.label,
        "amount": rule.amount,
        "unit": deadline.unit.value,
        "anchor": rule.anchor.value,
        parameter_of(rule): deadline.day.isoformat(),
        "due_on": deadline.due_on.isoformat(),
        "citation": rule.citation,
        "reasons": list(deadline.reasons),
        "skipped": [_named(day) for day in deadline.skipped],
        "added": [_named(day) for day in deadline.added],
        "unconfirmed_years": list(deadline.unconfirmed_years),
    }


def _named(day: NamedDay) -> dict[str, str]:
    return {"day": day.day.isoformat(), "name": day.name}


def _read_parameters(parameters: QueryDict, *, book: RuleBook) -> Asked:
    """Raises Problem (400) that names every wrong parameter."""
    errors = refuse_unknown(parameters, _ALLOWED)
    errors += refuse_repeated(parameters, _ALLOWED)
    code, unit = parameters.get("rule", ""), parameters.get("unit")
    errors += _wrong_word("rule", code, book.codes)
    errors += [] if unit is None else _wrong_word("unit", unit, DayUnit.values)
    given = {name: parameters.get(name, "") for name in DAY_PARAMETERS if name in parameters}
    days = {name: day for name, text in given.items() if (day := _day(text))}
    errors += [_wrong_day(name) for name in given.keys() - days.keys()]
    if errors:
        raise bad_request(errors)
    rule, day = _rule_and_day(code, days, book=book)
    return Asked(rule, day, unit)


def _rule_and_day(code: str, days: dict[str, date], *, book: RuleBook) -> tuple[Rule, date]:
    """The wording that holds on the one day given, which must be the day it counts from."""
    wanted = sorted({parameter_of(rule) for rule in book.wordings[code]})
    if len(days) != 1:
        raise _day_missing(wanted)
    (name, day) = next(iter(days.items()))
    try:
        rule = book.wording(code, on=day)
    except NoRuleThen as nothing:
        raise bad_request([parameter_error(name, str(nothing))]) from nothing
    if parameter_of(rule) != name:
        raise _day_missing([parameter_of(rule)])
    return rule, day


def _day_missing(wanted: list[str]) -> Problem:
    text = gettext("Quy tắc này cần đúng một ngày: “%(name)s”, dạng YYYY-MM-DD.")
    words = text % {"name": gettext("” hoặc “").join(wanted)}
    return bad_request([parameter_error(name, words) for name in wanted])


def _wrong_word(name: str, value: str, allowed: list[str]) -> list[dict[str, Any]]:
    if value in allowed:
        return []
    problem = gettext("“%(value)s” không phải giá trị của “%(name)s”.")
    return [parameter_error(name, problem % {"value": value[:60], "name": name}, allowed=allowed)]


def _wrong_day(name: str) -> dict[str, Any]:
    text = gettext("“%(name)s” phải là ngày dạng YYYY-MM-DD, từ %(first)s đến %(last)s.")
    limits = {"first": FIRST_DAY.isoformat(), "last": LAST_DAY.isoformat()}
    return parameter_error(name, text % {"name": name, **limits})


def _day(text: str) -> date | None:
    day = read_day(text)
    return day if day and FIRST_DAY <= day <= LAST_DAY else None
