"""The page where the sender of a report answers what they were asked."""

from datetime import datetime

from django.conf import settings
from django.db import Error as DatabaseFailed
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from publication.models import Report
from publication.report_acts import open_question, supply_more
from publication.site.render.frame import Link, make_view_frame
from publication.site.render.language import active_language
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
from publication.voice.report_form import SupplyForm
from publication.voice.report_views import GUESSES, follow_path, see_other


@require_http_methods(["GET", "HEAD", "POST"])
@in_its_language
def supply_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Asked or not is told by the report's own page, so everything else leads there."""
    moment, who = now(), address_of(request)
    if GUESSES.is_used_up(who, now=moment):
        return see_other(follow_path(reference))
    form = SupplyForm(request.POST if request.method == "POST" else None, now=moment)
    try:
        question = _question(reference, who, moment)
        if not question:
            return see_other(follow_path(reference))
        if not form.is_bound:
            return _page(request, reference, form, question)
        if not form.is_valid():
            return _page(request, reference, form, question, status=400)
        return _supply(request, reference, form, question, moment)
    except DatabaseFailed as failed:
        words = database_down(failed)
        return _page(request, reference, form, "", words, status=503, retry_after=RETRY_SECONDS)


def show_supply_back(request: HttpRequest, *, reference: str, **_language: str) -> HttpResponse:
    """The form as it was sent, when the check of its origin failed."""
    words = _("Trình duyệt chưa lưu cookie của trang này nên chưa gửi được. Hãy bấm gửi lần nữa.")
    form = SupplyForm(request.POST, now=now())
    return _page(request, reference, form, "", words, status=403)


def _question(reference: str, who: str, moment: datetime) -> str:
    report = Report.objects.filter(reference=reference).first()
    if report is None:
        GUESSES.take(who, now=moment)
        raise Http404(reference)
    return open_question(report)


def _supply(
    request: HttpRequest, reference: str, form: SupplyForm, question: str, moment: datetime
) -> HttpResponse:
    limit = Limit("report", settings.PORTAL_REPORTS_PER_HOUR)
    if not limit.take(address_of(request), now=moment):
        wait = limit.seconds_left(now=moment)
        return _page(request, reference, form, question, too_many(), status=429, retry_after=wait)
    try:
        supply_more(reference=reference, words=form.cleaned_data["message"], now=moment)
    except DatabaseFailed:
        limit.give_back(address_of(request), now=moment)
        raise
    return see_other(f"{follow_path(reference)}?da-bo-sung")


def _page(
    request: HttpRequest,
    reference: str,
    form: SupplyForm,
    question: str,
    problem: str = "",
    *,
    status: int = 200,
    retry_after: int = 0,
) -> HttpResponse:
    title = _("Bổ sung phản ánh %(reference)s") % {"reference": reference}
    paths = report_paths(f"theo-doi/{reference}/bo-sung/")
    crumbs = [
        Link(reference, follow_path(reference)),
        Link(_("Bổ sung"), paths[active_language()]),
    ]
    context = {
        "frame": make_view_frame(paths, title=title_of(title, form, problem), crumbs=crumbs),
        "title": title,
        "question": question,
        "form": form,
        "problem": problem,
        "csrf": get_token(request),
    }
    return show("site/report_supply.html", context, status=status, retry_after=retry_after)
