"""The texts that a procedure has had in public, newest first, each with its days."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypedDict

from django.conf import settings
from django.utils.translation import gettext

from catalog.codes import CodeError, procedure_code
from publication.api.problems import Problem, not_found
from publication.models import Listing
from publication.summary import DecisionReference, Summary, decision_reference


class Version(TypedDict):
    """`valid_to` is the last day, null for the text that holds until further notice."""

    valid_from: str
    valid_to: str | None
    state: str
    decision: DecisionReference
    change_note: str
    digest: str
    url: str


@dataclass(frozen=True)
class Text:
    """One public text without its words: the key of its row, its days, what a version says."""

    key: int
    code: str
    first_day: date
    last_day: date | None
    is_current: bool
    version: Version

    def holds(self, on: date) -> bool:
        return self.first_day <= on and (self.last_day is None or on <= self.last_day)


def read_texts(code: str) -> list[Text]:
    """Every text that has been public and still stands as history; one query.

    Raises Problem (404) for a code that is none, or has none.
    """
    try:
        wanted = procedure_code(code)
    except CodeError as error:
        raise _no_procedure(code) from error
    shown = Listing.objects.standing().filter(code=wanted, in_force_at__isnull=False)
    rows = list(shown.order_by("-valid_from", "-pk").values(*_COLUMNS))
    if not rows:
        raise _no_procedure(code)
    newer: list[date | None] = [None, *(row["valid_from"] for row in rows)]
    return [_text(row, next_day) for row, next_day in zip(rows, newer, strict=False)]


def text_on(texts: list[Text], on: date | None) -> Text:
    """The text that held on a day, without one the current. Raises Problem (404)."""
    fits = [text for text in texts if (text.holds(on) if on else text.is_current)]
    if not fits:
        words = gettext("Thủ tục này chưa có bản công khai vào ngày %(day)s.")
        raise not_found(words % {"day": on.isoformat() if on else ""})
    return fits[0]


def absolute(facts: Summary) -> Summary:
    """With whole addresses."""
    return {
        **facts,
        "decision": absolute_decision(facts["decision"]),
        "url": settings.PORTAL_URL + facts["url"],
    }


def absolute_decision(decision: DecisionReference) -> DecisionReference:
    return {**decision, "url": settings.PORTAL_URL + decision["url"] if decision["url"] else ""}


_COLUMNS = (
    *("pk", "code", "valid_from", "state", "is_current", "change_note", "digest"),
    *("decision__number", "decision__signed_on", "decision__slug"),
)


def _text(row: dict[str, Any], next_day: date | None) -> Text:
    last_day = next_day - timedelta(days=1) if next_day else None
    return Text(
        key=row["pk"],
        code=row["code"],
        first_day=row["valid_from"],
        last_day=last_day,
        is_current=row["is_current"],
        version=_version(row, last_day),
    )


def _version(row: dict[str, Any], last_day: date | None) -> Version:
    day = row["valid_from"].isoformat()
    decision = decision_reference(
        row["decision__number"], row["decision__signed_on"], row["decision__slug"]
    )
    return Version(
        valid_from=day,
        valid_to=last_day.isoformat() if last_day else None,
        state=row["state"],
        decision=absolute_decision(decision),
        change_note=row["change_note"],
        digest=row["digest"],
        url=f"{settings.PORTAL_URL}/thu-tuc/{row['code']}/{day}/",
    )


def _no_procedure(code: str) -> Problem:
    text = gettext("Không có thủ tục công khai nào mang mã “%(code)s”.")
    return not_found(text % {"code": code[:40]})
