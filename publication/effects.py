"""What an issued decision says of each procedure, and how the register follows it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from catalog.abolition import abolish_procedure, revive_procedure
from catalog.models import Procedure
from publication.announced_text import AnnouncedText, freeze_text, read_text
from publication.enums import ItemEffect, ListingOrigin, ListingState
from publication.listings import ListingDraft, last_offered_texts
from publication.models import AnnouncementDecision, AnnouncementItem


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


def move_register(decision: AnnouncementDecision, *, on: date) -> None:
    """The register follows: what is announced is in force, what is ended is abolished."""
    for item in items_in_order(decision):
        if item.effect == ItemEffect.ABOLISHED:
            abolish_procedure(item.procedure, on=on)
            continue
        revive_procedure(item.procedure)
        for replaced in item.replaces.all():
            abolish_procedure(replaced, on=on, successors=[item.procedure])


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
