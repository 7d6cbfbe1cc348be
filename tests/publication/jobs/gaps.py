"""Gaps as the register keeps them, by the day on which the law wanted them answered."""

from datetime import date
from itertools import count
from typing import Any

from catalog.models import Agency
from publication.models import AnnouncementGap
from tests.factories import make_ministry_decision

_serial = count(1)


def make_gap(agency: Agency | None = None, **overrides: Any) -> AnnouncementGap:
    """An open gap, overdue since Friday 20 September 2024 unless told otherwise."""
    code = overrides.pop("code", f"7.{next(_serial):06d}")
    decision = overrides.pop("decision", None) or make_ministry_decision(codes=[code])
    facts: dict[str, Any] = {"opened_on": date(2024, 9, 2), "legal_due_on": date(2024, 9, 20)}
    return AnnouncementGap.objects.create(
        ministry_item=decision.items.get(code=code), agency=agency, **facts | overrides
    )
