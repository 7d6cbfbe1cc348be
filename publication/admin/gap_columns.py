"""What the pages of a gap show, column by column; each row is read once before."""

from collections.abc import Sequence
from datetime import date

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publication.gap_reading import GapReading, gap_reader
from publication.gap_words import (
    clock_words,
    holder_words,
    ministry_late_words,
    partial_words,
    stage_words,
    state_words,
)
from publication.models import AnnouncementGap


def keep_readings(gaps: Sequence[AnnouncementGap], *, may_draft: bool) -> None:
    """Keep the reading of each row beside it, for the columns are asked one by one."""
    for gap, reading in zip(gaps, gap_reader(on=localdate()).read(gaps), strict=True):
        gap.__dict__["reading"] = reading
        gap.__dict__["may_draft"] = may_draft


class GapColumns:
    """Columns of the list and lines of the page."""

    @admin.display(description=_("mã"), ordering="ministry_item__code")
    def code(self, gap: AnnouncementGap) -> str:
        return gap.ministry_item.code

    @admin.display(description=_("tên thủ tục"), ordering="ministry_item__name")
    def name(self, gap: AnnouncementGap) -> SafeString:
        """With the kind, and a button of the list's own form, for drafting is a POST."""
        item = gap.ministry_item
        return format_html(
            "{} ({}){}", item.name, item.get_effect_display().lower(), _draft_button(gap)
        )

    @admin.display(description=_("thủ tục"))
    def item(self, gap: AnnouncementGap) -> str:
        return f"{gap.ministry_item} ({gap.ministry_item.get_effect_display().lower()})"

    @admin.display(
        description=_("quyết định của bộ"), ordering="ministry_item__decision__signed_on"
    )
    def ministry_decision(self, gap: AnnouncementGap) -> SafeString:
        decision = gap.ministry_item.decision
        address = reverse("admin:publication_ministrydecision_change", args=[decision.pk])
        return format_html('<a href="{}">{}</a>', address, decision)

    @admin.display(description=_("cơ quan phải công bố"))
    def agency_name(self, gap: AnnouncementGap) -> str:
        return gap.agency.name if gap.agency else gettext("Chưa giao cơ quan nào")

    @admin.display(description=_("tình trạng"), ordering="due_on")
    def state(self, gap: AnnouncementGap) -> SafeString:
        reading = _reading(gap)
        return format_html(
            '<span class="gap-state gap-{}">{}</span>{}',
            reading.state.kind.value,
            state_words(reading),
            _below(partial_words(reading)),
        )

    @admin.display(description=_("đang giữ"))
    def holder(self, gap: AnnouncementGap) -> str:
        return holder_words(_reading(gap)) or "–"

    @admin.display(description=_("cơ quan phải công bố"), ordering="agency__name")
    def held_by(self, gap: AnnouncementGap) -> SafeString:
        """The agency, and below it who holds the gap since when."""
        reading = _reading(gap)
        holder, late = _below(holder_words(reading)), _below(ministry_late_words(reading))
        return format_html("{}{}{}", self.agency_name(gap), holder, late)

    @admin.display(description=_("hạn"), ordering="due_on")
    def due_days(self, gap: AnnouncementGap) -> SafeString:
        return format_html(
            "<div>{}</div><div>{}</div>",
            gettext("luật: %(day)s") % {"day": _day(gap.legal_due_on)},
            gettext("Văn phòng: %(day)s") % {"day": _day(gap.office_due_on)},
        )

    @admin.display(description=_("bộ công bố"))
    def ministry_late(self, gap: AnnouncementGap) -> str:
        return ministry_late_words(_reading(gap)) or "–"

    @admin.display(description=_("hạn theo luật"))
    def legal_clock(self, gap: AnnouncementGap) -> str:
        return f"{_day(gap.legal_due_on)}: {clock_words(_reading(gap).state.legal)}"

    @admin.display(description=_("hạn của Văn phòng"))
    def office_clock(self, gap: AnnouncementGap) -> str:
        return f"{_day(gap.office_due_on)}: {clock_words(_reading(gap).state.office)}"

    @admin.display(description=_("thời gian ở từng nơi"))
    def stages(self, gap: AnnouncementGap) -> SafeString:
        lines = ((stage_words(stage),) for stage in _reading(gap).stages)
        return format_html_join("", "<div>{}</div>", lines)

    @admin.display(description=_("trả lời một phần"))
    def partial(self, gap: AnnouncementGap) -> str:
        return partial_words(_reading(gap)) or "–"

    @admin.display(description=_("quyết định của tỉnh"))
    def answer(self, gap: AnnouncementGap) -> SafeString | str:
        if gap.closed_by is None:
            return "–"
        decision = gap.closed_by.decision
        address = reverse("admin:publication_announcementdecision_change", args=[decision.pk])
        return format_html('<a href="{}">{}</a>', address, decision)


def _reading(gap: AnnouncementGap) -> GapReading:
    reading: GapReading = gap.__dict__["reading"]
    return reading


def _draft_button(gap: AnnouncementGap) -> SafeString | str:
    """For what is open, not on its way yet, and in the eyes of somebody who may draft."""
    if gap.closed_on or gap.drafted_on or not gap.__dict__["may_draft"]:
        return ""
    address = reverse(
        "admin:publication_ministrydecision_draft_answer", args=[gap.ministry_item.decision_id]
    )
    return format_html(
        '<div><button type="submit" class="gap-draft" formaction="{}">{}</button></div>',
        address,
        gettext("Soạn quyết định công bố"),
    )


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else gettext("chưa rõ")


def _below(words: str) -> SafeString | str:
    return format_html('<div class="gap-below">{}</div>', words) if words else ""
