"""The page of a procedure, and of each earlier version of its text."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings

from catalog.content import Part, Presence
from catalog.enums import Audience, PartialOnlineReason
from publication.announced_text import AnnouncedText
from publication.models import Listing
from publication.site.page import Page, PageKind
from publication.site.render import body, offer
from publication.site.render.banner import banner, links_to
from publication.site.render.dossier import Dossier
from publication.site.render.frame import Frame, Link, make_frame, to
from publication.site.render.history_rows import decision_path, history_rows
from publication.site.render.kinds import tags
from publication.site.render.language import gettext, label
from publication.site.render.past import compare_form, date_form
from publication.site.render.prose import prose_html
from publication.site.render.qr import qr_path
from publication.site.render.service import service_block
from publication.site.render.wording import NONE, UNKNOWN, capitalised, listed, shortened

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
    text, facts = dossier.text, offer.facts(dossier.text)
    return {
        "frame": _frame(page, dossier, facts),
        "text": text,
        "facts": facts,
        "contents": _contents(page.language, related=bool(dossier.related)),
        "unknown": UNKNOWN,
        **_head(page, dossier),
        **_seal(dossier),
        **_offer(text),
        **_papers(text),
        **_rest_of_text(text),
        **_past_and_kin(dossier),
        **_twins(page, dossier),
    }


def _head(page: Page, dossier: Dossier) -> dict[str, object]:
    text = dossier.text
    return {
        "name_size": _name_size(text.name),
        "tags": tags(text.kind, text.online_level, text.levels),
        "banner": banner(page, dossier),
        "lead": prose_html(text.content.summary) or "",
        "for_whom": _for_whom(text),
        "fields": [Link(field.name, to(PageKind.FIELD, field.slug)) for field in text.fields],
    }


def _seal(dossier: Dossier) -> dict[str, object]:
    """The decision a text stands on, and what to compare it by."""
    listing = dossier.shown.listing
    return {
        "listing": listing,
        "valid_to": dossier.shown.valid_to,
        "decision": _decision(listing),
        "short_digest": _grouped(listing.digest[:16]),
        "long_digest": _grouped(listing.digest),
    }


def _offer(text: AnnouncedText) -> dict[str, object]:
    """How to file, how long, how much."""
    content = text.content
    offers = offer.offer_rows(content)
    parts = (Part.FILING_METHODS, Part.PROCESSING_TIME, Part.FEES)
    return {
        "offers": offers,
        "offer_notes": any(row.note for row in offers),
        "offer_words": body.as_written(content, *parts),
        "partial_reason": _partial_reason(text),
        "address": prose_html(content.reception_address),
    }


def _papers(text: AnnouncedText) -> dict[str, object]:
    content, groups = text.content, body.paper_groups(text)
    return {
        "paper_groups": groups,
        "several_cases": len(groups) > 1,
        "default_case": gettext("Hồ sơ chung"),
        "paper_words": body.as_written(content, Part.PAPERS, Part.FORMS),
        "has_forms": body.has_forms(content),
        "has_counts": body.has_counts(content),
        "forms_note": body.forms_note(content),
    }


def _rest_of_text(text: AnnouncedText) -> dict[str, object]:
    """Steps, conditions, results, who does it, and on what law."""
    content = text.content
    return {
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
    }


def _past_and_kin(dossier: Dossier) -> dict[str, object]:
    code, spans = (
        dossier.text.code,
        [(it.listing.valid_from, it.valid_to) for it in dossier.history],
    )
    return {
        "history": history_rows(dossier),
        "date_form": date_form(code, first_day=spans[-1][0]),
        "compare_form": compare_form(code, spans[::-1]),
        "replaced": links_to(dossier.replaced),
        "related": [
            Neighbour(n.code, n.name, to(PageKind.PROCEDURE, n.code)) for n in dossier.related
        ],
    }


def _twins(page: Page, dossier: Dossier) -> dict[str, object]:
    """The same text for programs, for the printer and for a telephone's camera."""
    code, folder = dossier.text.code, _twin(page, dossier)
    is_public = dossier.shown.listing.in_force_at is not None
    return {
        "graph_path": f"{folder}index.jsonld",
        "service": service_block(dossier),
        "pdf_path": f"{folder}{code}.pdf" if is_public else "",
        "qr": qr_path(settings.PORTAL_URL + Page(PageKind.PROCEDURE, code).path),
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


def _for_whom(text: AnnouncedText) -> str:
    """ "Công dân Việt Nam và doanh nghiệp" """
    labels = [label(Audience(audience)) for audience in text.audiences]
    return capitalised(listed(labels))


def _decision(listing: Listing) -> DecisionFacts:
    decision, item = listing.decision, listing.item
    answered = item.answers.decision if item and item.answers else None
    return DecisionFacts(
        number=decision.number,
        path=decision_path(decision.slug),
        signed_on=decision.signed_on,
        effective_on=decision.effective_on,
        issuer=decision.issuer_name,
        signed_by=decision.signed_by,
        title=decision.title,
        answers=f"{answered.number} ({answered.issuer_name})" if answered else "",
    )


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


def _grouped(digest: str) -> str:
    """Hexadecimal digits in fours, which eyes can compare."""
    return " ".join(digest[i : i + 4] for i in range(0, len(digest), 4))
