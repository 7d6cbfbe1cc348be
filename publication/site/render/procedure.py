"""The page of a procedure, and of each earlier version of its text."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings

from catalog.content import Part, Presence
from catalog.enums import Audience, PartialOnlineReason
from publication.announced_text import AnnouncedText
from publication.enums import ListingOrigin, ListingState
from publication.models import Listing
from publication.site.page import Page, PageKind
from publication.site.render import body, offer
from publication.site.render.dossier import Dossier, Named, Version
from publication.site.render.effects import effect_of
from publication.site.render.frame import Frame, Link, make_frame, to
from publication.site.render.kinds import tags
from publication.site.render.language import gettext, label
from publication.site.render.past import compare_form, date_form
from publication.site.render.prose import prose_html
from publication.site.render.qr import qr_path
from publication.site.render.service import service_block
from publication.site.render.wording import NONE, UNKNOWN, capitalised, day, listed, shortened

_LONG_NAME = 110
_CRUMB_LENGTH = 60


@dataclass(frozen=True)
class DecisionFacts:
    """The decision a text stands on."""

    number: str
    path: str
    signed_on: date | None
    effective_on: date | None
    issuer: str
    signed_by: str
    title: str
    answers: str  # the ministry decision it carries out


@dataclass(frozen=True)
class HistoryRow:
    title: str
    first_day: date
    last_day: date | None
    note: str
    decision: str
    decision_path: str
    path: str  # "" for the version that this page shows
    change_path: str  # "" for the first text, and for an end that changed no word
    shown: bool


@dataclass(frozen=True)
class Standing:
    """Whether the text shown still holds; `tone` chooses the look of the banner."""

    tone: str  # "" | past | ended
    title: str
    lines: tuple[str, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Neighbour:
    code: str
    name: str
    path: str


@dataclass(frozen=True)
class ContentsEntry:
    """An entry of the list of contents."""

    anchor: str
    title: str


def procedure_context(page: Page, dossier: Dossier) -> dict[str, object]:
    """All that procedure.html shows, for a code's page or one version's page."""
    listing, text = dossier.shown.listing, dossier.text
    content = text.content
    offers = offer.offer_rows(content)
    groups = body.paper_groups(text)
    facts = offer.facts(text)
    return {
        "frame": _frame(page, dossier, facts),
        "text": text,
        "name_size": _name_size(text.name),
        "tags": tags(text.kind, text.online_level, text.levels),
        "standing": _standing(page, dossier),
        "lead": prose_html(content.summary) or "",
        "for_whom": _for_whom(text),
        "fields": [Link(field.name, to(PageKind.FIELD, field.slug)) for field in text.fields],
        "facts": facts,
        "listing": listing,
        "short_digest": _grouped(listing.digest[:16]),
        "long_digest": _grouped(listing.digest),
        "decision": _decision(listing),
        "contents": _contents(page.language, related=bool(dossier.related)),
        "graph_path": f"{_twin(page, dossier)}index.jsonld",
        "service": service_block(dossier),
        "qr": qr_path(settings.PORTAL_URL + Page(PageKind.PROCEDURE, text.code).path),
        "offers": offers,
        "offer_notes": any(row.note for row in offers),
        "partial_reason": _partial_reason(text),
        "address": prose_html(content.reception_address),
        "offer_words": body.as_written(
            content, Part.FILING_METHODS, Part.PROCESSING_TIME, Part.FEES
        ),
        "paper_groups": groups,
        "several_cases": len(groups) > 1,
        "default_case": gettext("Hồ sơ chung"),
        "paper_words": body.as_written(content, Part.PAPERS, Part.FORMS),
        "has_forms": body.has_forms(content),
        "has_counts": body.has_counts(content),
        "forms_note": body.forms_note(content),
        "step_groups": body.step_groups(content),
        "step_words": body.as_written(content, Part.STEPS),
        "conditions": prose_html(content.conditions.text),
        "conditions_note": _presence_note(content.conditions.presence),
        "condition_words": body.as_written(content, Part.CONDITIONS),
        "results": content.results.items,
        "results_note": _presence_note(content.results.presence),
        "result_words": body.as_written(content, Part.RESULTS),
        "roles": body.roles(text),
        "bases": body.bases(content),
        "basis_words": body.as_written(content, Part.LEGAL_BASES),
        "history": [_history_row(version, dossier) for version in dossier.history],
        "date_form": date_form(text.code, first_day=dossier.history[-1].listing.valid_from),
        "compare_form": compare_form(
            text.code,
            [(it.listing.valid_from, it.valid_to) for it in reversed(dossier.history)],
        ),
        "valid_to": dossier.shown.valid_to,
        "pdf_path": f"{_twin(page, dossier)}{text.code}.pdf" if listing.in_force_at else "",
        "replaced": _links(dossier.replaced),
        "related": [
            Neighbour(n.code, n.name, to(PageKind.PROCEDURE, n.code)) for n in dossier.related
        ],
        "unknown": UNKNOWN,
    }


def _frame(page: Page, dossier: Dossier, facts: list[offer.Fact]) -> Frame:
    listing, text = dossier.shown.listing, dossier.text
    current_page = Page(PageKind.PROCEDURE, text.code, language=page.language)
    crumbs = [
        Link(gettext("Lĩnh vực"), to(PageKind.FIELDS)),
        Link(text.field.name, to(PageKind.FIELD, text.field.slug)),
    ]
    return make_frame(
        page,
        title=f"{shortened(text.name, _LONG_NAME)} ({text.code})",
        description=_description(text, facts),
        data=f"{_twin(page, dossier)}index.json",
        crumbs=crumbs,
        canonical=current_page if listing.is_current else page,
        indexed=listing.is_current,
    )


def _name_size(name: str) -> str:
    """Names run to a thousand characters; the longer, the smaller they are set."""
    if len(name) <= _LONG_NAME:
        return "xl"
    return "md" if len(name) <= 3 * _LONG_NAME else "xs"


def _twin(page: Page, dossier: Dossier) -> str:
    """Where the machine-readable twin stands: beside the Vietnamese page."""
    kind = PageKind.PROCEDURE if dossier.shown.listing.is_current else page.kind
    key = dossier.text.code if kind is PageKind.PROCEDURE else page.key
    return Page(kind, key).path


def _description(text: AnnouncedText, facts: list[offer.Fact]) -> str:
    """What a search engine shows below the title: the answers themselves."""
    answers = [f"{fact.title}: {fact.answer}" for fact in facts if fact.known]
    return ". ".join([shortened(text.name, 80), *answers])


def _standing(page: Page, dossier: Dossier) -> Standing:
    if dossier.shown.listing.state == ListingState.ABOLISHED:
        return _ended(dossier)
    if page.kind is PageKind.VERSION and not dossier.shown.listing.is_current:
        return _past(dossier)
    return Standing("", "", (), ())


def _ended(dossier: Dossier) -> Standing:
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
    return Standing("ended", title, tuple(lines), _links(dossier.successors))


def _ended_line(*, withdrawn: bool) -> str:
    if withdrawn:
        return gettext("Quyết định số %(number)s của %(issuer)s bị thu hồi từ ngày %(day)s.")
    return gettext("Hết hiệu lực từ ngày %(day)s theo Quyết định số %(number)s của %(issuer)s.")


def _past(dossier: Dossier) -> Standing:
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
    return Standing("past", gettext("Đây là bản cũ, không còn áp dụng"), tuple(lines), links)


def _for_whom(text: AnnouncedText) -> str:
    """ "Công dân Việt Nam và doanh nghiệp" """
    labels = [label(Audience(audience)) for audience in text.audiences]
    return capitalised(listed(labels))


def _decision(listing: Listing) -> DecisionFacts:
    decision, item = listing.decision, listing.item
    answered = item.answers.decision if item and item.answers else None
    return DecisionFacts(
        number=decision.number,
        path=_decision_path(decision.slug),
        signed_on=decision.signed_on,
        effective_on=decision.effective_on,
        issuer=decision.issuer_name,
        signed_by=decision.signed_by,
        title=decision.title,
        answers=f"{answered.number} ({answered.issuer_name})" if answered else "",
    )


def _decision_path(slug: str | None) -> str:
    """A decision that was not issued yet has no page: its facts stand on this one."""
    return to(PageKind.DECISION, slug) if slug else "#quyet-dinh"


@cache
def _contents(language: str, *, related: bool) -> list[ContentsEntry]:  # noqa: ARG001  cache key
    parts = [
        ContentsEntry("cach-nop", gettext("Cách nộp, thời hạn, phí")),
        ContentsEntry("giay-to", gettext("Giấy tờ cần có")),
        ContentsEntry("cac-buoc", gettext("Các bước thực hiện")),
        ContentsEntry("dieu-kien", gettext("Điều kiện")),
        ContentsEntry("ket-qua", gettext("Kết quả")),
        ContentsEntry("co-quan", gettext("Cơ quan thực hiện")),
        ContentsEntry("can-cu", gettext("Căn cứ pháp lý")),
        ContentsEntry("quyet-dinh", gettext("Quyết định công bố")),
        ContentsEntry("lich-su", gettext("Lịch sử thay đổi")),
    ]
    if related:
        parts.append(ContentsEntry("lien-quan", gettext("Thủ tục cùng lĩnh vực")))
    return parts


def _partial_reason(text: AnnouncedText) -> str:
    if not text.partial_reason:
        return ""
    reason = label(PartialOnlineReason(text.partial_reason))
    return f"{reason} ({text.partial_reason_basis})" if text.partial_reason_basis else reason


def _presence_note(presence: Presence) -> str:
    if presence is Presence.HAS:
        return ""
    return str(NONE if presence is Presence.DECLARED_NONE else UNKNOWN)


def _history_row(version: Version, dossier: Dossier) -> HistoryRow:
    listing, shown = version.listing, version is dossier.shown
    path = (
        to(PageKind.PROCEDURE, listing.code)
        if listing.is_current
        else to(PageKind.VERSION, f"{listing.code}/{listing.valid_from.isoformat()}")
    )
    return HistoryRow(
        title=_version_title(version),
        first_day=listing.valid_from,
        last_day=version.valid_to,
        note=listing.change_note,
        decision=listing.decision.number,
        decision_path=_decision_path(listing.decision.slug),
        path="" if shown else path,
        change_path=_change_path(version),
        shown=shown,
    )


def _change_path(version: Version) -> str:
    listing = version.listing
    previewed = listing.in_force_at is None
    if previewed or version.ordinal == 1 or listing.state == ListingState.ABOLISHED:
        return ""
    return to(PageKind.DIFFERENCE, f"{listing.code}/{listing.valid_from.isoformat()}")


def _version_title(version: Version) -> str:
    listing = version.listing
    effect = effect_of(
        listing.item.effect if listing.item else None,
        origin=listing.origin,
        state=listing.state,
        corrects=listing.decision.corrects_id,
    )
    if listing.state == ListingState.ABOLISHED:
        return str(effect.title)
    name = gettext("Bản %(ordinal)s") % {"ordinal": version.ordinal}
    return f"{name} · {str(effect.title).lower()}"


def _links(named: tuple[Named, ...]) -> tuple[Link, ...]:
    return tuple(Link(f"{n.code} {n.name}", to(PageKind.PROCEDURE, n.code)) for n in named)


def _grouped(digest: str) -> str:
    """Hexadecimal digits in fours, which eyes can compare."""
    return " ".join(digest[i : i + 4] for i in range(0, len(digest), 4))
