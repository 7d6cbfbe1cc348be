"""What the API says of a decision of the province, and of each procedure it acts on."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypedDict

from django.conf import settings
from django.db.models import Count, QuerySet

from publication.lifecycle import PUBLIC
from publication.models import AnnouncementDecision, Listing
from publication.site.render.effects import effect_of
from publication.summary import NamedPlace


class DecisionFacts(TypedDict):
    """Days are ISO 8601; `corrects` is the slug of the decision that this one mends."""

    slug: str
    number: str
    title: str
    issuer: str
    signed_on: str
    signed_by: str
    effective_on: str
    status: str
    withdrawn_on: str | None
    withdrawal_basis: str
    lead_agency: NamedPlace | None
    corrects: str | None
    procedures: int
    url: str


class ItemFacts(TypedDict):
    """`effect` is new, amended, replaced, abolished, corrected, or ended: replaced by another."""

    code: str
    name: str
    effect: str
    part: str
    ordinal: int | None
    change_note: str
    successors: list[str]
    answers: dict[str, str] | None


DECISION_FIELDS = tuple(DecisionFacts.__annotations__)


def public_decisions() -> "QuerySet[AnnouncementDecision]":
    """With all that `decision_facts` reads."""
    decisions: QuerySet[AnnouncementDecision] = AnnouncementDecision.objects.public()
    return decisions.select_related("lead_agency", "corrects")


def decision_facts(decisions: Sequence[AnnouncementDecision]) -> list[DecisionFacts]:
    """In their order; one query for how many procedures each acts on."""
    own = Listing.objects.done_by(decision.pk for decision in decisions)
    counts = dict(own.order_by().values_list("decision").annotate(Count("pk")))
    return [_facts(decision, counts.get(decision.pk, 0)) for decision in decisions]


def items_of(decisions: Iterable[int]) -> dict[int, list[ItemFacts]]:
    """By decision, in the order of its annex; one query."""
    rows = Listing.objects.done_by(decisions).order_by("decision", "item__ordinal", "code")
    found: dict[int, list[ItemFacts]] = defaultdict(list)
    for row in rows.values(*_ITEM):
        found[row["decision"]].append(_item(row))
    return found


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


_ANSWERS = "item__answers__decision__"
_ITEM = (
    *("decision", "code", "name", "origin", "state", "change_note", "successors"),
    *("item__effect", "item__part", "item__ordinal", "decision__corrects"),
    *(f"{_ANSWERS}{name}" for name in ("number", "signed_on", "issuer_name")),
)


def _facts(decision: AnnouncementDecision, procedures: int) -> DecisionFacts:
    agency, corrected = decision.lead_agency, decision.corrects
    return DecisionFacts(
        slug=decision.slug or "",
        number=decision.number,
        title=decision.title,
        issuer=decision.issuer_name,
        signed_on=iso(decision.signed_on) or "",
        signed_by=decision.signed_by,
        effective_on=iso(decision.effective_on) or "",
        status=decision.status,
        withdrawn_on=iso(decision.withdrawn_on),
        withdrawal_basis=decision.withdrawal_basis,
        lead_agency=NamedPlace(name=agency.name, slug=agency.slug) if agency else None,
        corrects=corrected.slug if corrected and corrected.status in PUBLIC else None,
        procedures=procedures,
        url=settings.PORTAL_URL + decision.get_absolute_url(),
    )


def _item(row: dict[str, Any]) -> ItemFacts:
    effect = effect_of(
        row["item__effect"],
        origin=row["origin"],
        state=row["state"],
        corrects=row["decision__corrects"],
    )
    return ItemFacts(
        code=row["code"],
        name=row["name"],
        effect=effect.key,
        part=row["item__part"] or "",
        ordinal=row["item__ordinal"],
        change_note=row["change_note"],
        successors=row["successors"],
        answers=_answered(row),
    )


def _answered(row: dict[str, Any]) -> dict[str, str] | None:
    """The ministry decision that the item carries out."""
    if not row[f"{_ANSWERS}number"]:
        return None
    return {
        "number": row[f"{_ANSWERS}number"],
        "signed_on": iso(row[f"{_ANSWERS}signed_on"]) or "",
        "issuer": row[f"{_ANSWERS}issuer_name"],
    }
