"""Gaps in words for officers: the state with its days, who holds it, what the answer lacks."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.enums import GovernmentLevel
from publication.enums import GapStateKind
from publication.gap_reading import GapReading
from publication.gap_states import Clock, ClockState, Holder, Span, Stage


def state_words(reading: GapReading) -> str:
    """By the clock that decides; it is named where that is the Office's."""
    words = clock_words(reading.state.deciding)
    if reading.state.clock != Clock.OFFICE or not _counts_days(reading.state.kind):
        return words
    return _("%(state)s (hạn của Văn phòng)") % {"state": words}


def clock_words(state: ClockState) -> str:
    if state.kind == GapStateKind.OVERDUE and state.late:
        return _("Quá hạn %(days)s") % {"days": span_words(state.late)}
    if state.kind == GapStateKind.ANSWERED_LATE and state.late:
        return _("Đã công bố muộn %(days)s") % {"days": span_words(state.late)}
    if state.left is not None and state.left.days == 0:
        return _("Hôm nay hết hạn")
    if state.kind == GapStateKind.DUE and state.left:
        return _("Sắp hết hạn, còn %(days)s") % {"days": span_words(state.left)}
    if state.kind == GapStateKind.AT_RISK and state.left:
        return _("Còn %(days)s") % {"days": span_words(state.left)}
    return str(state.kind.label)


def span_words(span: Span) -> str:
    """Working days, as the score counts; a span of weekend alone in plain days."""
    if span.working_days:
        return ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", span.working_days) % {
            "n": span.working_days
        }
    return ngettext("%(n)s ngày", "%(n)s ngày", span.days) % {"n": span.days}


def both_spans_words(span: Span) -> str:
    return _("%(days)s ngày (%(working)s ngày làm việc)") % {
        "days": span.days,
        "working": span.working_days,
    }


def holder_words(reading: GapReading) -> str:
    """Who holds an open gap since when; empty for a closed one."""
    if reading.holding.since is None:
        return ""
    who, since = holder_name(reading.holding.holder), f"{reading.holding.since:%d/%m/%Y}"
    return _("%(who)s, từ %(day)s") % {"who": who, "day": since}


def ministry_late_words(reading: GapReading) -> str:
    """That the ministry signed after its own last day; empty when it did not."""
    if reading.ministry_late is None:
        return ""
    return _("Bộ công bố muộn %(days)s") % {"days": span_words(reading.ministry_late)}


def holder_name(holder: Holder) -> str:
    return {
        Holder.MINISTRY: _("Bộ"),
        Holder.DEPARTMENT: _("Sở, ngành"),
        Holder.OFFICE: _("Văn phòng"),
        Holder.NOBODY: "",
    }[holder]


def stage_words(stage: Stage) -> str:
    """Like "Sở, ngành: 29/08/2024 – 12/11/2024, 75 ngày (51 ngày làm việc)"."""
    return _("%(who)s: %(first)s – %(last)s, %(days)s") % {
        "who": holder_name(stage.holder),
        "first": f"{stage.first:%d/%m/%Y}",
        "last": f"{stage.last:%d/%m/%Y}",
        "days": both_spans_words(stage.span),
    }


def partial_words(reading: GapReading) -> str:
    """What of an item is still unanswered; empty when it is all or nothing."""
    if not reading.is_partly_answered:
        return ""
    parts = []
    if reading.agencies_answered < reading.agencies_concerned:
        parts.append(
            _("%(answered)s/%(concerned)s cơ quan đã công bố")
            % {"answered": reading.agencies_answered, "concerned": reading.agencies_concerned}
        )
    if reading.lacking_levels:
        levels = ", ".join(
            str(GovernmentLevel(level).label).lower() for level in reading.lacking_levels
        )
        parts.append(_("thiếu %(levels)s") % {"levels": levels})
    return _("Trả lời một phần: %(what)s") % {"what": "; ".join(parts)}


def _counts_days(kind: GapStateKind) -> bool:
    return kind in {
        GapStateKind.AT_RISK,
        GapStateKind.DUE,
        GapStateKind.OVERDUE,
        GapStateKind.ANSWERED_LATE,
    }
