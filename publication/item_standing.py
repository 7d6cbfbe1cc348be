"""How far the province has answered a ministry item, in words for staff. Reads no database."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from publication.enums import GapClosure
from publication.models import AnnouncementGap, MinistryItem


def standing_in_words(item: MinistryItem, *, on: date) -> str:
    """One line on a day. The item comes with its decision and its gaps read already."""
    words = _answered(item, on)
    if item.not_applicable_reason and not item.not_applicable_approved_at:
        return f"{words}; {_('đề nghị không áp dụng, chờ chấp thuận')}"
    return words


def _answered(item: MinistryItem, on: date) -> str:
    if item.not_applicable_approved_at:
        return _("Không áp dụng tại tỉnh")
    if item.decision.is_proposed:
        return _("Chưa tính hạn: quyết định chờ xác nhận")
    gaps = [gap for gap in item.gaps.all() if gap.closure != GapClosure.NO_LONGER_CONCERNED]
    if not gaps:
        return _("Chưa rà soát")
    open_gaps = [gap for gap in gaps if gap.closed_on is None]
    done = len(gaps) - len(open_gaps)
    share = f" {done}/{len(gaps)}" if len(gaps) > 1 else ""
    if not open_gaps:
        return _("Đã công bố") + share
    words = _("Đã công bố") + share if done else _("Chưa công bố")
    return f"{words}, {_due(open_gaps, on)}"


def _due(gaps: Iterable[AnnouncementGap], on: date) -> str:
    """By the clock that ends first."""
    days = [day for gap in gaps for day in (gap.legal_due_on, gap.office_due_on) if day]
    if not days:
        return _("chưa rõ hạn")
    due_on = min(days)
    if due_on < on:
        return _("quá hạn %(days)s ngày") % {"days": (on - due_on).days}
    return _("hạn %(day)s") % {"day": f"{due_on:%d/%m/%Y}"}
