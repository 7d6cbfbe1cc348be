"""What stands above a text that is not offered now: that it is old, ended or withdrawn."""

from dataclasses import dataclass

from publication.enums import ListingOrigin, ListingState
from publication.site.page import Page, PageKind
from publication.site.render.dossier import Dossier, Named
from publication.site.render.frame import Link, to
from publication.site.render.language import gettext
from publication.site.render.wording import day


@dataclass(frozen=True)
class Banner:
    """Whether the text shown still holds; `tone` chooses the look of the banner."""

    tone: str  # "" | past | ended
    title: str
    lines: tuple[str, ...]
    links: tuple[Link, ...]


def banner(page: Page, dossier: Dossier) -> Banner:
    if dossier.shown.listing.state == ListingState.ABOLISHED:
        return _ended(dossier)
    if page.kind is PageKind.VERSION and not dossier.shown.listing.is_current:
        return _past(dossier)
    return Banner("", "", (), ())


def _ended(dossier: Dossier) -> Banner:
    listing = dossier.shown.listing
    withdrawn = listing.origin == ListingOrigin.WITHDRAWAL
    lines = [
        _ended_line(withdrawn=withdrawn)
        % {
            "day": day(listing.valid_from),
            "number": listing.decision.number,
            "issuer": listing.decision.issuer_name,
        },
        gettext("Nội dung dưới đây là bản công khai cuối cùng, giữ lại để tra cứu."),
    ]
    title = (
        gettext("Thủ tục này không còn được công bố")
        if withdrawn
        else gettext("Thủ tục này đã bãi bỏ")
    )
    return Banner("ended", title, tuple(lines), links_to(dossier.successors))


def _ended_line(*, withdrawn: bool) -> str:
    if withdrawn:
        return gettext("Quyết định số %(number)s của %(issuer)s bị thu hồi từ ngày %(day)s.")
    return gettext("Hết hiệu lực từ ngày %(day)s theo Quyết định số %(number)s của %(issuer)s.")


def _past(dossier: Dossier) -> Banner:
    version = dossier.shown
    span = {"first": day(version.listing.valid_from), "last": day(version.valid_to)}
    lines = [gettext("Bản này có giá trị từ ngày %(first)s đến hết ngày %(last)s.") % span]
    decision = version.listing.decision
    if decision.withdrawn_on and version.listing.origin != ListingOrigin.WITHDRAWAL:
        words = gettext("Quyết định số %(number)s công bố bản này đã bị thu hồi từ ngày %(day)s.")
        lines.append(words % {"number": decision.number, "day": day(decision.withdrawn_on)})
    current = dossier.current
    links: tuple[Link, ...] = ()
    if current:
        label = (
            gettext("Xem bản đang có hiệu lực")
            if current.listing.state == ListingState.OFFERED
            else gettext("Xem tình trạng hiện nay của thủ tục")
        )
        links = (Link(label, to(PageKind.PROCEDURE, current.listing.code)),)
    return Banner("past", gettext("Đây là bản cũ, không còn áp dụng"), tuple(lines), links)


def links_to(named: tuple[Named, ...]) -> tuple[Link, ...]:
    return tuple(Link(f"{n.code} {n.name}", to(PageKind.PROCEDURE, n.code)) for n in named)
