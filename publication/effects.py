"""What an issued decision says of each procedure, and how the register follows it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from catalog.abolition import abolish_procedure, revive_procedure
from catalog.models import Procedure
from publication.announced_text import AnnouncedText, freeze_text, read_text
from publication.enums import DecisionStatus, ItemEffect, ListingOrigin, ListingState
from publication.listings import ListingDraft, last_offered_texts
from publication.models import AnnouncementDecision, AnnouncementItem, Listing


def items_in_order(decision: AnnouncementDecision) -> Any:
    """The items as the annex orders them, with all that their effects read."""
    return (
        decision.items.select_related("procedure")
        .prefetch_related("replaces")
        .order_by("ordinal", "pk")
    )


def listing_drafts(decision: AnnouncementDecision) -> Iterator[ListingDraft]:
    """A draft for each procedure the decision touches; endings keep the last text (art. 14)."""
    items = list(items_in_order(decision))
    endings = _endings(items)
    last_texts = _last_texts([ended.pk for ended in endings], decision)
    for item in items:
        if item.effect != ItemEffect.ABOLISHED:
            yield ListingDraft(
                procedure_id=item.procedure_id,
                item=item,
                text=read_text(item.frozen_text or {}),
                state=ListingState.OFFERED,
                change_note=item.change_note,
            )
    for ended, by in endings.items():
        own = next((item for item in by if item.procedure == ended), None)
        yield ListingDraft(
            procedure_id=ended.pk,
            item=own,
            origin=ListingOrigin.ITEM if own else ListingOrigin.REPLACEMENT,
            text=last_texts[ended.pk],
            state=ListingState.ABOLISHED,
            change_note=own.change_note if own else "",
            successors=() if own else [item.procedure.code for item in by],
        )


def move_register(decision: AnnouncementDecision) -> None:
    """The register follows: it names what takes a procedure's place, and what is ended."""
    for item in items_in_order(decision):
        for replaced in item.replaces.all():
            replaced.successors.add(item.procedure)
    _follow_listings(decision)


def move_register_back(decision: AnnouncementDecision) -> None:
    """What a withdrawn decision linked is unlinked, unless another one that holds says so too."""
    held = AnnouncementItem.objects.filter(decision__in=AnnouncementDecision.objects.issued())
    for item in items_in_order(decision):
        for replaced in item.replaces.all():
            if not held.filter(procedure=item.procedure, replaces=replaced).exists():
                replaced.successors.remove(item.procedure)
    _follow_listings(decision)


def _follow_listings(decision: AnnouncementDecision) -> None:
    """Ended is what its standing texts say is ended, whichever decisions they are of."""
    touched = Listing.objects.filter(decision=decision).values("procedure")
    ended_since = _ended_since(touched)
    for procedure in Procedure.objects.filter(pk__in=touched).order_by("pk"):
        if procedure.pk in ended_since:
            abolish_procedure(procedure, on=ended_since[procedure.pk])
        else:
            revive_procedure(procedure)


def _ended_since(procedures: Any) -> dict[int, date]:
    """By procedure that has ended, since when."""
    rows = Listing.objects.filter(procedure__in=procedures)
    offered = set(rows.offered().values_list("procedure_id", flat=True))
    lives = rows.standing().order_by("valid_from")
    days: dict[int, date] = {}
    for procedure, state, day, status in lives.values_list(
        "procedure_id", "state", "valid_from", "decision__status"
    ):
        if state == ListingState.OFFERED:
            days.pop(procedure, None)
        # A decision that was withdrawn ends what it had announced, nothing else.
        elif procedure in offered or status != DecisionStatus.WITHDRAWN:
            days.setdefault(procedure, day)
    return days


def _endings(items: list[AnnouncementItem]) -> dict[Procedure, list[AnnouncementItem]]:
    """By procedure that ends, the items that end it: several may take the place of one."""
    endings: dict[Procedure, list[AnnouncementItem]] = {}
    for item in items:
        own = item.effect == ItemEffect.ABOLISHED
        for ended in [item.procedure] if own else item.replaces.all():
            endings.setdefault(ended, []).append(item)
    return endings


def _last_texts(
    procedure_ids: list[int], decision: AnnouncementDecision
) -> dict[int, AnnouncedText]:
    """Last public texts; a procedure that never had one ends with its register text."""
    assert decision.effective_on is not None, "an issued decision has its day of effect"
    texts = last_offered_texts(procedure_ids, on=decision.effective_on)
    missing = [pk for pk in procedure_ids if pk not in texts]
    for procedure in Procedure.objects.for_announcing().filter(pk__in=missing):
        # Its forms were never announced, and no frozen item would keep their files.
        texts[procedure.pk] = freeze_text(procedure).model_copy(update={"form_files": ()})
    return texts
