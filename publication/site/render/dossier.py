"""What procedure pages are made from, read for many procedures in a fixed number of queries.

Only what is public: listings that are or were in force, the decisions they stand on, and the
names of listings they point to.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from publication.announced_text import AnnouncedText, read_text
from publication.models import AnnouncementItem, Listing, ListingShelf

NEIGHBOURS = 2
_Place = tuple[str, str]  # sort key, code


class NoSuchPage(LookupError):
    """The page asked for shows nothing that is public."""


@dataclass(frozen=True)
class Named:
    """Another procedure by its public code and name."""

    code: str
    name: str


@dataclass(frozen=True)
class Version:
    """One public text in its time; `valid_to` is its last day, None while it holds."""

    listing: Listing
    valid_to: date | None
    ordinal: int


@dataclass(frozen=True)
class Dossier:
    """One page's material: the version shown, its text, and what stands around it.

    The listing that ends a procedure carries the text that was offered last.
    """

    shown: Version
    text: AnnouncedText
    history: tuple[Version, ...]  # newest first
    current: Version | None
    successors: tuple[Named, ...]
    replaced: tuple[Named, ...]
    related: tuple[Named, ...]


def read_dossiers(keys: Sequence[str]) -> dict[str, Dossier]:
    """Dossiers by page key: a code, or code/yyyy-mm-dd for one version.

    Keys that name nothing public are left out. At most six queries, whatever the number of keys.
    """
    histories = _read_histories({key.partition("/")[0] for key in keys})
    shown = {key: version for key in keys if (version := _pick(histories, key))}
    texts = dict(
        Listing.objects.filter(pk__in={it.listing.pk for it in shown.values()}).values_list(
            "pk", "text"
        )
    )
    read = {key: read_text(texts[version.listing.pk]) for key, version in shown.items()}
    replaced = _read_replaced(version.listing for version in shown.values())
    fields = _read_fields(text.field.slug for text in read.values())
    beside = {
        key: _neighbours(fields.get(read[key].field.slug, []), version.listing)
        for key, version in shown.items()
    }
    successors = {code for version in shown.values() for code in _successors(version)}
    names = _read_names(successors.union(*beside.values()))
    return {
        key: Dossier(
            shown=version,
            text=read[key],
            history=histories[version.listing.code],
            current=next((v for v in histories[version.listing.code] if _is_current(v)), None),
            successors=tuple(names[code] for code in _successors(version) if code in names),
            replaced=replaced.get(version.listing.item_id, ()),
            related=tuple(names[code] for code in beside[key] if code in names),
        )
        for key, version in shown.items()
    }


def given_dossier(listing: Listing, text: AnnouncedText) -> Dossier:
    """The dossier a listing would have if it were the one the public sees now.

    The listing need not be a row: it is laid on top of what the procedure's history holds.
    """
    past = _read_histories({listing.code}).get(listing.code, ())
    eve = date.fromordinal(listing.valid_from.toordinal() - 1)
    earlier = (replace(it, valid_to=eve) if it.valid_to is None else it for it in past)
    shown = Version(listing, None, len(past) + 1)
    field = _read_fields({text.field.slug}).get(text.field.slug, [])
    beside = _neighbours(field, listing)
    names = _read_names({*listing.successors, *beside})
    return Dossier(
        shown=shown,
        text=text,
        history=(shown, *earlier),
        current=shown,
        successors=tuple(names[code] for code in listing.successors if code in names),
        replaced=_read_replaced([listing]).get(listing.item_id, ()),
        related=tuple(names[code] for code in beside if code in names),
    )


def _read_histories(codes: Iterable[str]) -> dict[str, tuple[Version, ...]]:
    listings = (
        Listing.objects.standing()
        .filter(procedure__code__in=list(codes), in_force_at__isnull=False)
        .select_related("decision", "item__answers__decision")
        .defer("text", "item__frozen_text")
        .order_by("code", "valid_from")
    )
    by_code: dict[str, list[Listing]] = {}
    for listing in listings:
        by_code.setdefault(listing.code, []).append(listing)
    return {code: _as_versions(found) for code, found in by_code.items()}


def _as_versions(listings: list[Listing]) -> tuple[Version, ...]:
    """Oldest first in, newest first out, each ending the day before the next begins."""
    ends = [date.fromordinal(after.valid_from.toordinal() - 1) for after in listings[1:]]
    versions = [
        Version(listing, end, ordinal)
        for ordinal, (listing, end) in enumerate(zip(listings, [*ends, None], strict=True), start=1)
    ]
    return tuple(reversed(versions))


def _pick(histories: dict[str, tuple[Version, ...]], key: str) -> Version | None:
    code, _, day = key.partition("/")
    versions = histories.get(code, ())
    if day:
        return next((v for v in versions if v.listing.valid_from.isoformat() == day), None)
    return next((v for v in versions if _is_current(v)), None)


def _is_current(version: Version) -> bool:
    return version.listing.is_current


def _successors(version: Version) -> list[str]:
    return list(version.listing.successors)


def _read_names(codes: Iterable[str]) -> dict[str, Named]:
    rows = Listing.objects.current().filter(procedure__code__in=list(codes))
    return {code: Named(code, name) for code, name in rows.values_list("code", "name")}


def _read_replaced(listings: Iterable[Listing]) -> dict[int | None, tuple[Named, ...]]:
    """By the item that replaced them: the procedures that ended in favour of this one."""
    items = [listing.item_id for listing in listings if listing.item_id]
    rows = (
        AnnouncementItem.objects.filter(pk__in=items, replaces__listings__is_current=True)
        .order_by("replaces__listings__code")
        .values_list("pk", "replaces__listings__code", "replaces__listings__name")
    )
    found: dict[int | None, tuple[Named, ...]] = {}
    for item, code, name in rows:
        found[item] = (*found.get(item, ()), Named(code, name))
    return found


def _read_fields(slugs: Iterable[str]) -> dict[str, list[_Place]]:
    """By field: everything offered in it, in the order of its list; from the index alone."""
    rows = ListingShelf.objects.filter(
        shelf="field", key__in=set(slugs), is_current=True
    ).values_list("key", "sort_key", "code")
    fields: dict[str, list[_Place]] = {}
    for slug, sort_key, code in rows:
        fields.setdefault(slug, []).append((sort_key, code))
    return {slug: sorted(places) for slug, places in fields.items()}


def _neighbours(field: list[_Place], listing: Listing) -> tuple[str, ...]:
    """The codes of the two before and the two after in the field's list.

    Neighbours and not a choice of the whole field, so that one change touches few pages.
    """
    at = bisect_left(field, (listing.sort_key, listing.code))
    own = at < len(field) and field[at][1] == listing.code
    after = at + 1 if own else at
    places = field[max(at - NEIGHBOURS, 0) : at] + field[after : after + NEIGHBOURS]
    return tuple(code for _sort_key, code in places)
