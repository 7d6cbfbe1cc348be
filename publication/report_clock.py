"""By when a report is to be received and answered, and how late it is on a day.

The numbers are rows of the rule book (feedback_refused, feedback_more_asked, feedback_handled); all
count from the day the report came, whoever it was handed on to since.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.timezone import localtime

from catalog.calendar import read_calendar
from catalog.working_days import WorkingCalendar
from publication.deadlines import Deadline, compute_deadline
from publication.enums import ReportState
from publication.models import Report
from publication.rule_book import RuleBook, read_rule_book

RECEIVE_RULE, ANSWER_RULE = "feedback_refused", "feedback_handled"
ASK_RULE = "feedback_more_asked"
# No source says that the days stand still while the sender is asked, so they run on.
_NEXT_RULE = {
    ReportState.SENT: RECEIVE_RULE,
    ReportState.RECEIVED: ANSWER_RULE,
    ReportState.ASKED: ANSWER_RULE,
    ReportState.SUPPLIED: ANSWER_RULE,
}


@dataclass(frozen=True)
class ReportClock:
    """Rules and calendar, read once for any number of reports."""

    rules: RuleBook
    calendar: WorkingCalendar

    def deadline(self, code: str, *, sent_at: datetime) -> Deadline | None:
        """None while no wording of the rule holds on the day."""
        day = localtime(sent_at).date()
        rule = self.rules.rule(code, on=day)
        return compute_deadline(rule, day=day, calendar=self.calendar) if rule else None

    def due_on(self, report: Report) -> date | None:
        """The last day for what has to be done next; None when nothing has, or no rule says."""
        code = _NEXT_RULE.get(ReportState(report.state))
        deadline = self.deadline(code, sent_at=report.sent_at) if code else None
        return deadline.due_on if deadline else None

    def days_late(self, report: Report, *, on: date) -> int:
        """Days since that day; 0 while it has not passed."""
        due_on = self.due_on(report)
        return max(0, (on - due_on).days) if due_on else 0

    def closed_late(self, report: Report) -> int:
        """How many days after its last day a report was answered or refused."""
        code = RECEIVE_RULE if report.state == ReportState.REJECTED else ANSWER_RULE
        deadline = self.deadline(code, sent_at=report.sent_at)
        if report.closed_at is None or deadline is None:
            return 0
        return max(0, (localtime(report.closed_at).date() - deadline.due_on).days)


def read_report_clock() -> ReportClock:
    """Two queries."""
    return ReportClock(read_rule_book(), read_calendar())


@dataclass(frozen=True)
class OpenReport:
    """An open report with its last day and how late it is."""

    report: Report
    due_on: date | None
    days_late: int


def open_by_urgency(reports: QuerySet[Report], *, on: date) -> list[OpenReport]:
    """Open reports, the first to fall due first; three queries, one when there are none."""
    rows = list(reports.open().defer("message", "answer"))  # type: ignore[attr-defined]
    if not rows:
        return []
    clock = read_report_clock()
    read = (OpenReport(row, clock.due_on(row), clock.days_late(row, on=on)) for row in rows)
    return sorted(read, key=lambda it: (it.due_on or date.max, it.report.sent_at, it.report.pk))


def late_keys(reports: Iterable[OpenReport]) -> list[int]:
    return [it.report.pk for it in reports if it.days_late]
