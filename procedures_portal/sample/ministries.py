"""The sample's ministry decisions: what the province has to answer."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from catalog.models import Agency
from procedures_portal.sample.reading import Sample, SampleProcedure
from procedures_portal.sample.shorthand import Laws
from publication.models import LegalDocument, MinistryDecision, MinistryItem


def load_ministry_decisions(sample: Sample) -> int:
    """Enter the decisions that are not there yet; how many."""
    by_code = {procedure.code: procedure for procedure in sample.procedures}
    return sum(_enter(head, by_code, sample.laws) for head in sample.ministry_decisions)


def _enter(head: dict[str, Any], by_code: dict[str, SampleProcedure], laws: Laws) -> bool:
    issuer = Agency.objects.get(slug=head["issuer"])
    decision, fresh = MinistryDecision.objects.get_or_create(
        issuer=issuer,
        number=head["number"],
        signed_on=head["signed_on"],
        defaults={
            "issuer_name": issuer.name,
            "received_on": head["received_on"],
            "title": head["title"],
            "shortened_procedure": head.get("shortened_procedure", False),
        },
    )
    if fresh:
        _add_documents(decision, head["legal_documents"], laws)
        _add_items(decision, (_item(row, by_code) for row in head["items"]))
        _approve_exits(decision, on=head["received_on"])
    return fresh


def _add_documents(decision: MinistryDecision, rows: list[dict[str, Any]], laws: Laws) -> None:
    for row in rows:
        title, issued_on, _ = laws[row["number"]]
        LegalDocument.objects.create(
            decision=decision,
            number=row["number"],
            title=title,
            issued_on=issued_on,
            effective_on=row["effective_on"],
        )


def _approve_exits(decision: MinistryDecision, *, on: date) -> None:
    decision.items.exclude(not_applicable_reason="").update(
        not_applicable_approved_at=datetime.combine(
            on, time(16), tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")
        ),
        not_applicable_approved_by="Văn phòng UBND tỉnh",
    )


def _item(row: Any, by_code: dict[str, SampleProcedure]) -> dict[str, Any]:
    """A table as it stands; of a pair [code, effect] the rest is what the register says."""
    if isinstance(row, dict):
        return row
    code, effect = row
    facts = by_code[code].facts
    return {"code": code, "effect": effect, "name": facts["name"], "levels": facts["levels"]}


def _add_items(decision: MinistryDecision, rows: Iterable[dict[str, Any]]) -> None:
    MinistryItem.objects.bulk_create(
        MinistryItem(decision=decision, ordinal=ordinal, **row)
        for ordinal, row in enumerate(rows, start=1)
    )
