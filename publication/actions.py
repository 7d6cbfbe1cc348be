"""Announcing: each function is one act, done whole in one transaction.

A public text changes by `issue_announcement`, or back again by `withdraw_announcement`, and in no
other way. Callers (admin, commands, tasks, the API) pass who acts and when; they decide nothing.
Who may do what is asked here (authority.py), which status may follow which in lifecycle.py.
`version`, where given, is the one the person saw: an act on a decision that somebody changed
meanwhile is refused with StaleDecision.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from catalog.canonical import digest
from catalog.codes import decision_number
from catalog.models import Procedure
from catalog.vietnamese import slug
from publication.acts_log import lock_decision, move
from publication.announced_text import announced_files, freeze_text
from publication.authority import check_authority, check_separation
from publication.checks import find_obstacles, refuse_blocking, signed_later
from publication.effects import items_in_order, listing_drafts, move_register, move_register_back
from publication.enums import DecisionActKind, DecisionStatus
from publication.events import hold_log
from publication.lifecycle import check_move
from publication.listings import bring_into_force, make_listings
from publication.models import AnnouncementDecision, AnnouncementItem, FrozenForm
from publication.wake import wake_consumers, wake_gaps
from publication.withdrawal import take_back_listings


def submit_announcement(
    *, decision_id: int, by: Any, now: datetime, version: int | None = None
) -> AnnouncementDecision:
    """Take the register texts and freeze them: from here on, what is reviewed is what is issued.

    Raises IllegalMove, NotAllowed, StaleDecision and DecisionRefused; then nothing has changed.
    """
    with transaction.atomic():
        decision = _open(decision_id, DecisionStatus.SUBMITTED, by=by, version=version)
        refuse_blocking(find_obstacles(decision, on=decision.effective_on or localdate(now)))
        decision.frozen_digest = _freeze_items(decision)
        decision.submitted_by, decision.submitted_at = by, now
        decision.return_remarks = ""
        move(decision, DecisionStatus.SUBMITTED, kind=DecisionActKind.SUBMITTED, by=by, now=now)
        return decision


def recall_announcement(
    *, decision_id: int, by: Any, now: datetime, version: int | None = None
) -> AnnouncementDecision:
    """Take a submitted decision back before the Office looked at it; its texts are let go.

    Raises IllegalMove, NotAllowed and StaleDecision; then nothing has changed.
    """
    with transaction.atomic():
        decision = _open(decision_id, DecisionStatus.DRAFT, by=by, version=version)
        _let_go(decision)
        move(decision, DecisionStatus.DRAFT, kind=DecisionActKind.RECALLED, by=by, now=now)
        return decision


def return_announcement(
    *, decision_id: int, by: Any, reason: str, now: datetime, version: int | None = None
) -> AnnouncementDecision:
    """Give a submitted or approved decision back with remarks; its frozen texts are let go.

    Raises IllegalMove, NotAllowed and StaleDecision; then nothing has changed.
    """
    with transaction.atomic():
        decision = _open(decision_id, DecisionStatus.RETURNED, by=by, version=version)
        _let_go(decision)
        decision.return_remarks = reason
        move(
            decision,
            DecisionStatus.RETURNED,
            kind=DecisionActKind.RETURNED,
            by=by,
            now=now,
            remarks=reason,
        )
        return decision


def approve_announcement(
    *,
    decision_id: int,
    by: Any,
    now: datetime,
    version: int | None = None,
    override_reason: str = "",
) -> AnnouncementDecision:
    """The Office lets the frozen texts pass for signing. Nobody approves their own entry.

    Raises IllegalMove, NotAllowed and StaleDecision; then nothing has changed.
    """
    with transaction.atomic():
        decision = _open(decision_id, DecisionStatus.APPROVED, by=by, version=version)
        check_separation(decision, by=by, override_reason=override_reason)
        decision.approved_by, decision.approved_at = by, now
        move(
            decision,
            DecisionStatus.APPROVED,
            kind=DecisionActKind.APPROVED,
            by=by,
            now=now,
            override_reason=override_reason.strip(),
        )
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
    version: int | None = None,
) -> AnnouncementDecision:
    """Issue an approved decision: its effects, its listings and their events, all or nothing.

    Listings whose day has come are public at once, later ones on their day. Raises IllegalMove,
    NotAllowed, StaleDecision, DecisionRefused (also when it is signed after the day of `now`),
    CodeError (number) and IntegrityError (number taken, dates in wrong order).
    """
    with transaction.atomic():
        decision = _open(decision_id, DecisionStatus.ISSUED, by=by, version=version)
        hold_log()
        refuse_blocking(find_obstacles(decision, on=effective_on))
        refuse_blocking(signed_later(signed_on, today=localdate(now)))
        decision.number = decision_number(number)
        decision.signed_on, decision.signed_by = signed_on, signed_by
        decision.effective_on, decision.issued_at = effective_on, now
        decision.slug = _decision_slug(decision)
        if signed_file is not None:
            decision.signed_file = signed_file
        move(decision, DecisionStatus.ISSUED, kind=DecisionActKind.ISSUED, by=by, now=now)
        drafts = list(listing_drafts(decision))
        make_listings(drafts, decision=decision, valid_from=effective_on, now=now)
        move_register(decision)
        _tell_the_public(now)
        return decision


def withdraw_announcement(
    *,
    decision_id: int,
    by: Any,
    basis: str,
    now: datetime,
    version: int | None = None,
) -> AnnouncementDecision:
    """Withdraw an issued decision by a document (`basis`); the texts before it hold again.

    It takes effect on the day of the act: the public has read the texts of the days before.
    Raises IllegalMove, NotAllowed and StaleDecision; then nothing has changed.
    """
    with transaction.atomic():
        decision = _open(decision_id, DecisionStatus.WITHDRAWN, by=by, version=version)
        hold_log()
        on = localdate(now)
        # A text due today that nobody told of yet would be set aside by what comes back today.
        bring_into_force(on=on, now=now)
        decision.withdrawn_on, decision.withdrawal_basis = on, basis
        move(
            decision,
            DecisionStatus.WITHDRAWN,
            kind=DecisionActKind.WITHDRAWN,
            by=by,
            now=now,
            remarks=basis,
        )
        take_back_listings(decision, on=on, now=now)
        move_register_back(decision)
        _tell_the_public(now)
        return decision


def _open(
    decision_id: int, wanted: DecisionStatus, *, by: Any, version: int | None
) -> AnnouncementDecision:
    """Lock the decision for a move that the table and the person's role allow."""
    decision = lock_decision(decision_id, version=version)
    check_move(decision.status, wanted)
    check_authority(decision, by=by, wanted=wanted)
    return decision


def _let_go(decision: AnnouncementDecision) -> None:
    decision.items.update(frozen_text=None, frozen_digest="")
    FrozenForm.objects.filter(item__decision=decision).delete()
    decision.frozen_digest = ""
    decision.submitted_at = decision.approved_at = decision.approved_by = None


def _tell_the_public(now: datetime) -> None:
    bring_into_force(on=localdate(now), now=now)
    transaction.on_commit(wake_consumers)
    transaction.on_commit(wake_gaps)


def _freeze_items(decision: AnnouncementDecision) -> str:
    """Freeze every item; the digest over all of them is what reviewers are shown."""
    items = list(items_in_order(decision))
    procedures = Procedure.objects.for_announcing().in_bulk([item.procedure_id for item in items])
    for item in items:
        text = freeze_text(procedures[item.procedure_id])
        item.frozen_text, item.frozen_digest = text.to_json(), text.digest
    AnnouncementItem.objects.bulk_update(items, ["frozen_text", "frozen_digest"], batch_size=100)
    _hold_forms(items, procedures)
    return digest([[item.effect, item.procedure.code, item.frozen_digest] for item in items])


def _hold_forms(items: list[AnnouncementItem], procedures: dict[int, Procedure]) -> None:
    """From now on the files that the frozen texts name cannot be deleted."""
    FrozenForm.objects.bulk_create(
        FrozenForm(item=item, form_file=file)
        for item in items
        for file in announced_files(procedures[item.procedure_id])
    )


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
