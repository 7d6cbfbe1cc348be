"""Ministry decisions known from the national register: who announced which codes.

Every imported national text names the ministry decision it stands on. Gathered by issuer and
number they are the ministry decisions the province has to answer, without typing them again.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from simple_history.utils import bulk_create_with_history

from catalog.codes import DECISION_NUMBER, decision_number_key
from catalog.enums import AgencyKind
from catalog.models import Agency, NationalRecord
from catalog.vietnamese import fold
from publication.enums import ItemEffect
from publication.models import MinistryDecision, MinistryItem
from publication.querysets import MinistryDecisionQuerySet, MinistryItemQuerySet

_BATCH = 500


@dataclass
class RecordedDecisions:
    """What a run wrote, and which decision numbers it could not lay at a ministry's door."""

    decisions: int = 0
    items: int = 0
    unplaced: dict[str, int] = field(default_factory=dict)

    def unplaced_by_mark(self) -> dict[str, dict[str, int]]:
        """The same by the issuer's mark in the number, "" where a number has none."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for number, count in sorted(self.unplaced.items()):
            found[issuer_mark(number)][number] = count
        return dict(sorted(found.items()))


@transaction.atomic
def record_ministry_decisions(*, proposed: bool = False) -> RecordedDecisions:
    """Write the ministry decisions that the latest national texts name; a second run adds nothing.

    A code the register met for the first time is new, one with an earlier national text amended.
    The day of signing is left open: national texts do not state it. A number whose ministry is
    not in the register (by its short name, "BTP" of "163/QĐ-BTP") is reported, never guessed.
    What is `proposed` starts no clock before a person confirms it, and decisions that people
    entered or confirmed are left as they are.
    """
    report = RecordedDecisions()
    ministries = ministries_by_mark()
    for number, records in _records_by_number().items():
        issuer = ministries.get(fold(issuer_mark(number)))
        if issuer is None:
            report.unplaced[number] = len(records)
            continue
        rows = [_named(record) for record in records]
        if proposed:
            created, added = propose_items(issuer, number, rows)
        else:
            created, added = _record_items(issuer, number, rows)
        report.decisions += created
        report.items += added
    return report


@dataclass(frozen=True)
class NamedItem:
    """A code that a national text lays to a decision, with what the text did to it."""

    code: str
    name: str
    effect: str
    levels: list[str]


def propose_items(issuer: Agency, number: str, rows: Iterable[NamedItem]) -> tuple[bool, int]:
    """Add what no decision of this number holds yet to a proposed one: (made anew, how many).

    A rejected proposal holds its codes as well: a person has said that they do not count.
    """
    known = set(_items_of(issuer, number).values_list("code", flat=True))
    fresh = [row for row in rows if row.code not in known]
    if not fresh:
        return False, 0
    decision = _decisions_of(issuer, number).proposed().first()
    created = decision is None
    if decision is None:
        decision = _new_decision(issuer, number, proposed=True)
    return created, _add_items(decision, fresh)


def _record_items(issuer: Agency, number: str, rows: list[NamedItem]) -> tuple[bool, int]:
    rejected = rejected_codes(issuer, number)
    rows = [row for row in rows if row.code not in rejected]
    if not rows:
        return False, 0
    standing = _decisions_of(issuer, number).standing()
    decision = standing.order_by("is_proposed", "-signed_year", "pk").first()
    created = decision is None
    if decision is None:
        decision = _new_decision(issuer, number, proposed=False)
    elif decision.is_proposed:
        decision.is_proposed = False
        decision.save()
    known = set(decision.items.values_list("code", flat=True))
    return created, _add_items(decision, [row for row in rows if row.code not in known])


def rejected_codes(issuer: Agency, number: str) -> set[str]:
    """The codes that a person has said this number does not stand behind."""
    items = _items_of(issuer, number).filter(decision__rejected_at__isnull=False)
    return set(items.values_list("code", flat=True))


def _decisions_of(issuer: Agency, number: str) -> MinistryDecisionQuerySet:
    """One number restarts every year, and a national text does not say which year it means."""
    return MinistryDecision.objects.filter(issuer=issuer, number_key=decision_number_key(number))


def _items_of(issuer: Agency, number: str) -> MinistryItemQuerySet:
    return MinistryItem.objects.filter(
        decision__issuer=issuer, decision__number_key=decision_number_key(number)
    )


def _new_decision(issuer: Agency, number: str, *, proposed: bool) -> MinistryDecision:
    decision = MinistryDecision(
        issuer=issuer, number=number, issuer_name=issuer.name, is_proposed=proposed
    )
    decision._change_reason = "Lập từ số quyết định ghi trong dữ liệu quốc gia"  # type: ignore[attr-defined]
    decision.save()
    return decision


def _named(record: NationalRecord) -> NamedItem:
    return NamedItem(
        code=record.procedure.code,
        name=record.name,
        effect=ItemEffect.AMENDED if record.was_known else ItemEffect.NEW,  # type: ignore[attr-defined]
        levels=record.procedure.levels,
    )


def _records_by_number() -> dict[str, list[NationalRecord]]:
    # Sources that show a code on one day meet it together.
    earlier = NationalRecord.objects.filter(
        procedure=OuterRef("procedure"), taken_on__lt=OuterRef("taken_on")
    )
    records = (
        NationalRecord.objects.filter(latest=True)
        .exclude(decision_number="")
        .select_related("procedure")
        .only("decision_number", "name", "procedure__code", "procedure__levels")
        .annotate(was_known=Exists(earlier))
        .order_by("procedure__code", "-taken_on", "-pk")
    )
    grouped: dict[str, list[NationalRecord]] = defaultdict(list)
    seen: set[str] = set()
    for record in records.iterator(chunk_size=_BATCH):
        if record.procedure.code not in seen:
            seen.add(record.procedure.code)
            grouped[record.decision_number].append(record)
    return grouped


def ministries_by_mark() -> dict[str, Agency]:
    """Ministries by the short name that their decision numbers carry, folded."""
    ministries = Agency.objects.filter(kind=AgencyKind.MINISTRY, valid_to=None)
    return {fold(agency.short_name): agency for agency in ministries if agency.short_name}


def issuer_mark(number: str) -> str:
    """ "885/QĐ-BCA-C06" gives "BCA"; "" for what is no decision number."""
    if not DECISION_NUMBER.match(number):
        return ""
    return number.split("/QĐ-", 1)[1].split("-", 1)[0]


def _add_items(decision: MinistryDecision, rows: list[NamedItem]) -> int:
    first = 1 + (decision.items.aggregate(last=Max("ordinal"))["last"] or 0)
    bulk_create_with_history(
        [
            MinistryItem(
                decision=decision,
                ordinal=ordinal,
                code=row.code,
                name=row.name,
                effect=row.effect,
                levels=row.levels,
            )
            for ordinal, row in enumerate(rows, start=first)
        ],
        MinistryItem,
        batch_size=_BATCH,
    )
    return len(rows)
