"""The rows of a procedure's history: its texts, newest first, and what each changed."""

from dataclasses import dataclass
from datetime import date

from publication.enums import ListingState
from publication.site.page import PageKind
from publication.site.render.dossier import Dossier, Version
from publication.site.render.effects import effect_of
from publication.site.render.frame import to
from publication.site.render.language import gettext


@dataclass(frozen=True)
class HistoryRow:
    title: str
    first_day: date
    last_day: date | None
    note: str
    decision: str
    decision_path: str
    path: str  # "" for the version that this page shows
    change_path: str  # "" for the first text, and for an end that changed no word
    shown: bool


def history_rows(dossier: Dossier) -> list[HistoryRow]:
    return [_history_row(version, dossier) for version in dossier.history]


def _history_row(version: Version, dossier: Dossier) -> HistoryRow:
    listing, shown = version.listing, version is dossier.shown
    path = (
        to(PageKind.PROCEDURE, listing.code)
        if listing.is_current
        else to(PageKind.VERSION, f"{listing.code}/{listing.valid_from.isoformat()}")
    )
    return HistoryRow(
        title=_version_title(version),
        first_day=listing.valid_from,
        last_day=version.valid_to,
        note=listing.change_note,
        decision=listing.decision.number,
        decision_path=decision_path(listing.decision.slug),
        path="" if shown else path,
        change_path=_change_path(version),
        shown=shown,
    )


def _change_path(version: Version) -> str:
    listing = version.listing
    previewed = listing.in_force_at is None
    if previewed or version.ordinal == 1 or listing.state == ListingState.ABOLISHED:
        return ""
    return to(PageKind.DIFFERENCE, f"{listing.code}/{listing.valid_from.isoformat()}")


def _version_title(version: Version) -> str:
    listing = version.listing
    effect = effect_of(
        listing.item.effect if listing.item else None,
        origin=listing.origin,
        state=listing.state,
        corrects=listing.decision.corrects_id,
    )
    if listing.state == ListingState.ABOLISHED:
        return str(effect.title)
    name = gettext("Bản %(ordinal)s") % {"ordinal": version.ordinal}
    return f"{name} · {str(effect.title).lower()}"


def decision_path(slug: str | None) -> str:
    """A decision that was not issued yet has no page: its facts stand on this one."""
    return to(PageKind.DECISION, slug) if slug else "#quyet-dinh"
