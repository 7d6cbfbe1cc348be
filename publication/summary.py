"""A listing in a few facts: what every list of procedures says, in the API and in search.

A listing keeps them as one line of JSON, written when it is made: its facts never change after.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict

from django.conf import settings


class NamedPlace(TypedDict):
    name: str
    slug: str


class DecisionReference(TypedDict):
    number: str
    signed_on: str
    url: str


class Summary(TypedDict):
    """Days are ISO 8601; `url` begins with "/"."""

    code: str
    name: str
    kind: str
    online_level: str
    levels: list[str]
    audiences: list[str]
    field: NamedPlace
    lead_agency: NamedPlace | None
    state: str
    valid_from: str
    decision: DecisionReference
    digest: str
    url: str


def summary(row: Mapping[str, Any]) -> Summary:
    """`row` has the columns of a listing, its decision's with "decision__" before them, and the
    text's facts as "facts"."""
    facts = row["facts"]
    return Summary(
        code=row["code"],
        name=row["name"],
        kind=row["kind"],
        online_level=row["online_level"],
        levels=facts["levels"],
        audiences=facts["audiences"],
        field=facts["field"],
        lead_agency=facts["lead_agency"],
        state=row["state"],
        valid_from=row["valid_from"].isoformat(),
        decision=decision_reference(
            row["decision__number"], row["decision__signed_on"], row["decision__slug"]
        ),
        digest=row["digest"],
        url=f"/thu-tuc/{row['code']}/",
    )


def decision_reference(number: str, signed_on: date | None, slug: str | None) -> DecisionReference:
    return DecisionReference(
        number=number,
        signed_on=signed_on.isoformat() if signed_on else "",
        url=f"/quyet-dinh/{slug}/" if slug else "",
    )


def listing_row(listing: Any) -> str:
    """The line that a listing keeps. Reads its decision; addresses begin with "/"."""
    decision = listing.decision
    facts = summary(
        {
            "facts": listing.text,
            "decision__number": decision.number,
            "decision__signed_on": decision.signed_on,
            "decision__slug": decision.slug,
            **{name: getattr(listing, name) for name in _OWN},
        }
    )
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))


_OWN = ("code", "name", "kind", "online_level", "state", "valid_from", "digest")


def with_addresses(rows: str) -> str:
    """Rows with whole addresses. Inside a JSON string a quote is escaped, so that no name or
    note can look like the key."""
    return rows.replace('"url":"/', f'"url":"{settings.PORTAL_URL}/')
