"""What a mail of news says: one line a procedure, as it stands when the mail is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publication.enums import EventKind, ListingState
from publication.models import Listing, Mailing, PublicationEvent, Subscriber, Subscription
from publication.site.page import PageKind
from publication.site.render.effects import effect_of
from publication.site.render.frame import portal_name, subscribe_path, to
from publication.site.render.language import speaking
from publication.site.render.wording import day, shortened
from publication.voice.subscribing import find_name, make_confirm_token

LINES = 40
_NAME = 160


@dataclass(frozen=True)
class _Line:
    removed: bool
    words: str


def news_letter(mailing: Mailing) -> EmailMessage | None:
    """The mail for a subscriber, what has ended before all, then the newest first.

    None when nothing of it is public any more.
    """
    subscriber = mailing.subscriber
    with speaking(subscriber.language):
        lines = _lines(mailing.sequences)
        if not lines:
            return None
        removed = sum(line.removed for line in lines)
        subject = ngettext(
            "%(count)s thủ tục thay đổi", "%(count)s thủ tục thay đổi", len(lines)
        ) % {"count": len(lines)}
        if removed:
            words = ngettext("%(count)s không còn", "%(count)s không còn", removed)
            subject = f"{subject}, {words % {'count': removed}}"
        parts = [*(line.words for line in lines[:LINES]), _rest(len(lines) - LINES)]
        body = "\n\n".join(part for part in [*parts, _foot(subscriber)] if part)
        return _message(subscriber, subject, body, f"news-{mailing.pk}")


def confirm_letter(subscriber: Subscriber, wishes: Sequence[Subscription]) -> EmailMessage:
    """The one mail an address gets before it has said yes."""
    with speaking(subscriber.language):
        token = make_confirm_token(subscriber, wishes)
        named = [f"- {find_name(wish.kind, wish.key) or wish.key}" for wish in wishes]
        link = _absolute(f"{subscribe_path(subscriber.language)}xac-nhan/{token}/")
        parts = [
            _("Địa chỉ này được đăng ký nhận tin khi có thay đổi về:"),
            "\n".join(named),
            _("Mở liên kết này và bấm Xác nhận để bắt đầu nhận tin:"),
            link,
            _("Không phải bạn đăng ký? Chỉ cần bỏ qua thư: sau %(days)s ngày địa chỉ tự xóa.")
            % {"days": settings.PORTAL_CONFIRM_DAYS},
        ]
        identity = f"confirm-{subscriber.pk}-{max(wish.pk for wish in wishes)}"
        return _message(subscriber, _("Xác nhận nhận tin"), "\n\n".join(parts), identity)


def _lines(sequences: Iterable[int]) -> list[_Line]:
    events = PublicationEvent.objects.filter(sequence__in=list(sequences)).order_by("-sequence")
    kinds: dict[str, list[str]] = {}
    for code, kind in events.values_list("code", "kind"):
        kinds.setdefault(code, []).append(kind)
    current = Listing.objects.current().filter(code__in=kinds).select_related("decision", "item")
    found = {listing.code: listing for listing in current.defer("text")}
    lines = [_line(found[code], seen) for code, seen in kinds.items() if code in found]
    return sorted(lines, key=lambda line: not line.removed)


def _line(listing: Listing, kinds: list[str]) -> _Line:
    ended = listing.state == ListingState.ABOLISHED
    left = all(kind == EventKind.LISTING_SUPERSEDED for kind in kinds)
    facts = {"day": day(listing.valid_from), "number": listing.decision.number}
    when = (
        _("Hết hiệu lực từ ngày %(day)s theo Quyết định số %(number)s.")
        if ended
        else _("Có hiệu lực từ ngày %(day)s theo Quyết định số %(number)s.")
    )
    parts = [
        f"[{_what(listing, left=left and not ended)}] {shortened(listing.name, _NAME)}"
        f" ({listing.code})",
        f"{when % facts} {listing.change_note}".strip(),
    ]
    if ended and listing.successors:
        parts.append(_("Thay bằng: %(codes)s.") % {"codes": ", ".join(listing.successors)})
    parts.append(_absolute(to(PageKind.PROCEDURE, listing.code)))
    return _Line(ended or left, "\n".join(parts))


def _what(listing: Listing, *, left: bool) -> str:
    if left:
        return _("Không còn trong danh mục bạn theo dõi")
    effect = effect_of(
        listing.item.effect if listing.item else None,
        origin=listing.origin,
        state=listing.state,
        corrects=listing.decision.corrects_id,
    )
    return str(effect.title)


def _rest(count: int) -> str:
    if count <= 0:
        return ""
    words = _("Và %(count)s thủ tục khác, xem tại %(address)s")
    return words % {"count": count, "address": _absolute(to(PageKind.DECISIONS))}


def _foot(subscriber: Subscriber) -> str:
    words = _("Bạn nhận thư này vì đã đăng ký trên cổng. Đổi hoặc thôi nhận: %(link)s")
    return "--\n" + words % {"link": leave_link(subscriber)}


def leave_link(subscriber: Subscriber) -> str:
    path = subscribe_path(subscriber.language)
    return _absolute(f"{path}thoi-nhan/{subscriber.leave_key}/")


def _message(subscriber: Subscriber, subject: str, body: str, identity: str) -> EmailMessage:
    host = urlsplit(settings.PORTAL_URL).hostname
    return EmailMessage(
        subject=f"[{portal_name()}] {subject}",
        body=body + "\n",
        to=[subscriber.email],
        headers={
            "Message-ID": f"<{identity}@{host}>",
            "Auto-Submitted": "auto-generated",  # no answers from absence assistants (RFC 3834)
            # One press in the mail program, without opening a page (RFC 2369, RFC 8058).
            "List-Unsubscribe": f"<{leave_link(subscriber)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def _absolute(path: str) -> str:
    return settings.PORTAL_URL + path
