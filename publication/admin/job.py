"""The background programs: signs of life, failed tasks, mails, and what to do about them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog.admin.read_only import ReadOnlyAdmin
from publication.authority import NotAllowed
from publication.failed_tasks import CannotRepeat, repeat_task
from publication.heartbeats import STALE_AFTER, Program, is_stale, stale_programs
from publication.models import FailedTask, Heartbeat, Notice
from publication.sending import NotUnclear, send_again

_TASKS = {
    "run_consumers": gettext_lazy("Cập nhật trang công khai và tìm kiếm"),
    "learn_meanings": gettext_lazy("Học nghĩa của tên thủ tục và từ thường dùng cho tìm kiếm"),
    "bring_into_force": gettext_lazy("Đưa văn bản đến ngày hiệu lực lên trang công khai"),
    "flag_gaps": gettext_lazy("Tính lại thủ tục chưa công bố"),
    "send_notices": gettext_lazy("Gửi thư báo"),
    "send_news": gettext_lazy("Gửi thư cho người đăng ký nhận tin"),
    "push_webhooks": gettext_lazy("Gửi thay đổi đến các nơi nhận (webhook)"),
    "forget_addresses": gettext_lazy("Xóa địa chỉ liên hệ hết hạn giữ"),
    "beat_heart": gettext_lazy("Kiểm tra hàng đợi việc"),
    "clear_old": gettext_lazy("Dọn dữ liệu cũ"),
}


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin):
    list_display = ("name", "beaten_at", "standing")
    fields = ("name", "beaten_at", "standing")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """What is silent stands above the list, also what never gave a sign and so has no row."""
        for silence in stale_programs(now=now()):
            self.message_user(request, silence.words, messages.WARNING)
        return super().changelist_view(request, extra_context)

    @admin.display(description=gettext_lazy("chương trình"), ordering="program")
    def name(self, heartbeat: Heartbeat) -> str:
        known = heartbeat.program in Program.values
        return str(Program(heartbeat.program).label) if known else heartbeat.program

    @admin.display(description=gettext_lazy("tình trạng"))
    def standing(self, heartbeat: Heartbeat) -> str:
        if heartbeat.program not in STALE_AFTER:
            return _("Lần cuối đã làm")
        silent = is_stale(Program(heartbeat.program), heartbeat.beaten_at, now=now())
        return _("Không có dấu hiệu hoạt động") if silent else _("Đang hoạt động")


class RepeatedFilter(admin.SimpleListFilter):
    """What nobody has dealt with is what staff come for."""

    title = gettext_lazy("tình trạng")
    parameter_name = "tinh-trang"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("da-chay-lai", _("Đã chạy lại")), ("tat-ca", _("Tất cả"))]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [{**first, "display": _("Chưa chạy lại")}, *others]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "da-chay-lai":
            return queryset.exclude(repeated_at=None)
        return queryset if self.value() == "tat-ca" else queryset.filter(repeated_at=None)


@admin.register(FailedTask)
class FailedTaskAdmin(ReadOnlyAdmin):
    list_display = ("label", "summary", "count", "failed_at")
    list_filter = (RepeatedFilter,)
    show_facets = admin.ShowFacets.NEVER
    search_fields = ("name", "error", "task_id")
    actions = ("repeat",)
    fields = (
        "label",
        "task_id",
        "arguments",
        ("count", "first_failed_at", "failed_at"),
        "error",
        ("repeated_at", "repeated_by"),
    )
    readonly_fields = fields[:1]

    @admin.display(description=gettext_lazy("việc"), ordering="name")
    def label(self, failed: FailedTask) -> str:
        short = failed.name.removeprefix("publication.tasks.")
        return str(_TASKS.get(short, failed.name))

    @admin.display(description=gettext_lazy("lỗi"))
    def summary(self, failed: FailedTask) -> str:
        return failed.error.partition("\n")[0][:200]

    def has_repeat_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("publication.change_failedtask")

    @admin.action(description=gettext_lazy("Chạy lại"), permissions=["repeat"])
    def repeat(self, request: HttpRequest, queryset: QuerySet[FailedTask]) -> None:
        done = _each(
            self,
            request,
            queryset,
            lambda failed: repeat_task(failed_task_id=failed.pk, by=request.user, now=now()),
            (CannotRepeat, NotAllowed),
        )
        words = ngettext("Đã gửi %(n)s việc để chạy lại.", "Đã gửi %(n)s việc để chạy lại.", done)
        _say(self, request, words, done)


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ("matter", "user", "state", "created_at", "sent_at")
    list_filter = ("state",)
    show_facets = admin.ShowFacets.NEVER
    list_select_related = ("user",)
    search_fields = ("subject", "user__username", "user__first_name", "user__email")
    date_hierarchy = "created_at"
    actions = ("send_again",)
    fields = ("matter", "user", "subject", "told", "state", "created_at", "sent_at", "error")
    readonly_fields = ("matter", "told")

    @admin.display(description=gettext_lazy("việc"), ordering="key")
    def matter(self, notice: Notice) -> str:
        kind, _colon, day = notice.key.partition(":")
        if kind == "report":
            return _("Phản ánh mới")
        if kind == "webhook":
            return _("Ngừng gửi thay đổi đến một nơi nhận")
        if kind not in ("digest", "overdue"):
            return notice.key
        words = {"digest": _("Tổng hợp tuần, ngày %(day)s"), "overdue": _("Quá hạn, ngày %(day)s")}
        return words[kind] % {"day": f"{date.fromisoformat(day):%d/%m/%Y}"}

    @admin.display(description=gettext_lazy("số thủ tục quá hạn đã báo"))
    def told(self, notice: Notice) -> int:
        return len(notice.gap_ids)

    def has_send_again_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("publication.change_notice")

    @admin.action(
        description=gettext_lazy("Cho gửi lại (thư bị từ chối hoặc không rõ đã gửi)"),
        permissions=["send_again"],
    )
    def send_again(self, request: HttpRequest, queryset: QuerySet[Notice]) -> None:
        done = _each(
            self,
            request,
            queryset,
            lambda notice: send_again(notice_id=notice.pk, by=request.user, now=now()),
            (NotUnclear, NotAllowed),
        )
        words = ngettext(
            "%(n)s thư sẽ gửi lại trong vài phút, nếu việc còn phải báo.",
            "%(n)s thư sẽ gửi lại trong vài phút, nếu việc còn phải báo.",
            done,
        )
        _say(self, request, words, done)


def _each(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    rows: QuerySet[Any],
    act: Callable[[Any], Any],
    refusals: tuple[type[Exception], ...],
) -> int:
    """Do an act for each row, and say of each that was refused why; how many were done."""
    done = 0
    for row in rows:
        try:
            act(row)
        except refusals as refused:
            model_admin.message_user(request, f"{row}: {refused}", messages.WARNING)
        else:
            done += 1
    return done


def _say(model_admin: admin.ModelAdmin, request: HttpRequest, words: str, done: int) -> None:
    if done:
        model_admin.message_user(request, words % {"n": done}, messages.SUCCESS)
