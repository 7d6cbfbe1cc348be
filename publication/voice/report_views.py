"""The pages of a report: the form, and where it stands by its reference."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseFailed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from publication.enums import ReportPart, ReportState
from publication.models import Listing, Report
from publication.report_acts import open_question
from publication.report_clock import ANSWER_RULE, read_report_clock
from publication.site.page import PageKind
from publication.site.render.frame import Link, make_view_frame, to
from publication.site.render.language import active_language, label
from publication.voice.limits import Limit, address_of
from publication.voice.pages import (
    RETRY_SECONDS,
    database_down,
    in_its_language,
    report_paths,
    show,
    title_of,
    too_many,
)
from publication.voice.report_form import ReportForm
from publication.voice.reporting import read_reference, send_report

# Guesses at references; a person mistypes a few times.
GUESSES = Limit("reference", 60)


@require_http_methods(["GET", "HEAD", "POST"])
@in_its_language
def report_page(request: HttpRequest, code: str) -> HttpResponse:
    """The form about one procedure. What somebody wrote is shown again whatever goes wrong."""
    moment = now()
    if request.method != "POST":
        return _open(request, code, moment)
    form = ReportForm(request.POST, now=moment)
    if not form.is_valid():
        return _form_page(request, code, form, status=400)
    limit, who = Limit("report", settings.PORTAL_REPORTS_PER_HOUR), address_of(request)
    if not limit.take(who, now=moment):
        wait = limit.seconds_left(now=moment)
        return _form_page(request, code, form, too_many(), status=429, retry_after=wait)
    try:
        report = send_report(listing=_listing(code), now=moment, **_sent(form))
    except DatabaseFailed as failed:
        limit.give_back(who, now=moment)
        words = database_down(failed)
        return _form_page(request, code, form, words, status=503, retry_after=RETRY_SECONDS)
    return see_other(f"{follow_path(report.reference)}?da-gui")


def show_report_back(request: HttpRequest, *, code: str, **_language: Any) -> HttpResponse:
    """The form as it was sent, when the check of its origin failed."""
    form = ReportForm(request.POST, now=now())
    words = _("Trình duyệt chưa lưu cookie của trang này nên chưa gửi được. Hãy bấm gửi lần nữa.")
    return _form_page(request, code, form, words, status=403)


@require_safe
@in_its_language
def ask_page(request: HttpRequest) -> HttpResponse:
    """Where one types a reference; a right spelling leads to its page."""
    typed = request.GET.get("ma", "").strip()[:60]
    reference = read_reference(typed)
    if reference:
        return see_other(follow_path(reference))
    wrong = _("Mã theo dõi gồm 12 chữ và số, ví dụ 7F3K-9QWM-2XTD.") if typed else ""
    return _ask(typed, wrong)


@require_safe
@in_its_language
def follow_page(request: HttpRequest, reference: str) -> HttpResponse:
    """State and answer of one report; says nothing of who sent it or of what they wrote."""
    moment, who = now(), address_of(request)
    if GUESSES.is_used_up(who, now=moment):
        words = _("Địa chỉ mạng này đã thử quá nhiều mã. Hãy quay lại sau một giờ.")
        return _ask(reference, words, status=429, retry_after=GUESSES.seconds_left(now=moment))
    try:
        report = Report.objects.select_related("agency").filter(reference=reference).first()
        if report is None:
            GUESSES.take(who, now=moment)
            return _ask(reference, _("Không có phản ánh nào mang mã này. Hãy xem lại từng chữ."))
        context = _standing(report) | {
            "just_sent": "da-gui" in request.GET,
            "just_supplied": "da-bo-sung" in request.GET,
            "question": open_question(report),
        }
    except DatabaseFailed as failed:
        database_down(failed)
        words = _("Hệ thống đang bảo trì, chưa xem được phản ánh. Hãy quay lại sau ít phút.")
        return _ask(reference, words, status=503, retry_after=RETRY_SECONDS)
    return show("site/report_state.html", context)


def _open(request: HttpRequest, code: str, moment: datetime) -> HttpResponse:
    form = ReportForm(now=moment)
    try:
        name = _listing(code).name
    except DatabaseFailed as failed:
        words = database_down(failed)
        return _form_page(request, code, form, words, status=503, retry_after=RETRY_SECONDS)
    return _form_page(request, code, form, name=name)


def _listing(code: str) -> Listing:
    listing = Listing.objects.current().filter(code=code).defer("text").first()
    if listing is None:
        raise Http404(code)
    return listing


def _sent(form: ReportForm) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in ("part", "message", "contact", "form_key")}


def _form_page(
    request: HttpRequest,
    code: str,
    form: ReportForm,
    problem: str = "",
    *,
    status: int = 200,
    retry_after: int = 0,
    name: str = "",
) -> HttpResponse:
    title = _("Báo sai sót")
    paths = report_paths(f"{code}/")
    here = paths[active_language()]
    name = name or _name(code, status)
    procedure = Link(name or code, to(PageKind.PROCEDURE, code))
    context = {
        "frame": make_view_frame(
            paths,
            title=title_of(title, form, problem),
            crumbs=[procedure, Link(title, here)],
        ),
        "title": title,
        "code": code,
        "name": name,
        "procedure": procedure.path,
        "follow": report_paths("theo-doi/")[active_language()],
        "form": form,
        "problem": problem,
        "csrf": get_token(request),
    }
    return show("site/report.html", context, status=status, retry_after=retry_after)


def _name(code: str, status: int) -> str:
    """What the procedure is called; its code says enough when the database does not answer."""
    if status == 503:
        return ""
    try:
        return _listing(code).name
    except DatabaseFailed as failed:
        database_down(failed)
        return ""


def _ask(typed: str, problem: str, *, status: int = 200, retry_after: int = 0) -> HttpResponse:
    title = _("Theo dõi phản ánh")
    paths = report_paths("theo-doi/")
    crumbs = [Link(title, paths[active_language()])]
    context = {
        "frame": make_view_frame(paths, title=title, crumbs=crumbs),
        "title": title,
        "typed": typed,
        "problem": problem,
    }
    return show("site/report_ask.html", context, status=status, retry_after=retry_after)


def _standing(report: Report) -> dict[str, Any]:
    title = _("Phản ánh %(reference)s") % {"reference": report.reference}
    paths = report_paths(f"theo-doi/{report.reference}/")
    ask = Link(_("Theo dõi phản ánh"), report_paths("theo-doi/")[active_language()])
    clock = read_report_clock()
    deadline = clock.deadline(ANSWER_RULE, sent_at=report.sent_at)
    due_on = deadline.due_on if deadline else None
    is_open = report.closed_at is None
    on = localdate()
    return {
        "frame": make_view_frame(
            paths, title=title, crumbs=[ask, Link(report.reference, paths[active_language()])]
        ),
        "title": title,
        "reference": report.reference,
        "supply": f"{follow_path(report.reference)}bo-sung/",
        "code": report.code,
        "name": report.name,
        "procedure": to(PageKind.PROCEDURE, report.code),
        "part": label(ReportPart(report.part)),
        "state": label(ReportState(report.state)),
        "agency": report.agency.name if report.agency else settings.PORTAL_OFFICE,
        "sent_on": localtime(report.sent_at).date(),
        "due_on": due_on if is_open else None,
        "days_late": max(0, (on - due_on).days) if is_open and due_on else 0,
        "basis": deadline.rule.citation if deadline else "",
        "closed_on": localtime(report.closed_at).date() if report.closed_at else None,
        "is_rejected": report.state == ReportState.REJECTED,
        "answer": report.answer,
    }


def follow_path(reference: str) -> str:
    """The page of a report in the active language."""
    return report_paths(f"theo-doi/{reference}/")[active_language()]


def see_other(path: str) -> HttpResponse:
    """Where to go on after a form was taken."""
    response = HttpResponseRedirect(path)
    response.status_code = 303
    response["Cache-Control"] = "no-store"
    return response
