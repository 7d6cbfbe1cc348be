"""What the province still offers although a ministry has ended it.

The ministries' last word on a code counts: what they announced anew since is no contradiction. An
ending counts from the day its legal text takes effect; without that day, from its signing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Q

from publication.enums import ItemEffect
from publication.models import Listing, MinistryDecision, MinistryItem
from publication.querysets import ListingQuerySet

_CHUNK = 2000


@dataclass(frozen=True)
class Ending:
    """What a ministry decision ends; `replaced_by` is empty for what was abolished."""

    code: str
    decision_id: int
    signed_on: date | None
    effective_on: date | None
    replaced_by: str = ""

    @property
    def ended_on(self) -> date | None:
        return self.effective_on or self.signed_on


@dataclass(frozen=True)
class Contradiction:
    """A listing that offers, or is about to offer, what has ended."""

    ending: Ending
    ministry_decision: MinistryDecision
    listing: Listing

    @property
    def was_announced_after(self) -> bool:
        """The province announced it although the ministry had signed its end before."""
        signed, announced = self.ending.signed_on, self.listing.decision.signed_on
        return signed is not None and announced is not None and announced > signed


def find_contradictions(*, on: date) -> list[Contradiction]:
    """All of them on a day, the oldest ending first; a fixed number of queries."""
    offered = set(_offered(on=on).values_list("code", flat=True))
    endings = {
        ending.code: ending
        for ending in _last_endings()
        if ending.code in offered and (ending.ended_on or date.min) <= on
    }
    for code in _announced_since(endings):
        del endings[code]
    return sorted(
        _beside_listings(endings, on=on),
        key=lambda row: (row.ending.ended_on or date.min, row.listing.code),
    )


def _offered(*, on: date) -> ListingQuerySet:
    """Listings that the public sees, and those whose day is still to come."""
    return Listing.objects.standing().offered().filter(Q(is_current=True) | Q(valid_from__gt=on))


def _last_endings() -> Iterator[Ending]:
    """The last ending of each code, by abolition or because another takes its place."""
    rows = (
        MinistryItem.objects.applicable()
        .filter(Q(effect=ItemEffect.ABOLISHED) | ~Q(replaces_codes=[]))
        .annotate(effective_on=Min("decision__legal_documents__effective_on"))
        .values_list(
            "code", "effect", "replaces_codes", "decision_id", "decision__signed_on", "effective_on"
        )
    )
    last: dict[str, Ending] = {}
    for code, effect, replaces, decision_id, signed, effective in rows.iterator(chunk_size=_CHUNK):
        found = [Ending(old, decision_id, signed, effective, code) for old in replaces]
        if effect == ItemEffect.ABOLISHED:
            found.append(Ending(code, decision_id, signed, effective))
        for ending in found:
            held = last.get(ending.code)
            if held is None or _word(held.signed_on) < _word(ending.signed_on):
                last[ending.code] = ending
    yield from last.values()


def _announced_since(endings: dict[str, Ending]) -> set[str]:
    """The codes on which a ministry has said something else since they ended."""
    rows = MinistryItem.objects.applicable().exclude(effect=ItemEffect.ABOLISHED)
    words = rows.filter(code__in=list(endings)).values_list("code", "decision__signed_on")
    return {code for code, signed in words if _word(signed) > _word(endings[code].signed_on)}


def _beside_listings(endings: dict[str, Ending], *, on: date) -> Iterator[Contradiction]:
    ministry = MinistryDecision.objects.select_related("issuer").in_bulk(
        {ending.decision_id for ending in endings.values()}
    )
    listings = _offered(on=on).filter(code__in=list(endings)).defer("text", "facts")
    for listing in listings.select_related("decision__lead_agency"):
        ending = endings[listing.code]
        yield Contradiction(ending, ministry[ending.decision_id], listing)


def _word(signed_on: date | None) -> date:
    """An undated word is held to be the oldest: whatever has a day came after."""
    return signed_on or date.min
