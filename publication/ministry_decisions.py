"""Ministry decisions known from the national register: who announced which codes.

Every imported national text names the ministry decision it stands on. Gathered by issuer and
number they are the ministry decisions the province has to answer, without typing them again.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count

from catalog.codes import DECISION_NUMBER, decision_number_key
from catalog.enums import AgencyKind
from catalog.models import Agency, NationalRecord
from publication.enums import ItemEffect
from publication.models import MinistryDecision, MinistryItem

_BATCH = 500


@dataclass
class RecordedDecisions:
    """What a run wrote, and which decision numbers it could not lay at a ministry's door."""

    decisions: int = 0
    items: int = 0
    unplaced: dict[str, int] = field(default_factory=dict)


@transaction.atomic
def record_ministry_decisions() -> RecordedDecisions:
    """Write the ministry decisions that the latest national texts name; a second run adds nothing.

    A code the register met for the first time is new, one with an earlier national text amended.
    The day of signing is left open: national texts do not state it. A number whose ministry is
    not in the register (by its short name, "BTP" of "163/QĐ-BTP") is reported, never guessed.
    """
    report = RecordedDecisions()
    ministries = _ministries_by_short_name()
    for number, records in _records_by_number().items():
        issuer = ministries.get(_issuer_mark(number))
        if issuer is None:
            report.unplaced[number] = len(records)
            continue
        decision, created = MinistryDecision.objects.get_or_create(
            issuer=issuer,
            number_key=decision_number_key(number),
            defaults={"number": number, "issuer_name": issuer.name},
        )
        report.decisions += created
        report.items += _add_items(decision, records)
    return report


def _records_by_number() -> dict[str, list[NationalRecord]]:
    records = (
        NationalRecord.objects.filter(latest=True)
        .exclude(decision_number="")
        .select_related("procedure")
        .only("decision_number", "name", "procedure__code", "procedure__levels")
        .annotate(texts=Count("procedure__national_records"))
        .order_by("procedure__code", "-taken_on", "-pk")
    )
    grouped: dict[str, list[NationalRecord]] = defaultdict(list)
    seen: set[str] = set()
    for record in records.iterator(chunk_size=_BATCH):
        if record.procedure.code not in seen:
            seen.add(record.procedure.code)
            grouped[record.decision_number].append(record)
    return grouped


def _ministries_by_short_name() -> dict[str, Agency]:
    ministries = Agency.objects.filter(kind=AgencyKind.MINISTRY, valid_to=None)
    return {agency.short_name.upper(): agency for agency in ministries if agency.short_name}


def _issuer_mark(number: str) -> str:
    """ "885/QĐ-BCA-C06" gives "BCA"; "" for what is no decision number."""
    if not DECISION_NUMBER.match(number):
        return ""
    return number.split("/QĐ-", 1)[1].split("-", 1)[0]


def _add_items(decision: MinistryDecision, records: list[NationalRecord]) -> int:
    known = set(decision.items.values_list("code", flat=True))
    fresh = [record for record in records if record.procedure.code not in known]
    MinistryItem.objects.bulk_create(
        [
            MinistryItem(
                decision=decision,
                ordinal=ordinal,
                code=record.procedure.code,
                name=record.name,
                effect=ItemEffect.NEW if record.texts == 1 else ItemEffect.AMENDED,  # type: ignore[attr-defined]
                levels=record.procedure.levels,
            )
            for ordinal, record in enumerate(fresh, start=len(known) + 1)
        ],
        batch_size=_BATCH,
    )
    return len(fresh)
