"""Announcing: each function is one act, done whole in one transaction.

A public text changes by `issue_announcement` and in no other way. Callers (admin, commands,
tasks, the API) pass who acts and when; they decide nothing.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from catalog.abolition import abolish_procedure, revive_procedure
from catalog.canonical import digest
from catalog.codes import decision_number
from catalog.models import Procedure
from catalog.vietnamese import slug
from publication.announced_text import AnnouncedText, freeze_text, read_text
from publication.checks import find_findings, refuse_blocking
from publication.enums import DecisionStatus, ItemEffect, ListingState
from publication.lifecycle import check_move
from publication.listings import (
    ListingDraft,
    bring_into_force,
    last_offered_texts,
    make_listings,
)
from publication.models import AnnouncementDecision, AnnouncementItem
from publication.wake import wake_consumers, wake_gaps


def submit_announcement(*, decision_id: int, by: Any, now: datetime) -> AnnouncementDecision:
    """Take the register texts and freeze them: from here on, what is reviewed is what is issued.

    Raises IllegalMove and DecisionRefused; then nothing has changed.
    """
    with transaction.atomic():
        decision = _lock(decision_id)
        check_move(decision.status, DecisionStatus.SUBMITTED)
        refuse_blocking(find_findings(decision, on=decision.effective_on or localdate(now)))
        decision.frozen_digest = _freeze_items(decision)
        decision.status = DecisionStatus.SUBMITTED
        decision.submitted_at = now
        _save(decision, by=by, reason="Trình")
        return decision


def return_announcement(*, decision_id: int, by: Any, reason: str) -> AnnouncementDecision:
    """Give a submitted decision back for mending; its frozen texts are let go.

    Raises IllegalMove; then nothing has changed.
    """
    with transaction.atomic():
        decision = _lock(decision_id)
        check_move(decision.status, DecisionStatus.DRAFT)
        decision.items.update(frozen_text=None, frozen_digest="")
        decision.frozen_digest = ""
        decision.status = DecisionStatus.DRAFT
        decision.submitted_at = None
        _save(decision, by=by, reason=f"Trả lại: {reason}")
        return decision


def issue_announcement(
    *,
    decision_id: int,
    by: Any,
    number: str,
    signed_on: date,
    signed_by: str,
    effective_on: date,
    now: datetime,
    signed_file: Any = None,
) -> AnnouncementDecision:
    """Issue a submitted decision: its effects, its listings and their events, all or nothing.

    Listings whose day has come are public at once, later ones on their day. Raises IllegalMove,
    DecisionRefused, CodeError (number) and IntegrityError (number taken, dates in wrong order).
    """
    with transaction.atomic():
        decision = _lock(decision_id)
        check_move(decision.status, DecisionStatus.ISSUED)
        refuse_blocking(find_findings(decision, on=effective_on))
        decision.number = decision_number(number)
        decision.signed_on, decision.signed_by = signed_on, signed_by
        decision.effective_on, decision.issued_at = effective_on, now
        decision.slug = _decision_slug(decision)
        if signed_file is not None:
            decision.signed_file = signed_file
        decision.status = DecisionStatus.ISSUED
        _save(decision, by=by, reason="Ban hành")
        make_listings(list(_drafts(decision)), decision=decision, valid_from=effective_on, now=now)
        _move_register(decision, on=effective_on)
        bring_into_force(on=localdate(now), now=now)
        transaction.on_commit(wake_consumers)
        transaction.on_commit(wake_gaps)
        return decision


def _drafts(decision: AnnouncementDecision) -> Iterator[ListingDraft]:
    """What the decision says of each procedure; endings keep the last text readable (art. 14)."""
    items = list(_items(decision))
    last_texts = _last_texts([ended.pk for item in items for ended in _ended_by(item)], decision)
    for item in items:
        if item.effect != ItemEffect.ABOLISHED:
            yield ListingDraft(
                procedure_id=item.procedure_id,
                item=item,
                text=read_text(item.frozen_text or {}),
                state=ListingState.OFFERED,
                change_note=item.change_note,
            )
        for ended in _ended_by(item):
            own = ended == item.procedure
            yield ListingDraft(
                procedure_id=ended.pk,
                item=item if own else None,
                text=last_texts[ended.pk],
                state=ListingState.ABOLISHED,
                change_note=item.change_note if own else "",
                successors=() if own else (item.procedure.code,),
            )


def _move_register(decision: AnnouncementDecision, *, on: date) -> None:
    """The register follows: what is announced is in force, what is ended is abolished."""
    for item in _items(decision):
        if item.effect == ItemEffect.ABOLISHED:
            abolish_procedure(item.procedure, on=on)
            continue
        revive_procedure(item.procedure)
        for replaced in item.replaces.all():
            abolish_procedure(replaced, on=on, successors=[item.procedure])


def _ended_by(item: AnnouncementItem) -> list[Procedure]:
    if item.effect == ItemEffect.ABOLISHED:
        return [item.procedure]
    return list(item.replaces.all())


def _last_texts(
    procedure_ids: list[int], decision: AnnouncementDecision
) -> dict[int, AnnouncedText]:
    """Last public texts; a procedure that never had one ends with its register text."""
    assert decision.effective_on is not None, "an issued decision has its day of effect"
    texts = last_offered_texts(procedure_ids, on=decision.effective_on)
    missing = [pk for pk in procedure_ids if pk not in texts]
    for procedure in Procedure.objects.for_announcing().filter(pk__in=missing):
        texts[procedure.pk] = freeze_text(procedure)
    return texts


def _freeze_items(decision: AnnouncementDecision) -> str:
    """Freeze every item; the digest over all of them is what reviewers are shown."""
    items = list(_items(decision))
    texts = {
        procedure.pk: freeze_text(procedure)
        for procedure in Procedure.objects.for_announcing().filter(
            pk__in=[item.procedure_id for item in items]
        )
    }
    for item in items:
        text = texts[item.procedure_id]
        item.frozen_text, item.frozen_digest = text.to_json(), text.digest
    AnnouncementItem.objects.bulk_update(items, ["frozen_text", "frozen_digest"], batch_size=100)
    return digest([[item.effect, item.procedure.code, item.frozen_digest] for item in items])


def _items(decision: AnnouncementDecision) -> Any:
    return (
        decision.items.select_related("procedure")
        .prefetch_related("replaces")
        .order_by("ordinal", "pk")
    )


def _lock(decision_id: int) -> AnnouncementDecision:
    return AnnouncementDecision.objects.select_for_update(of=("self",)).get(pk=decision_id)


def _decision_slug(decision: AnnouncementDecision) -> str:
    """ "3218/QĐ-UBND" of 2024 gives "3218-qd-ubnd-2024", numbered on when two issuers share it."""
    assert decision.signed_on is not None, "an issued decision is signed"
    base = f"{slug(decision.number)}-{decision.signed_on.year}"
    taken = AnnouncementDecision.objects.exclude(pk=decision.pk)
    serial, candidate = 1, base
    while taken.filter(slug=candidate).exists():
        serial += 1
        candidate = f"{base}-{serial}"
    return candidate


def _save(decision: AnnouncementDecision, *, by: Any, reason: str) -> None:
    # simple_history reads who and why from the row it saves.
    decision._history_user = by  # type: ignore[attr-defined]
    decision._change_reason = reason  # type: ignore[attr-defined]
    decision.save()
