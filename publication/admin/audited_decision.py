"""The page of an announcement decision as far as its log goes: saved, read, and by whom."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.admin.audited import AuditedPage
from catalog.admin.changes import form_changes
from publication.acts_log import log_act
from publication.enums import DecisionActKind
from publication.models import AnnexReading, AnnouncementDecision, DecisionAct
from publication.reading import record_read


class AuditedDecision(AuditedPage):
    """Every save is an act of the log; opening another person's draft is one too."""

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        acts = DecisionAct.objects.visible_to(request.user).filter(decision=obj)
        if not acts.exists():
            return fieldsets
        return [
            *fieldsets,
            (_("Việc đã làm"), {"fields": ("acts_done",), "classes": ("collapse",)}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_readonly_fields(request, obj), "acts_done"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [name for name in super().get_fields(request, obj) if name != "acts_done"]

    @admin.display(description=gettext_lazy("Nhật ký"))
    def acts_done(self, decision: AnnouncementDecision) -> SafeString:
        """The log, newest first; get_fieldsets asked whether the person may read it."""
        return acts_table(decision.acts.order_by("-acted_at", "-pk"))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """A draft that never left its agency goes with its log and its readings.

        Nobody may delete those by themselves, which would keep every draft that was ever saved.
        """
        listed, counts, missing, protected = super().get_deleted_objects(objs, request)
        own = {model._meta.verbose_name for model in (DecisionAct, AnnexReading)}
        return listed, counts, missing - own, protected

    def log_save(self, request: Any, form: Any, inlines: list[str], *, change: bool) -> None:
        """A save that changed nothing is no act: it would count as a hand in the decision."""
        kind = DecisionActKind.EDITED if change else DecisionActKind.ENTERED
        whats = [*(str(one) for one in form_changes(form)), *inlines] if change else []
        if change and not whats:
            return
        why = form.cleaned_data.get("change_reason") or ""
        remarks = "\n".join(filter(None, [why, *whats]))
        log_act(form.instance, kind=kind, by=request.user, now=now(), remarks=remarks)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        self._record_read(request, object_id)
        return super().change_view(request, object_id, form_url, extra_context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        self._record_read(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        self._record_read(request, object_id)
        return super().history_form_view(request, object_id, version_id, extra_context)

    def _record_read(self, request: HttpRequest, object_id: str) -> None:
        decision = self.get_object(request, unquote(object_id))
        if request.method == "GET" and decision and self.has_view_permission(request, decision):
            record_read(decision, by=request.user, now=now())


def acts_table(acts: Any) -> SafeString:
    heads = [_("Lúc"), _("Người thực hiện"), _("Việc"), _("Nội dung, lý do")]
    rows = format_html_join(
        "",
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        (
            (
                f"{localtime(act.acted_at):%H:%M %d/%m/%Y}",
                act.actor_name or _("hệ thống"),
                act.get_kind_display(),
                remarks_of(act),
            )
            for act in acts
        ),
    )
    head = format_html_join("", '<th scope="col">{}</th>', ((one,) for one in heads))
    return format_html(
        '<table class="acts-done"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>', head, rows
    )


def remarks_of(act: DecisionAct) -> SafeString:
    lines = act.remarks.splitlines()
    if act.override_reason:
        lines.append(_("Ngoại lệ: %(reason)s") % {"reason": act.override_reason})
    return format_html_join("", "<div>{}</div>", ((line,) for line in lines))
