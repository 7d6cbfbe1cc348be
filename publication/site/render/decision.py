"""The decisions of the province: their list, and each with what it did to which procedures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from publication.enums import DecisionStatus
from publication.models import AnnouncementDecision, AnnouncementItem, Listing
from publication.site import archive
from publication.site.page import Edition, Page, PageKind
from publication.site.render.dossier import NoSuchPage
from publication.site.render.effects import EFFECTS, effect_of
from publication.site.render.frame import Link, make_frame, to
from publication.site.render.language import gettext
from publication.site.render.rows import page_title
from publication.site.render.wording import listed, number, procedures


@dataclass(frozen=True)
class DecisionRow:
    number: str
    title: str
    path: str
    signed_on: date | None
    effective_on: date | None
    issuer: str
    tally: str
    answers: str
    withdrawn: bool


@dataclass(frozen=True)
class ItemRow:
    code: str
    name: str
    path: str  # "" while the procedure has no page yet
    field: str
    note: str
    successors: tuple[Link, ...]


@dataclass(frozen=True)
class EffectGroup:
    anchor: str
    title: str
    color: str
    icon: str
    rows: tuple[ItemRow, ...]


def decisions_context(page: Page, **_edition: Edition) -> dict[str, object]:
    """Issued decisions, newest first; only the front says how many (archive.py)."""
    title = gettext("Quyết định công bố")
    decisions = AnnouncementDecision.objects.public()
    count = decisions.count()
    ordered = decisions.order_by("-signed_on", "-pk")
    rows = decision_rows(list(ordered[archive.span(page.number, count)]))
    return {
        "frame": make_frame(page, title=page_title(title, page), crumbs=[Link(title, page.path)]),
        "title": title,
        "rows": rows,
        "total": count if page.number == archive.FRONT else None,
        "newer": _numbered(page, archive.newer(page.number, count)),
        "older": _numbered(page, archive.older(page.number, count)),
    }


def _numbered(page: Page, number: int) -> str:
    return Page(page.kind, page.key, number, page.language).path if number else ""


def decision_context(page: Page, *, edition: Edition) -> dict[str, object]:
    """One decision with its procedures by effect. Raises NoSuchPage unless it is issued."""
    decision = (
        AnnouncementDecision.objects.public()
        .filter(slug=page.key)
        .select_related("lead_agency", "corrects")
        .first()
    )
    if decision is None:
        raise NoSuchPage(page.key)
    title = gettext("Quyết định số %(number)s") % {"number": decision.number}
    groups = _effect_groups(decision)
    crumbs = [Link(gettext("Quyết định công bố"), to(PageKind.DECISIONS)), Link(title, page.path)]
    return {
        "frame": make_frame(page, title=title, description=decision.title, crumbs=crumbs),
        "title": title,
        "decision": decision,
        "answers": _answers([decision.pk]).get(decision.pk, []),
        "groups": groups,
        "total": sum(len(group.rows) for group in groups),
        "pending": decision.effective_on is not None and decision.effective_on > edition.shown_on,
        "withdrawn": decision.status == DecisionStatus.WITHDRAWN,
        "corrects": _link_to(decision.corrects) if decision.corrects else None,
        "corrections": [
            _link_to(correction)
            for correction in decision.corrections.public().order_by("signed_on", "pk")
        ],
        "agency_path": to(PageKind.AGENCY, decision.lead_agency.slug)
        if decision.lead_agency
        else "",
    }


def _link_to(decision: AnnouncementDecision) -> Link:
    label = gettext("Quyết định số %(number)s") % {"number": decision.number}
    return Link(label, to(PageKind.DECISION, decision.slug or ""))


def decision_rows(decisions: list[AnnouncementDecision]) -> list[DecisionRow]:
    """Rows with what each decision does in numbers; two queries for all of them."""
    keys = [decision.pk for decision in decisions]
    tallies, answers = _tallies(keys), _answers(keys)
    return [
        DecisionRow(
            number=decision.number,
            title=decision.title,
            path=to(PageKind.DECISION, decision.slug or ""),
            signed_on=decision.signed_on,
            effective_on=decision.effective_on,
            issuer=decision.issuer_name,
            tally=_tally(tallies.get(decision.pk, {})),
            answers=listed(answers.get(decision.pk, [])[:3]),
            withdrawn=decision.status == DecisionStatus.WITHDRAWN,
        )
        for decision in decisions
    ]


def _tallies(decisions: Iterable[int]) -> dict[int, dict[str, int]]:
    """By decision: how many procedures by the key of the effect."""
    rows = (
        Listing.objects.done_by(decisions)
        .order_by()
        .values_list("decision", "item__effect", "origin", "state")
        .annotate(Count("pk"))
    )
    found: dict[int, dict[str, int]] = {}
    for decision, effect, origin, state, count in rows:
        found.setdefault(decision, {})[effect_of(effect, origin=origin, state=state).key] = count
    return found


def _tally(counts: dict[str, int]) -> str:
    """ "2 thủ tục mới ban hành, 5 sửa đổi, bổ sung" """
    total = sum(counts.values())
    parts = [
        f"{number(counts[effect.key])} {str(effect.title).lower()}"
        for effect in EFFECTS
        if counts.get(effect.key)
    ]
    words = procedures(total)
    return f"{words}: {'; '.join(parts)}" if parts else words


def _answers(decisions: Iterable[int]) -> dict[int, list[str]]:
    """By decision: the ministry decisions that it carries out."""
    rows = (
        AnnouncementItem.objects.filter(decision__in=decisions, answers__isnull=False)
        .order_by("answers__decision__signed_on", "answers__decision__number")
        .values_list("decision", "answers__decision__number", "answers__decision__issuer_name")
        .distinct()
    )
    found: dict[int, list[str]] = {}
    for decision, ministry_number, issuer in rows:
        words = gettext("Quyết định %(number)s của %(issuer)s")
        found.setdefault(decision, []).append(words % {"number": ministry_number, "issuer": issuer})
    return found


def _effect_groups(decision: AnnouncementDecision) -> list[EffectGroup]:
    rows = (
        Listing.objects.done_by([decision.pk])
        .order_by("item__ordinal", "code")
        .values_list(
            "item__effect", "origin", "state", "code", "name", "procedure_id",
            "text__field__name", "change_note", "successors",
        )
    )  # fmt: skip
    found: dict[str, list[ItemRow]] = {}
    listings = list(rows)
    public = _with_pages(row[5] for row in listings)
    for item_effect, origin, state, code, name, procedure, field, note, successors in listings:
        path = to(PageKind.PROCEDURE, code) if procedure in public else ""
        links = tuple(Link(it, to(PageKind.PROCEDURE, it)) for it in successors)
        effect = effect_of(item_effect, origin=origin, state=state)
        row = ItemRow(code, name, path, field or "", note, links)
        found.setdefault(effect.key, []).append(row)
    return [
        EffectGroup(
            effect.key, str(effect.title), effect.color, effect.icon, tuple(found[effect.key])
        )
        for effect in EFFECTS
        if effect.key in found
    ]


def _with_pages(procedures: Iterable[int]) -> set[int]:
    """Those that the public can see now; a decision's day may still be to come."""
    current = Listing.objects.current().filter(procedure__in=list(procedures))
    return set(current.values_list("procedure_id", flat=True))
