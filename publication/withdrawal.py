"""What withdrawing a decision does to the listings it made: the texts before it hold again.

A text whose day has not come is taken back, and what it had set aside stands again. A text the
public sees gives way, from the day of withdrawal, to the text that held before; where there was
none the procedure ends. What a later decision has superseded since stays as history.
"""

from datetime import date, datetime

from django.db.models import Q

from publication.announced_text import read_text
from publication.enums import DecisionStatus, ListingOrigin, ListingState
from publication.listings import ListingDraft, make_listings
from publication.models import AnnouncementDecision, Listing


def take_back_listings(decision: AnnouncementDecision, *, on: date, now: datetime) -> None:
    """Undo a decision for the public from a day on; every text it made stays readable."""
    _take_back_coming(decision, now=now)
    shown = list(Listing.objects.current().filter(decision=decision).order_by("pk"))
    for stands_on, drafts in _restoring(shown).items():
        make_listings(drafts, decision=stands_on, valid_from=on, now=now)


def _take_back_coming(decision: AnnouncementDecision, *, now: datetime) -> None:
    """Those set aside too: nothing of it may stand again when what set them aside is gone."""
    coming = Listing.objects.filter(decision=decision, in_force_at=None, withdrawn_at=None)
    keys = list(coming.values_list("pk", flat=True))
    coming.update(withdrawn_at=now)
    for behind in Listing.objects.filter(set_aside_by__in=keys).select_related("set_aside_by"):
        assert behind.set_aside_by is not None, "asked for by what set it aside"
        behind.set_aside_by = behind.set_aside_by.set_aside_by
        behind.save(update_fields=["set_aside_by"])


def _restoring(shown: list[Listing]) -> dict[AnnouncementDecision, list[ListingDraft]]:
    """Drafts of what holds again, by the decision that each stands on."""
    found: dict[AnnouncementDecision, list[ListingDraft]] = {}
    for listing in shown:
        before = _before(listing)
        source = before or listing
        draft = ListingDraft(
            procedure_id=listing.procedure_id,
            text=read_text(source.text),
            state=ListingState(before.state) if before else ListingState.ABOLISHED,
            origin=ListingOrigin.WITHDRAWAL,
            change_note=f"Quyết định số {listing.decision.number} đã bị thu hồi.",
            successors=before.successors if before else (),
        )
        found.setdefault(source.decision, []).append(draft)
    return found


def _before(listing: Listing) -> Listing | None:
    """The text that held before: one set aside for the same day, else the one of an earlier day.

    Set aside or not: what set it aside may itself have been withdrawn.
    """
    earlier = Q(valid_from__lt=listing.valid_from)
    same_day = Q(valid_from=listing.valid_from, pk__lt=listing.pk)
    return (
        Listing.objects.filter(earlier | same_day, procedure=listing.procedure_id)
        .filter(withdrawn_at=None)
        .exclude(decision__status=DecisionStatus.WITHDRAWN)
        .select_related("decision")
        .order_by("-valid_from", "-pk")
        .first()
    )
