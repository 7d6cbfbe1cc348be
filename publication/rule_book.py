"""The deadline rules as they stand in the table, by code and by the day they hold."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from publication.deadlines import Rule
from publication.enums import DayUnit, DeadlineAnchor
from publication.models import DeadlineRule


@dataclass(frozen=True)
class RuleBook:
    """Every wording of every rule, the latest start first."""

    wordings: Mapping[str, tuple[Rule, ...]]

    def rule(self, code: str, *, on: date) -> Rule | None:
        """The wording that holds on a day; of several, the one that began last."""
        return next((rule for rule in self.wordings.get(code, ()) if rule.holds(on=on)), None)

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
