"""What a browser would post for the form of a ministry decision."""

from typing import Any

from publication.models import MinistryDecision


def form_data(decision: MinistryDecision | None = None, **facts: Any) -> dict[str, Any]:
    """The saved rows as they stand in the form; `rows` are added, `changes` laid over by prefix."""
    rows = facts.pop("rows", [])
    changes = facts.pop("changes", {})
    saved = list(decision.items.order_by("ordinal", "pk")) if decision else []
    data: dict[str, Any] = {
        "number": "163/QĐ-BTP",
        "issuer_name": "",
        "signed_on": "2024-08-01",
        "title": "Công bố thủ tục",
        "legal_documents-TOTAL_FORMS": 0,
        "legal_documents-INITIAL_FORMS": 0,
        "items-TOTAL_FORMS": len(saved) + len(rows),
        "items-INITIAL_FORMS": len(saved),
    }
    if decision:
        data |= {
            "issuer": decision.issuer_id,
            "number": decision.number,
            "version_read": decision.version,
        }
    for place, item in enumerate(saved):
        data |= _prefixed(place, _saved(item))
    for place, row in enumerate(rows, start=len(saved)):
        data |= _prefixed(place, {"ordinal": place + 1, "effect": "new", **row})
    data |= facts | changes
    return data


def _saved(item: Any) -> dict[str, Any]:
    return {
        "id": item.pk,
        "decision": item.decision_id,
        "ordinal": item.ordinal,
        "code": item.code,
        "name": item.name,
        "effect": item.effect,
        "levels": item.levels,
        "agencies": [agency.pk for agency in item.agencies.all()],
        "replaces_codes": ", ".join(item.replaces_codes),
        "exit_reason": item.not_applicable_reason,
    }


def _prefixed(place: int, row: dict[str, Any]) -> dict[str, Any]:
    return {f"items-{place}-{name}": value for name, value in row.items()}
