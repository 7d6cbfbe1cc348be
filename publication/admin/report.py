"""Reports of mistakes: the list by urgency, the page of one, and what is done with it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.urls.resolvers import URLPattern
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.admin.read_only import ReadOnlyAdmin
from publication.admin.report_acts import VIEWS, possible_acts
from publication.enums import ReportState
from publication.models import Report, ReportAct, ReportMail
from publication.report_acts import agency_words, contact_of, handles
from publication.report_clock import (
    ANSWER_RULE,
    ASK_RULE,
    RECEIVE_RULE,
    ReportClock,
    late_keys,
    open_by_urgency,
    read_report_clock,
)


class OpenReportFilter(admin.SimpleListFilter):
    """What waits is what staff come for, so it is shown unless asked otherwise."""

    title = gettext_lazy("tình trạng")
    parameter_name = "tinh-trang"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        late = ("qua-han", _("Quá hạn"))
        return [late, *ReportState.choices, ("tat-ca", _("Tất cả"))]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [{**first, "display": _("Chưa xử lý xong")}, *others]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        asked = self.value()
        if asked == "tat-ca":
            return queryset
        if asked == "qua-han":
            return queryset.filter(pk__in=late_keys(open_by_urgency(queryset, on=localdate())))
        return queryset.filter(state=asked) if asked in ReportState.values else queryset.open()


class HeldByFilter(admin.RelatedOnlyFieldListFilter):
    """Agencies that have reports in the person's sight; none means the Office."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_value_display = SafeString(escape(agency_words(None)))


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    list_display = ("reference", "procedure", "part", "held_by", "state", "sent", "due")
    list_filter = (OpenReportFilter, "part", ("agency", HeldByFilter))
    list_select_related = ("agency",)
    list_per_page = 50
    ordering = ("sent_at", "pk")
    show_facets = admin.ShowFacets.NEVER
    search_fields = ("reference", "code", "name")
    search_help_text = gettext_lazy("Tìm theo mã theo dõi, mã hoặc tên thủ tục")
    change_form_template = "admin/publication/report/change_form.html"
    change_list_template = "admin/publication/report/change_list.html"
    fields = readonly_fields = (
        "reference",
        "procedure_link",
        "part",
        "message",
        "sender_contact",
        "held_by",
        "state",
        "sent",
        "receive_by",
        "ask_by",
        "answer_by",
        "answer",
        "closed",
        "done",
    )

    def get_urls(self) -> list[URLPattern]:
        acts = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(view),
                {"model_admin": self},
                name=f"publication_report_{name}",
            )
            for name, view in VIEWS.items()
        ]
        return [*acts, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {"is_nav_sidebar_enabled": False, **(extra_context or {})}
        page: HttpResponse = super().changelist_view(request, context)
        return page

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        listed = super().get_changelist_instance(request)
        _keep_clock(listed.result_list)
        return listed

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Report | None:
        report: Report | None = super().get_object(request, object_id, from_field)
        if report is not None:
            _keep_clock([report])
            report._reader = request.user  # type: ignore[attr-defined]
        return report

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        report = self.get_object(request, object_id)
        acts = possible_acts(report, request.user) if report else []
        return super().change_view(
            request, object_id, form_url, {"acts": acts, **(extra_context or {})}
        )

    @admin.display(description=gettext_lazy("thủ tục"), ordering="code")
    def procedure(self, report: Report) -> str:
        return f"{report.code} {report.name}"

    @admin.display(description=gettext_lazy("thủ tục"))
    def procedure_link(self, report: Report) -> SafeString:
        address = f"/thu-tuc/{report.code}/"
        return format_html('<a href="{}">{}</a>', address, self.procedure(report))

    @admin.display(description=gettext_lazy("cơ quan xử lý"), ordering="agency__name")
    def held_by(self, report: Report) -> str:
        return agency_words(report.agency)

    @admin.display(description=gettext_lazy("gửi lúc"), ordering="sent_at")
    def sent(self, report: Report) -> str:
        return _moment(report.sent_at)

    @admin.display(description=gettext_lazy("trả lời lúc"))
    def closed(self, report: Report) -> str:
        if report.closed_at is None:
            return _("chưa trả lời")
        late = _clock(report).closed_late(report)
        words = _(" (quá hạn %(days)d ngày)") % {"days": late} if late else ""
        return _moment(report.closed_at) + words

    @admin.display(description=gettext_lazy("hạn"))
    def due(self, report: Report) -> str:
        return due_words(_clock(report), report)

    @admin.display(description=gettext_lazy("hạn tiếp nhận hoặc từ chối"))
    def receive_by(self, report: Report) -> SafeString:
        return _reasons(_clock(report), report, RECEIVE_RULE)

    @admin.display(description=gettext_lazy("hạn đề nghị bổ sung"))
    def ask_by(self, report: Report) -> SafeString:
        return _reasons(_clock(report), report, ASK_RULE)

    @admin.display(description=gettext_lazy("hạn trả lời"))
    def answer_by(self, report: Report) -> SafeString:
        return _reasons(_clock(report), report, ANSWER_RULE)

    @admin.display(description=gettext_lazy("liên hệ của người gửi"))
    def sender_contact(self, report: Report) -> str:
        """For those who handle it; the others are told that it is not for them."""
        reader = getattr(report, "_reader", None)
        if not handles(report, reader):
            return _("Chỉ cơ quan đang xử lý thấy liên hệ.")
        return contact_of(report, reader) or _("Không để lại, hoặc đã xóa khi hết hạn giữ.")

    @admin.display(description=gettext_lazy("việc đã làm"))
    def done(self, report: Report) -> SafeString:
        rows = (
            (_moment(act.acted_at), act.get_kind_display(), act.actor_name, act.remarks, _told(act))
            for act in report.acts.select_related("mail")
        )
        return format_html_join(
            "", '<p class="act-row"><span>{}</span> <b>{}</b> {} {} <i>{}</i></p>', rows
        ) or SafeString(_("Chưa ai làm gì."))


def _told(act: ReportAct) -> str:
    """What became of the mail to the sender; nothing when there was none."""
    mail: ReportMail | None = getattr(act, "mail", None)
    if mail is None:
        return ""
    return _("(thư cho người gửi: %(state)s)") % {"state": str(mail.get_state_display()).lower()}


def due_words(clock: ReportClock, report: Report) -> str:
    """ "quá hạn 3 ngày", "hạn 24/10/2024"; nothing for what is done."""
    due_on = clock.due_on(report)
    if due_on is None:
        return "" if report.closed_at else _("chưa tính được hạn")
    late = clock.days_late(report, on=localdate())
    if late:
        return _("quá hạn %(days)d ngày") % {"days": late}
    return _("hạn %(day)s") % {"day": f"{due_on:%d/%m/%Y}"}


def _reasons(clock: ReportClock, report: Report, code: str) -> SafeString:
    deadline = clock.deadline(code, sent_at=report.sent_at)
    if deadline is None:
        return SafeString(_("chưa tính được hạn"))
    why = format_html_join("", "<li>{}</li>", ((reason,) for reason in deadline.reasons))
    return format_html(
        "{}<details><summary>{}</summary><ol>{}</ol></details>",
        f"{deadline.due_on:%d/%m/%Y}",
        _("Vì sao"),
        why,
    )


def _keep_clock(reports: Any) -> None:
    """Rules and calendar read once for all rows of a page."""
    clock = None
    for report in reports:
        clock = clock or read_report_clock()
        report._clock = clock


def _clock(report: Report) -> ReportClock:
    kept = getattr(report, "_clock", None)
    return kept if isinstance(kept, ReportClock) else read_report_clock()


def _moment(moment: Any) -> str:
    return f"{localtime(moment):%H:%M %d/%m/%Y}"
