"""The deadline rules as they stand in the table, by code and by the day they hold."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from catalog.calendar import read_calendar
from publication.deadlines import Deadline, Rule, compute_deadline
from publication.enums import DayUnit, DeadlineAnchor
from publication.models import DeadlineRule

# Outside of these years neither holidays nor rules are known, and dates soon end altogether.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
_PARAMETERS = {
    DeadlineAnchor.BEFORE_EFFECT: "effective_on",
    DeadlineAnchor.AFTER_SIGNING: "signed_on",
    DeadlineAnchor.AFTER_RECEIPT: "received_on",
}
DAY_PARAMETERS = tuple(_PARAMETERS.values())


class NoRuleThen(Exception):
    """No wording of the rule holds on the day; the message is for the person who asked."""


@dataclass(frozen=True)
class RuleBook:
    """Every wording of every rule, the latest start first."""

    wordings: Mapping[str, tuple[Rule, ...]]

    def rule(self, code: str, *, on: date) -> Rule | None:
        """The wording that holds on a day; of several, the one that began last."""
        return next((rule for rule in self.wordings.get(code, ()) if rule.holds(on=on)), None)

    def wording(self, code: str, *, on: date) -> Rule:
        """The same, where there must be one. Raises NoRuleThen."""
        rule = self.rule(code, on=on)
        if rule is None:
            text = gettext("Không có quy định nào của quy tắc này áp dụng vào ngày %(day)s.")
            raise NoRuleThen(text % {"day": f"{on:%d/%m/%Y}"})
        return rule

    @property
    def codes(self) -> list[str]:
        return sorted(self.wordings)


def read_rule_book() -> RuleBook:
    """All rules; one query."""
    wordings: dict[str, list[Rule]] = defaultdict(list)
    for row in DeadlineRule.objects.all():
        wordings[row.code].append(rule_of(row))
    return RuleBook({code: _latest_first(rules) for code, rules in wordings.items()})


def rule_of(row: DeadlineRule) -> Rule:
    return Rule(
        code=row.code,
        amount=row.amount,
        unit=DayUnit(row.unit),
        anchor=DeadlineAnchor(row.anchor),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        citation=row.citation,
        label=row.label,
    )


def _latest_first(rules: list[Rule]) -> tuple[Rule, ...]:
    return tuple(sorted(rules, key=lambda rule: rule.valid_from or date.min, reverse=True))


def parameter_of(rule: Rule) -> str:
    """The name of the day that a rule counts from."""
    return _PARAMETERS[rule.anchor]


def find_deadline(code: str, *, day: date, unit: str | None = None) -> Deadline:
    """The deadline by the wording that holds on the day it is counted from. Raises NoRuleThen."""
    rule = read_rule_book().wording(code, on=day)
    return compute_deadline(rule, day=day, calendar=read_calendar(), unit=unit)
