"""Issuing a synthetic decision quickly: what the acts would write, from texts still in memory.

Listings, shelves and events are made by publication's own `make_listings` and `bring_into_force`;
only reading every text back, checking it and freezing it a second time is left out. A test holds
this to what submit_announcement and issue_announcement write.
"""

from collections.abc import Sequence
from datetime import datetime

from benchmarks.announcing import province
from catalog.canonical import digest
from catalog.models import Procedure
from catalog.vietnamese import slug
from publication.announced_text import AnnouncedText, freeze_text
from publication.enums import DecisionStatus, ItemEffect, ListingState
from publication.listings import ListingDraft, bring_into_force, make_listings
from publication.models import AnnouncementDecision, AnnouncementItem


def issue_in_bulk(procedures: Sequence[Procedure], *, number: str, now: datetime) -> None:
    """One issued decision over procedures that `write_procedures` has just returned."""
    texts = [freeze_text(procedure) for procedure in procedures]
    decision = _issued_decision(texts, number=number, now=now)
    items = AnnouncementItem.objects.bulk_create(
        AnnouncementItem(
            decision=decision,
            ordinal=ordinal,
            procedure=procedure,
            effect=ItemEffect.NEW,
            frozen_text=text.to_json(),
            frozen_digest=text.digest,
        )
        for ordinal, (procedure, text) in enumerate(zip(procedures, texts, strict=True), start=1)
    )
    drafts = [
        ListingDraft(
            procedure_id=item.procedure_id, item=item, text=text, state=ListingState.OFFERED
        )
        for item, text in zip(items, texts, strict=True)
    ]
    make_listings(drafts, decision=decision, valid_from=now.date(), now=now)
    bring_into_force(on=now.date(), now=now)


def _issued_decision(
    texts: list[AnnouncedText], *, number: str, now: datetime
) -> AnnouncementDecision:
    return AnnouncementDecision.objects.create(
        issuer=province(),
        title=f"Công bố danh mục thủ tục hành chính ({number})",
        status=DecisionStatus.ISSUED,
        number=number,
        signed_on=now.date(),
        signed_by="Chủ tịch Ủy ban nhân dân tỉnh",
        effective_on=now.date(),
        submitted_at=now,
        issued_at=now,
        slug=f"{slug(number)}-{now.year}",
        frozen_digest=digest([[ItemEffect.NEW.value, text.code, text.digest] for text in texts]),
    )
