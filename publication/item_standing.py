"""How far the province has answered a ministry item, in words for staff. Reads no database."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from publication.enums import GapClosure
from publication.gap_reading import GapReader
from publication.gap_states import ClockState, gap_state
from publication.gap_words import clock_words
from publication.models import AnnouncementGap, MinistryItem


def standing_in_words(item: MinistryItem, *, reader: GapReader) -> str:
    """One line on the reader's day. The item comes with its decision and its gaps read already."""
    words = _answered(item, reader)
    if item.not_applicable_reason and not item.not_applicable_approved_at:
        return f"{words}; {_('đề nghị không áp dụng, chờ chấp thuận')}"
    return words


def _answered(item: MinistryItem, reader: GapReader) -> str:
    if item.not_applicable_approved_at:
        return _("Không áp dụng tại tỉnh")
    if item.decision.rejected_at is not None:
        return _("Không tính: đề xuất đã bị bác")
    if item.decision.is_proposed:
        return _("Chưa tính hạn: quyết định chờ xác nhận")
    gaps = [gap for gap in item.gaps.all() if gap.closure != GapClosure.NO_LONGER_CONCERNED]
    if not gaps:
        return _("Chưa rà soát")
    open_gaps = [gap for gap in gaps if gap.closed_on is None]
    words = clock_words(_worst(open_gaps or gaps, reader))
    if len(gaps) == 1:
        return words
    facts = {"done": len(gaps) - len(open_gaps), "all": len(gaps)}
    return f"{_('%(done)s/%(all)s cơ quan đã công bố') % facts}; {words}"


def _worst(gaps: Iterable[AnnouncementGap], reader: GapReader) -> ClockState:
    """Of the agencies the one that is latest, else the one whose days end first."""
    states = [
        gap_state(
            gap.facts, on=reader.on, calendar=reader.calendar, due_within=reader.due_within
        ).deciding
        for gap in gaps
    ]
    return max(states, key=_lateness)


def _lateness(state: ClockState) -> float:
    if state.late:
        return state.late.days
    return -state.left.days if state.left else float("-inf")
