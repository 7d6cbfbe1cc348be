"""A listing in a few facts: what every list of procedures says, in the API and in search.

Read from listings alone, and without the long part of the text, so that a page of fifty costs
kilobytes and not megabytes.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict

from django.db.models import QuerySet

from publication.models import Listing


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


_COLUMNS = (
    "code",
    "name",
    "kind",
    "online_level",
    "state",
    "valid_from",
    "digest",
    "decision__number",
    "decision__signed_on",
    "decision__slug",
)


def summary_rows(listings: "QuerySet[Listing]") -> "QuerySet[Listing, dict[str, Any]]":
    """What `summary` needs, in one query."""
    rows: QuerySet[Listing, dict[str, Any]] = listings.values(*_COLUMNS, "sort_key", "facts")
    return rows


def summary(row: Mapping[str, Any]) -> Summary:
    """The summary of a row of `summary_rows`."""
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
