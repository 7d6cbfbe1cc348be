"""Reading an uploaded annex into a row of its own; the decision is not touched by it."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from publication.annex.matching import MatchState, match_rows
from publication.annex.opening import read_annex_file
from publication.annex.proposals import (
    Choice,
    Proposal,
    from_json,
    leave_open,
    propose,
    take_over,
    to_json,
)
from publication.annex.register import visible_register
from publication.annex.revising import revise
from publication.annex.rows import read_rows
from publication.annex.tables import AnnexUnreadable
from publication.authority import NotAllowed
from publication.models import AnnexReading, AnnouncementDecision


class AlreadyConfirmed(Exception):
    """A reading whose items were made already; the message says when."""


def read_annex(
    *, decision_id: int, file_name: str, data: bytes, by: Any, now: datetime
) -> AnnexReading:
    """Keep a file with the rows read from it, for review. The same file again goes on with it.

    Raises NotAllowed, and AnnexUnreadable when there is nothing to review; then nothing is kept.
    """
    decision = editable_decision(decision_id, by=by)
    digest = hashlib.sha256(data).hexdigest()
    unfinished = decision.annex_readings.filter(sha256=digest, confirmed_at=None).first()
    if unfinished:
        return unfinished
    annex = read_rows(read_annex_file(data, limit=settings.PORTAL_ANNEX_MAX_MB * 1024**2))
    if not annex.rows:
        raise AnnexUnreadable(_why_nothing(annex.remarks))
    matches = match_rows(annex.rows, visible_register(by))
    return AnnexReading.objects.create(
        decision=decision,
        file=ContentFile(data, name=file_name[-100:]),
        file_name=file_name[-300:],
        sha256=digest,
        rows=to_json(propose(annex.rows, matches)),
        remarks=annex.remarks,
        read_by=by,
        read_at=now,
    )


def keep_choices(*, reading_id: int, choices: Mapping[int, Choice], by: Any) -> list[Proposal]:
    """Keep an officer's edits, so that an interruption loses nothing.

    Raises NotAllowed and AlreadyConfirmed.
    """
    with transaction.atomic():
        reading = open_reading(reading_id, by=by)
        proposals = revise(from_json(reading.rows), choices, visible_register(by))
        reading.rows = to_json(proposals)
        reading.save(update_fields=["rows"])
        return proposals


def take_over_rows(*, reading_id: int, states: Iterable[MatchState], by: Any) -> int:
    """Take the open rows of some states that lack nothing; how many there were."""
    return _rewrite(reading_id, lambda held: take_over(held, states=states), by=by)


def leave_open_rows(*, reading_id: int, by: Any) -> int:
    """Leave out every row that is still open; how many there were."""
    return _rewrite(reading_id, leave_open, by=by)


def _rewrite(
    reading_id: int, change: Callable[[list[Proposal]], list[Proposal]], *, by: Any
) -> int:
    with transaction.atomic():
        reading = open_reading(reading_id, by=by)
        before = from_json(reading.rows)
        after = change(before)
        reading.rows = to_json(after)
        reading.save(update_fields=["rows"])
        return sum(old != new for old, new in zip(before, after, strict=True))


def open_reading(reading_id: int, *, by: Any) -> AnnexReading:
    """A reading, locked, that may still be edited. Raises NotAllowed and AlreadyConfirmed."""
    reading = AnnexReading.objects.select_for_update(of=("self",)).get(pk=reading_id)
    if reading.confirmed_at:
        raise AlreadyConfirmed("Phụ lục này đã được xác nhận: các dòng đã nằm trong quyết định.")
    editable_decision(reading.decision_id, by=by)
    return reading


def editable_decision(decision_id: int, *, by: Any) -> AnnouncementDecision:
    """The decision, when a person may edit it now. Raises NotAllowed."""
    decision = AnnouncementDecision.objects.editable_by(by).filter(pk=decision_id).first()
    if decision is None:
        raise NotAllowed(
            "Anh/chị không sửa được quyết định này: đã trình, đã ban hành, hoặc thuộc cơ quan khác."
        )
    return decision


def _why_nothing(remarks: list[str]) -> str:
    seen = f" Đã thấy: {' '.join(remarks[:5])}" if remarks else ""
    return (
        "Không thấy bảng danh mục nào: bảng cần có dòng tiêu đề với cột “Tên thủ tục hành chính” "
        f"hoặc “Mã”.{seen}"
    )
