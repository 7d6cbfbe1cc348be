"""Making the items of a decision from a reviewed annex: one act, whole or not at all."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from catalog.models import Procedure
from publication.acts_log import lock_decision, log_act
from publication.annex.confirming_checks import RowError, find_errors, replaced_codes
from publication.annex.proposals import Choice, Proposal, Take, from_json, to_json
from publication.annex.reading import open_reading
from publication.annex.register import visible_register
from publication.annex.revising import revise
from publication.enums import DecisionActKind
from publication.models import AnnouncementDecision, AnnouncementItem


class AnnexRefused(Exception):
    """A review that cannot become items as it stands; carries every mistake."""

    def __init__(self, errors: Sequence[RowError]) -> None:
        self.errors = list(errors)
        super().__init__("\n".join(map(str, errors)))


def confirm_annex(
    *,
    reading_id: int,
    choices: Mapping[int, Choice],
    by: Any,
    now: datetime,
    replacing: bool = False,
    version: int | None = None,
) -> list[AnnouncementItem]:
    """Turn the rows chosen into items, after the decision's own or in their stead.

    `version` is the decision's as the person saw it. Raises AnnexRefused, AlreadyConfirmed,
    NotAllowed and StaleDecision; then nothing has changed.
    """
    with transaction.atomic():
        reading = open_reading(reading_id, by=by)
        decision = lock_decision(reading.decision_id, version=version)
        register = visible_register(by)
        proposals = revise(from_json(reading.rows), choices, register)
        _refuse(find_errors(proposals, register, kept={} if replacing else _kept(decision)))
        taken = [one for one in proposals if one.choice.take == Take.TAKE]
        items = _make_items(decision, taken, replacing=replacing)
        reading.rows, reading.confirmed_at = to_json(proposals), now
        reading.save(update_fields=["rows", "confirmed_at"])
        _log(decision, reading.file_name, len(items), by=by, now=now)
        return items


def _refuse(errors: Sequence[RowError]) -> None:
    if errors:
        raise AnnexRefused(errors)


def _kept(decision: AnnouncementDecision) -> dict[str, int]:
    return dict(decision.items.values_list("procedure__code", "ordinal"))


def _make_items(
    decision: AnnouncementDecision, taken: Sequence[Proposal], *, replacing: bool
) -> list[AnnouncementItem]:
    answers = dict(decision.items.values_list("procedure_id", "answers_id")) if replacing else {}
    if replacing:
        decision.items.all().delete()
    procedures = Procedure.objects.in_bulk(sorted(_codes(taken)), field_name="code")
    items = AnnouncementItem.objects.bulk_create(
        AnnouncementItem(
            decision=decision,
            part=proposal.choice.part.strip(),
            ordinal=ordinal,
            effect=proposal.choice.effect,
            procedure=procedures[proposal.choice.code],
            # The ministry's item that a row answered stays answered by the same procedure.
            answers_id=answers.get(procedures[proposal.choice.code].pk),
            change_note=proposal.choice.note.strip(),
        )
        for ordinal, proposal in zip(_ordinals(decision, taken), taken, strict=True)
    )
    AnnouncementItem.replaces.through.objects.bulk_create(
        AnnouncementItem.replaces.through(
            announcementitem_id=item.pk, procedure_id=procedures[code].pk
        )
        for item, proposal in zip(items, taken, strict=True)
        for code in replaced_codes(proposal.choice.replaces)
    )
    return items


def _codes(taken: Sequence[Proposal]) -> set[str]:
    own = {one.choice.code for one in taken}
    return own | {code for one in taken for code in replaced_codes(one.choice.replaces)}


def _ordinals(decision: AnnouncementDecision, taken: Sequence[Proposal]) -> list[int]:
    """The annex's own numbers when they rise through the whole annex, else the order of rows.

    Items are ordered by their number alone, and the numbers of a usual annex begin anew in every
    section; the section is in the item's part.
    """
    last = decision.items.aggregate(last=Max("ordinal"))["last"] or 0
    printed = [one.row.ordinal.strip(" .") for one in taken]
    numbers = [int(text) for text in printed if text.isdecimal() and len(text) < 6]
    rising = len(numbers) == len(taken) and numbers == sorted(set(numbers)) and min(numbers) > 0
    if rising and not last:
        return numbers
    return [last + place for place in range(1, len(taken) + 1)]


def _log(decision: AnnouncementDecision, name: str, count: int, *, by: Any, now: datetime) -> None:
    """The decision gets a new version, so that nobody overwrites its items from an old page."""
    remarks = f"đọc {count} dòng từ phụ lục {name}"
    decision.version += 1
    decision._history_user = by  # type: ignore[attr-defined]
    decision._change_reason = f"{DecisionActKind.EDITED.label}: {remarks}"[:100]  # type: ignore[attr-defined]
    decision.save()
    log_act(decision, kind=DecisionActKind.EDITED, by=by, now=now, remarks=remarks)
