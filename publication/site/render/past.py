"""Going to the past of a procedure: the form for a day, and the form for any two texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from publication.site.page import PageKind
from publication.site.render.frame import to
from publication.site.render.language import gettext
from publication.site.render.wording import day

# Parts of addresses, and what the forms send. publication/site/asked/ answers them.
DATE_FOLDER, DATE_FIELD = "ngay", "ngay"
COMPARE_FOLDER, OLDER_FIELD, NEWER_FIELD = "so-sanh", "tu", "den"


@dataclass(frozen=True)
class DateForm:
    action: str
    field: str
    first_day: str


@dataclass(frozen=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True)
class CompareForm:
    """Any two of three or more texts; two have their difference as a finished page."""

    action: str
    older_field: str
    newer_field: str
    choices: tuple[Choice, ...]  # newest first
    older: str
    newer: str


def date_form(code: str, *, first_day: date) -> DateForm:
    action = f"{to(PageKind.PROCEDURE, code)}{DATE_FOLDER}/"
    return DateForm(action, DATE_FIELD, first_day.isoformat())


def compare_form(
    code: str,
    days: Sequence[tuple[date, date | None]],
    *,
    older: date | None = None,
    newer: date | None = None,
) -> CompareForm | None:
    """`days` are the first and last days of all texts, oldest first."""
    if len(days) < 3:
        return None
    choices = tuple(Choice(first.isoformat(), _label(first, last)) for first, last in days)
    return CompareForm(
        action=f"{to(PageKind.PROCEDURE, code)}{COMPARE_FOLDER}/",
        older_field=OLDER_FIELD,
        newer_field=NEWER_FIELD,
        choices=tuple(reversed(choices)),
        older=(older or days[0][0]).isoformat(),
        newer=(newer or days[-1][0]).isoformat(),
    )


def _label(first: date, last: date | None) -> str:
    if last is None:
        return gettext("Từ %(first)s đến nay") % {"first": day(first)}
    return gettext("Từ %(first)s đến hết %(last)s") % {"first": day(first), "last": day(last)}
