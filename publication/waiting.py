"""What waits for a member of staff, in the order of urgency: two queries a kind of work at most."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, QuerySet, When
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from catalog.enums import Role
from catalog.people import Person, person_of
from publication.enums import DecisionStatus, GapStateKind
from publication.gap_reading import gap_reader
from publication.heartbeats import stale_programs
from publication.models import (
    AnnouncementDecision,
    AnnouncementGap,
    DecisionAct,
    FailedTask,
    RegisterAlarm,
    Report,
)
from publication.report_clock import OpenReport, open_by_urgency

_SHOWN = 3  # rows named under each kind of work


@dataclass(frozen=True)
class Row:
    label: str
    address: str
    note: str = ""


@dataclass(frozen=True)
class Work:
    """How much of one kind waits, the list that shows all of it, and its most urgent rows."""

    label: str
    count: int
    address: str
    rows: tuple[Row, ...] = ()
    is_urgent: bool = False


def waiting_work(user: Any, *, now: datetime) -> list[Work]:
    """Only what really waits for this person; an empty list says that nothing does."""
    person = person_of(user)
    if not person.user_id:
        return []
    on = localtime(now).date()
    kinds: list[Iterator[Work]] = [
        _silent_programs(now) if person.sees_all else iter(()),
        _late_gaps(user, on),
        _reports(user, on),
        _returned(user, person),
        _submitted() if person.sees_all else iter(()),
        _approved() if person.sees_all else iter(()),
        _coming_gaps(user, on),
        _drafts(user, person),
        _alarms(user),
        _failures() if person.sees_all else iter(()),
        _overrides() if person.sees_all else iter(()),
    ]
    return [work for kind in kinds for work in kind]


def _work(
    rows: "QuerySet[Any]",
    label: str,
    address: str,
    row: Callable[[Any], Row],
    *,
    is_urgent: bool = False,
) -> Iterator[Work]:
    first = list(rows[:_SHOWN])
    if first:
        count = rows.count() if len(first) == _SHOWN else len(first)
        yield Work(label, count, address, tuple(row(one) for one in first), is_urgent)


def _page(name: str, *keys: int, query: str = "") -> str:
    return reverse(f"admin:publication_{name}", args=keys) + query


def _silent_programs(now: datetime) -> Iterator[Work]:
    silent = stale_programs(now=now)
    if silent:
        address = _page("heartbeat_changelist")
        rows = tuple(Row(it.words, address) for it in silent[:_SHOWN])
        yield Work(_("Chương trình nền không hoạt động"), len(silent), address, rows, True)


def _gaps(user: Any, kind: GapStateKind, *, on: date) -> "QuerySet[Any]":
    """Gaps of a state, the first to fall due first."""
    gaps: QuerySet[Any] = AnnouncementGap.objects.visible_to(user).in_state(
        kind, on=on, horizon=gap_reader(on=on).horizon
    )
    return gaps.select_related("ministry_item").order_by("due_on", "ministry_item__code", "pk")


def _late_gaps(user: Any, on: date) -> Iterator[Work]:
    yield from _work(
        _gaps(user, GapStateKind.OVERDUE, on=on),
        _("Thủ tục quá hạn công bố"),
        _page("announcementgap_changelist", query=f"?tinh-trang={GapStateKind.OVERDUE}"),
        lambda gap: _gap_row(gap, _("quá %(days)d ngày") % {"days": (on - gap.due_on).days}),
        is_urgent=True,
    )


def _coming_gaps(user: Any, on: date) -> Iterator[Work]:
    yield from _work(
        _gaps(user, GapStateKind.DUE, on=on),
        _("Thủ tục sắp đến hạn công bố"),
        _page("announcementgap_changelist", query=f"?tinh-trang={GapStateKind.DUE}"),
        lambda gap: _gap_row(gap, _("hạn %(day)s") % {"day": f"{gap.due_on:%d/%m/%Y}"}),
    )


def _gap_row(gap: AnnouncementGap, note: str) -> Row:
    item = gap.ministry_item
    address = _page("announcementgap_change", gap.pk)
    return Row(f"{item.code} {item.name}", address, note)


def _reports(user: Any, on: date) -> Iterator[Work]:
    """What citizens reported: the late ones first and apart, each with its days."""
    rows = open_by_urgency(Report.objects.visible_to(user), on=on)
    late = [it for it in rows if it.days_late]
    waiting = [it for it in rows if not it.days_late]
    address = _page("report_changelist")
    if late:
        shown = tuple(_report_row(it) for it in late[:_SHOWN])
        late_ones = f"{address}?tinh-trang=qua-han"
        yield Work(_("Phản ánh quá hạn xử lý"), len(late), late_ones, shown, True)
    if waiting:
        shown = tuple(_report_row(it) for it in waiting[:_SHOWN])
        yield Work(_("Phản ánh chờ xử lý"), len(waiting), address, shown)


def _report_row(it: OpenReport) -> Row:
    report = it.report
    if it.days_late:
        note = _("quá %(days)d ngày") % {"days": it.days_late}
    else:
        note = _("hạn %(day)s") % {"day": f"{it.due_on:%d/%m/%Y}"} if it.due_on else ""
    words = f"{report.reference} {report.code} {report.name}"
    return Row(words, _page("report_change", report.pk), f"{report.get_state_display()}, {note}")


def _decision_row(decision: AnnouncementDecision, note: str) -> Row:
    return Row(decision.title, _page("announcementdecision_change", decision.pk), note)


def _of_status(status: DecisionStatus) -> str:
    return _page("announcementdecision_changelist", query=f"?status__exact={status}")


def _returned(user: Any, person: Person) -> Iterator[Work]:
    """To those who mend it: the agency, or whoever entered it."""
    rows = AnnouncementDecision.objects.work_of(user).filter(status=DecisionStatus.RETURNED)
    if person.sees_all:
        rows = rows.filter(created_by=person.user_id)
    yield from _work(
        rows.order_by("pk"),
        _("Quyết định bị trả lại để sửa"),
        _of_status(DecisionStatus.RETURNED),
        lambda decision: _decision_row(decision, decision.return_remarks),
        is_urgent=True,
    )


def _submitted() -> Iterator[Work]:
    rows = AnnouncementDecision.objects.filter(status=DecisionStatus.SUBMITTED)
    yield from _work(
        rows.order_by("submitted_at", "pk"),
        _("Quyết định đã trình, chờ Văn phòng duyệt"),
        _of_status(DecisionStatus.SUBMITTED),
        lambda it: _decision_row(it, _("trình %(when)s") % {"when": _moment(it.submitted_at)}),
    )


def _approved() -> Iterator[Work]:
    rows = AnnouncementDecision.objects.filter(status=DecisionStatus.APPROVED)
    yield from _work(
        rows.order_by("approved_at", "pk"),
        _("Quyết định đã duyệt, chờ số và chữ ký"),
        _of_status(DecisionStatus.APPROVED),
        lambda it: _decision_row(it, _("duyệt %(when)s") % {"when": _moment(it.approved_at)}),
    )


def _drafts(user: Any, person: Person) -> Iterator[Work]:
    """The agency's drafts, one's own first; heads are told that they can submit them."""
    rows = AnnouncementDecision.objects.work_of(user).filter(status=DecisionStatus.DRAFT)
    if person.sees_all:
        rows = rows.filter(created_by=person.user_id)
    label = _("Dự thảo chưa trình") if person.has(Role.HEAD) else _("Dự thảo đang soạn")
    yield from _work(
        rows.annotate(items_count=Count("items")).order_by(
            Case(When(created_by=person.user_id, then=0), default=1), "pk"
        ),
        label,
        _of_status(DecisionStatus.DRAFT),
        lambda it: _decision_row(it, _lacks(it)),
    )


def _lacks(draft: Any) -> str:
    lacking = [
        words
        for words, is_there in (
            (_("chưa có thủ tục"), draft.items_count),
            (_("chưa có số tờ trình"), draft.submission_number),
        )
        if not is_there
    ]
    return ", ".join(lacking) or _("%(count)d thủ tục") % {"count": draft.items_count}


def _alarms(user: Any) -> Iterator[Work]:
    yield from _work(
        RegisterAlarm.objects.visible_to(user).filter(resolved_at=None).order_by("seen_on", "pk"),
        _("Thay đổi của dữ liệu quốc gia chưa rõ quyết định"),
        _page("registeralarm_changelist"),
        lambda alarm: Row(
            f"{alarm.code} {alarm.after or alarm.before}",
            _page("registeralarm_change", alarm.pk),
            str(alarm.get_kind_display()),
        ),
    )


def _failures() -> Iterator[Work]:
    yield from _work(
        FailedTask.objects.filter(repeated_at=None).order_by("-failed_at", "-pk"),
        _("Việc nền bị lỗi"),
        _page("failedtask_changelist"),
        lambda failed: Row(
            failed.name, _page("failedtask_change", failed.pk), _moment(failed.failed_at)
        ),
    )


def _overrides() -> Iterator[Work]:
    """Counted for all to see: people who approved what they had entered or submitted."""
    used = DecisionAct.objects.exclude(override_reason="").select_related("decision")
    yield from _work(
        used.order_by("-acted_at", "-pk"),
        _("Ngoại lệ đã dùng (tự duyệt có lý do)"),
        _page("decisionact_changelist", query="?ngoai-le=co"),
        lambda act: Row(
            act.decision.title,
            _page("announcementdecision_change", act.decision_id),
            f"{act.actor_name}: {act.override_reason}",
        ),
    )


def _moment(moment: datetime) -> str:
    return f"{localtime(moment):%H:%M %d/%m/%Y}"
