"""The pages of subscriptions: ask, confirm, leave."""

from typing import Any

from django import forms
from django.conf import settings
from django.db import Error as DatabaseFailed
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from publication.enums import SubscriptionKind
from publication.models import Subscriber
from publication.site.page import Page, PageKind
from publication.site.render.frame import Link, make_view_frame, to
from publication.site.render.language import active_language, label
from publication.voice.limits import Limit, address_of
from publication.voice.pages import (
    RETRY_SECONDS,
    database_down,
    in_its_language,
    show,
    subscribe_paths,
    title_of,
    too_many,
)
from publication.voice.signed_form import SignedForm
from publication.voice.subscribing import (
    ask_for_news,
    confirm,
    find_name,
    leave,
    leave_one,
    wishes_of,
)

_KINDS = {
    "linh-vuc": (SubscriptionKind.FIELD, PageKind.FIELD),
    "co-quan": (SubscriptionKind.AGENCY, PageKind.AGENCY),
    "thu-tuc": (SubscriptionKind.PROCEDURE, PageKind.PROCEDURE),
}


class WishForm(SignedForm):
    email = forms.EmailField(
        label=gettext_lazy("E-mail của bạn"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Hãy ghi e-mail."),
            "invalid": gettext_lazy("E-mail chưa đúng, ví dụ ten@example.com."),
            "max_length": gettext_lazy("E-mail dài quá."),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@in_its_language
def subscribe_page(request: HttpRequest, shelf: str, key: str) -> HttpResponse:
    """Ask for mails about one list or procedure; the answer is the same for every address."""
    moment = now()
    sent = request.POST if request.method == "POST" else None
    form = WishForm(sent, now=moment)
    if sent is None or not form.is_valid():
        return _wish_page(request, shelf, key, form, status=200 if sent is None else 400)
    limit, who = Limit("subscribe", settings.PORTAL_SUBSCRIBE_PER_HOUR), address_of(request)
    if not limit.take(who, now=moment):
        wait = limit.seconds_left(now=moment)
        return _wish_page(request, shelf, key, form, too_many(), status=429, retry_after=wait)
    kind, _page = _KINDS[shelf]
    try:
        name = _name_or_404(kind, key)
        ask_for_news(
            email=form.cleaned_data["email"],
            kind=kind,
            key=key,
            language=active_language(),
            now=moment,
        )
    except DatabaseFailed as failed:
        limit.give_back(who, now=moment)
        words = database_down(failed)
        return _wish_page(request, shelf, key, form, words, status=503, retry_after=RETRY_SECONDS)
    return _told(name, form.cleaned_data["email"])


def show_wish_back(request: HttpRequest, *, shelf: str, key: str, **_language: Any) -> HttpResponse:
    """The form as it was sent, when the check of its origin failed."""
    words = _("Trình duyệt chưa lưu cookie của trang này nên chưa gửi được. Hãy bấm gửi lần nữa.")
    return _wish_page(request, shelf, key, WishForm(request.POST, now=now()), words, status=403)


@csrf_exempt  # the link is the secret, and mail programs open it without cookies
@require_http_methods(["GET", "HEAD", "POST"])
@in_its_language
def confirm_page(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail shows what it is about; the button confirms, so that no robot can."""
    try:
        wishes = wishes_of(token, days=settings.PORTAL_CONFIRM_DAYS)
        if wishes and request.method == "POST":
            confirm(wishes, now=now())
        names = [_wish_line(wish) for wish in wishes]
    except DatabaseFailed as failed:
        return _not_now(failed)
    if not wishes:
        return _message(
            _("Liên kết không còn dùng được"),
            [
                _("Liên kết chỉ dùng được trong %(days)s ngày, hoặc bạn đã thôi nhận tin.")
                % {"days": settings.PORTAL_CONFIRM_DAYS},
                _("Hãy mở trang của lĩnh vực, cơ quan hoặc thủ tục rồi đăng ký lại."),
            ],
        )
    if request.method == "POST":
        lines = [_("Bạn sẽ nhận thư khi có thay đổi. Mỗi thư đều có liên kết để thôi nhận.")]
        return _message(_("Đã xác nhận"), lines, names)
    return _message(_("Xác nhận nhận tin"), [], names, button=_("Xác nhận nhận tin"))


@csrf_exempt  # RFC 8058: the mail program posts here by itself
@require_http_methods(["GET", "HEAD", "POST"])
@in_its_language
def leave_page(request: HttpRequest, leave_key: str) -> HttpResponse:
    """Leave by one press; a mail program's own button posts here without showing the page."""
    try:
        if request.method == "POST":
            one = request.POST.get("one", "")
            if not one:
                leave(leave_key)
                return _gone()
            if one.isascii() and one.isdigit() and len(one) < 19:
                leave_one(leave_key, wish_id=int(one))
        subscriber = Subscriber.objects.filter(leave_key=leave_key).first()
        if subscriber is None:
            return _gone()
        wishes = [(wish.pk, _wish_line(wish)) for wish in subscriber.wants.all()]
    except DatabaseFailed as failed:
        return _not_now(failed)
    title = _("Thôi nhận tin")
    context = {"frame": make_view_frame(_here(request), title=title), "title": title}
    return show("site/leave.html", context | {"wishes": wishes})


def _wish_page(
    request: HttpRequest,
    shelf: str,
    key: str,
    form: WishForm,
    problem: str = "",
    *,
    status: int = 200,
    retry_after: int = 0,
) -> HttpResponse:
    kind, page_kind = _KINDS[shelf]
    name = ""
    try:
        name = _name_or_404(kind, key)
    except DatabaseFailed as failed:
        problem = problem or database_down(failed)
        status, retry_after = 503, RETRY_SECONDS
    title = _("Nhận tin qua e-mail")
    paths = subscribe_paths(f"{shelf}/{key}/")
    crumbs = [Link(name or key, to(page_kind, key)), Link(title, paths[active_language()])]
    context = {
        "frame": make_view_frame(paths, title=title_of(title, form, problem), crumbs=crumbs),
        "title": title,
        "kind": label(kind),
        "name": name or key,
        "form": form,
        "problem": problem,
        "csrf": get_token(request),
        "days": settings.PORTAL_CONFIRM_DAYS,
    }
    return show("site/subscribe.html", context, status=status, retry_after=retry_after)


def _name_or_404(kind: SubscriptionKind, key: str) -> str:
    name = find_name(kind, key)
    if not name:
        raise Http404(key)
    return name


def _wish_line(wish: Any) -> str:
    kind = SubscriptionKind(wish.kind)
    return f"{label(kind)}: {find_name(kind, wish.key) or wish.key}"


def _told(name: str, email: str) -> HttpResponse:
    lines = [
        _("Nếu %(email)s nhận được thư, thư có liên kết để xác nhận sẽ đến trong ít phút.")
        % {"email": email},
        _("Chưa bấm liên kết thì không có thư nào khác, và địa chỉ bị xóa sau %(days)s ngày.")
        % {"days": settings.PORTAL_CONFIRM_DAYS},
        _("Không thấy thư? Hãy xem mục thư rác."),
    ]
    return _message(_("Hãy mở hộp thư để xác nhận"), lines, [name])


def _gone() -> HttpResponse:
    return _message(_("Đã thôi nhận tin"), [_("Địa chỉ của bạn đã được xóa khỏi hệ thống.")])


def _not_now(failed: Exception) -> HttpResponse:
    database_down(failed)
    words = [_("Hệ thống đang bảo trì, chưa làm được việc này. Hãy mở lại liên kết sau ít phút.")]
    return _message(_("Chưa làm được"), words, status=503)


def _message(
    title: str,
    lines: list[str],
    names: list[str] | None = None,
    *,
    button: str = "",
    status: int = 200,
) -> HttpResponse:
    home = {code: Page(PageKind.HOME, language=code).path for code in settings.PORTAL_LANGUAGES}
    context = {
        "frame": make_view_frame(home, title=title),
        "title": title,
        "lines": lines,
        "names": names or [],
        "button": button,
    }
    retry_after = RETRY_SECONDS if status == 503 else 0
    return show("site/message.html", context, status=status, retry_after=retry_after)


def _here(request: HttpRequest) -> dict[str, str]:
    """The leave page in every language: its key is secret, so it is built from the address."""
    tail = request.path.split("/nhan-tin/", 1)[1]
    return subscribe_paths(tail)
