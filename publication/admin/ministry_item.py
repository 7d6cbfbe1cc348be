"""Items of all ministry decisions: looked up, and exits proposed and approved in bulk."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.forms import CharField
from django.http import HttpRequest
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.admin.read_only import ReadOnlyAdmin
from catalog.admin.scoped import ScopedHistoryAdmin
from catalog.enums import GovernmentLevel
from catalog.models import name_of
from catalog.people import person_of
from publication.authority import NotAllowed
from publication.exits import NoExit, approve_exit, propose_exit, refuse_exit, withdraw_exit
from publication.models import MinistryItem


class ExitFilter(admin.SimpleListFilter):
    title = gettext_lazy("không áp dụng tại tỉnh")
    parameter_name = "khong-ap-dung"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("cho", _("Đề nghị không áp dụng, chờ chấp thuận")),
            ("roi", _("Đã chấp thuận không áp dụng")),
            ("khong", _("Không có đề nghị")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "cho":
                return queryset.awaiting_exit()
            case "roi":
                return queryset.exclude(not_applicable_approved_at=None)
            case "khong":
                return queryset.filter(not_applicable_reason="")
        return queryset


class ExitActionForm(ActionForm):
    words = CharField(
        label=gettext_lazy("Lý do"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Cho đề nghị và từ chối"),
    )


@admin.register(MinistryItem)
class MinistryItemAdmin(ReadOnlyAdmin, ScopedHistoryAdmin):
    """Looked up when an item of the province names what it answers."""

    list_display = ("code", "name", "exit", "effect", "decision")
    list_per_page = 50
    list_filter = (ExitFilter, "effect", ("decision__issuer", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("decision", "not_applicable_by")
    search_fields = ("code", "name", "decision__number")
    search_help_text = gettext_lazy("Tìm theo mã, tên thủ tục hoặc số quyết định của bộ")
    fields = (
        "decision",
        "ordinal",
        "code",
        "name",
        "effect",
        "levels_shown",
        "replaces",
        "agencies",
        "exit",
    )
    readonly_fields = ("levels_shown", "replaces", "exit")
    history_list_display = ("history_change_reason", "not_applicable_reason")
    action_form = ExitActionForm
    actions = ("propose", "approve", "refuse", "withdraw")

    @admin.display(description=gettext_lazy("cấp thực hiện"))
    def levels_shown(self, item: MinistryItem) -> str:
        return ", ".join(str(GovernmentLevel(level).label) for level in item.levels)

    @admin.display(description=gettext_lazy("thay thế các mã"))
    def replaces(self, item: MinistryItem) -> str:
        return ", ".join(item.replaces_codes)

    def get_actions(self, request: HttpRequest) -> Any:
        """The Office decides about what others propose."""
        actions = super().get_actions(request)
        office = person_of(request.user).sees_all
        return {
            name: action
            for name, action in actions.items()
            if office or name not in ("approve", "refuse")
        }

    @admin.display(
        description=gettext_lazy("Không áp dụng tại tỉnh"), ordering="not_applicable_reason"
    )
    def exit(self, item: MinistryItem) -> str:
        """The reason, and who stands behind it."""
        if not item.not_applicable_reason:
            return ""
        if item.not_applicable_approved_at:
            day = localtime(item.not_applicable_approved_at)
            state = _("%(name)s chấp thuận ngày %(day)s") % {
                "name": item.not_applicable_approved_by or _("hệ thống"),
                "day": f"{day:%d/%m/%Y}",
            }
        else:
            proposer = name_of(item.not_applicable_by) or _("hệ thống")
            state = _("%(name)s đề nghị, chờ chấp thuận") % {"name": proposer}
        return f"{item.not_applicable_reason} ({state})"

    @admin.action(description=gettext_lazy("Đề nghị không áp dụng tại tỉnh"))
    def propose(self, request: HttpRequest, rows: QuerySet[MinistryItem]) -> None:
        reason = request.POST.get("words", "")
        self._each(request, rows, lambda **facts: propose_exit(reason=reason, **facts))

    @admin.action(description=gettext_lazy("Chấp thuận không áp dụng (Văn phòng)"))
    def approve(self, request: HttpRequest, rows: QuerySet[MinistryItem]) -> None:
        self._each(request, rows, approve_exit)

    @admin.action(description=gettext_lazy("Từ chối đề nghị không áp dụng (Văn phòng)"))
    def refuse(self, request: HttpRequest, rows: QuerySet[MinistryItem]) -> None:
        remarks = request.POST.get("words", "")
        self._each(request, rows, lambda **facts: refuse_exit(remarks=remarks, **facts))

    @admin.action(description=gettext_lazy("Rút đề nghị không áp dụng"))
    def withdraw(self, request: HttpRequest, rows: QuerySet[MinistryItem]) -> None:
        self._each(request, rows, withdraw_exit)

    def _each(
        self, request: HttpRequest, rows: QuerySet[MinistryItem], act: Callable[..., MinistryItem]
    ) -> None:
        """Do the act row by row: one refusal leaves the others done, and is told with its code."""
        done: list[str] = []
        for pk in rows.order_by("code", "pk").values_list("pk", flat=True):
            try:
                done.append(act(item_id=pk, by=request.user, now=now()).code)
            except (NotAllowed, NoExit) as refused:
                self.message_user(request, str(refused), messages.ERROR)
        if done:
            text = _("Đã làm xong với %(count)s thủ tục: %(codes)s.")
            facts = {"count": len(done), "codes": ", ".join(done)}
            self.message_user(request, text % facts, messages.SUCCESS)
