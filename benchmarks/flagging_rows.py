"""Rows for the flagging benchmark, written in bulk: what ministries and the province announced.

Texts are as long as real ones, because a table of long rows is what the clock has to read past.
Every procedure shares one text but for its code, for nothing here reads into a text.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.announcing import province
from benchmarks.synthetic_rows import Surroundings
from benchmarks.synthetic_shape import Shape
from catalog.content import Content
from catalog.enums import AgencyKind, GovernmentLevel
from catalog.models import Agency, Procedure
from catalog.vietnamese import slug
from publication.announced_text import freeze_text
from publication.enums import DecisionStatus, ItemEffect, ListingState
from publication.models import (
    AnnouncementDecision,
    AnnouncementItem,
    LegalDocument,
    Listing,
    ListingShelf,
    MinistryDecision,
    MinistryItem,
)

_FIRST_DAY, _DAYS = date(2020, 1, 6), 1800
_NOON = datetime(2024, 12, 2, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
_ITEMS_A_DECISION = 25
_BATCH = 500
_EFFECTS = (
    (ItemEffect.NEW, 3),
    (ItemEffect.AMENDED, 5),
    (ItemEffect.REPLACED, 1),
    (ItemEffect.ABOLISHED, 1),
)
_LEVELS = ((["province"], 6), (["commune"], 2), (["province", "commune"], 2))


def write_rows(*, ministry_items: int, listings: int, seed: int) -> None:
    """Fill a migrated, empty database."""
    shape = Shape(seed)
    surroundings = Surroundings.create(shape, fields=50)
    _end_some(surroundings.agencies)
    codes = _write_procedures(shape, surroundings, listings)
    _write_announcements(shape, surroundings.agencies)
    _write_ministry_decisions(shape, surroundings.agencies, codes, ministry_items)


def _end_some(agencies: list[Agency]) -> None:
    """Every tenth agency has ended and is followed by the next."""
    for before, after in zip(agencies[::10], agencies[1::10], strict=True):
        before.valid_to = date(2024, 6, 30)
        before.save()
        before.successors.add(after)


def _write_procedures(shape: Shape, surroundings: Surroundings, count: int) -> list[str]:
    content = Content.model_validate(shape.content()).to_json()
    rows = Procedure.objects.bulk_create(
        (
            Procedure(
                code=f"9.{serial:06d}",
                name=f"Cấp giấy {shape.words(8)}",
                field=shape.few_of_many(surroundings.fields),
                lead_agency=shape.few_of_many(surroundings.agencies),
                levels=shape.weighted(_LEVELS),
                content=content,
            )
            for serial in range(1, count + 1)
        ),
        batch_size=_BATCH,
    )
    through: Any = Procedure.successors.through
    through.objects.bulk_create(
        (
            through(from_procedure_id=old.pk, to_procedure_id=shape.random.choice(rows).pk)
            for old in rows[::20]
        ),
        batch_size=_BATCH,
    )
    return [row.code for row in rows]


def _write_announcements(shape: Shape, agencies: list[Agency]) -> None:
    """Every procedure is announced once; one decision in fifty waits at the Office."""
    first = Procedure.objects.for_announcing().order_by("pk").first()
    assert first is not None, "procedures are written before"
    text = freeze_text(first).to_json()
    procedures = Procedure.objects.order_by("pk").defer("content").iterator(chunk_size=2000)
    for serial, group in enumerate(_groups(procedures, _ITEMS_A_DECISION), start=1):
        decision = _announcement(shape, serial, shape.few_of_many(agencies))
        items = AnnouncementItem.objects.bulk_create(
            AnnouncementItem(
                decision=decision,
                ordinal=ordinal,
                procedure=procedure,
                effect=shape.weighted(_EFFECTS[:2]),
                frozen_text=text | {"code": procedure.code, "levels": procedure.levels},
                frozen_digest="0" * 64,
            )
            for ordinal, procedure in enumerate(group, start=1)
        )
        if decision.status == DecisionStatus.ISSUED:
            _write_listings(decision, items)


def _announcement(shape: Shape, serial: int, lead: Agency) -> AnnouncementDecision:
    number, signed_on = f"{serial}/QĐ-UBND", _day(shape)
    waiting = serial % 50 == 0
    signed: dict[str, Any] = {
        "status": DecisionStatus.ISSUED,
        "number": number,
        "signed_on": signed_on,
        "signed_by": "Chủ tịch Ủy ban nhân dân tỉnh",
        "effective_on": signed_on,
        "issued_at": _NOON,
        "slug": f"{slug(number)}-{serial}",
    }
    return AnnouncementDecision.objects.create(
        issuer=province(),
        lead_agency=lead if serial % 3 else None,
        title=f"Công bố danh mục thủ tục hành chính ({number})",
        submission_on=signed_on - timedelta(days=6),
        submitted_at=_NOON,
        **({"status": DecisionStatus.SUBMITTED} if waiting else signed),
    )


def _write_listings(decision: AnnouncementDecision, items: list[AnnouncementItem]) -> None:
    listings = Listing.objects.bulk_create(
        Listing(
            decision=decision,
            procedure=item.procedure,
            item=item,
            state=ListingState.OFFERED,
            valid_from=decision.effective_on,
            is_current=True,
            in_force_at=_NOON,
            code=item.procedure.code,
            name=item.procedure.name,
            sort_key=item.procedure.code,
            kind=item.procedure.kind,
            online_level=item.procedure.online_level,
            text=item.frozen_text,
            digest=item.frozen_digest,
        )
        for item in items
    )
    ListingShelf.objects.bulk_create(
        ListingShelf(
            listing=listing,
            shelf="level",
            key=level,
            is_current=True,
            sort_key=listing.code,
            code=listing.code,
        )
        for listing in listings
        for level in listing.text["levels"]
    )


def _write_ministry_decisions(
    shape: Shape, agencies: list[Agency], codes: list[str], count: int
) -> None:
    issuer = Agency.objects.create(
        name="Bộ (đo thử)",
        slug="bo-do-thu",
        kind=AgencyKind.MINISTRY,
        level=GovernmentLevel.MINISTRY,
    )
    sizes = enumerate(shape.decision_sizes(count), start=1)
    for group in _groups(sizes, 200):
        decisions = MinistryDecision.objects.bulk_create(
            _ministry_decision(shape, issuer, serial) for serial, _size in group
        )
        LegalDocument.objects.bulk_create(_documents(shape, decisions))
        _write_items(shape, agencies, codes, zip(decisions, group, strict=True))


def _ministry_decision(shape: Shape, issuer: Agency, serial: int) -> MinistryDecision:
    signed_on, number = _day(shape), f"{serial}/QĐ-BDT"
    return MinistryDecision(
        issuer=issuer,
        issuer_name=issuer.name,
        number=number,
        number_key=number,
        signed_on=signed_on,
        signed_year=signed_on.year,
        received_on=signed_on + timedelta(days=4) if serial % 2 else None,
        shortened_procedure=serial % 20 == 0,
    )


def _documents(shape: Shape, decisions: list[MinistryDecision]) -> Iterator[LegalDocument]:
    for decision in decisions[:: 2 if shape.random.random() < 0.5 else 1]:
        assert decision.signed_on is not None, "written with its day"
        yield LegalDocument(
            decision=decision,
            number="1/2024/TT-BDT",
            issued_on=decision.signed_on - timedelta(days=20),
            effective_on=decision.signed_on + timedelta(days=shape.random.randint(0, 60)),
        )


def _write_items(
    shape: Shape, agencies: list[Agency], codes: list[str], decisions: Iterable[Any]
) -> None:
    items = MinistryItem.objects.bulk_create(
        (
            MinistryItem(decision=decision, ordinal=ordinal, code=code, **_item(shape, codes))
            for decision, (_serial, size) in decisions
            for ordinal, code in enumerate(shape.random.sample(codes, size), start=1)
        ),
        batch_size=_BATCH,
    )
    through: Any = MinistryItem.agencies.through
    through.objects.bulk_create(
        (
            through(ministryitem_id=item.pk, agency_id=agency.pk)
            for item in items[::5]
            for agency in shape.random.sample(agencies, shape.random.randint(1, 3))
        ),
        batch_size=_BATCH,
    )


def _item(shape: Shape, codes: list[str]) -> dict[str, Any]:
    effect = shape.weighted(_EFFECTS)
    left = shape.random.random() < 0.03
    return {
        "name": f"Cấp giấy {shape.words(8)}",
        "effect": effect,
        "levels": shape.weighted(_LEVELS),
        "replaces_codes": [shape.random.choice(codes)] if effect == ItemEffect.REPLACED else [],
        "not_applicable_reason": "Chỉ thực hiện tại bộ" if left else "",
        "not_applicable_approved_at": _NOON if left else None,
    }


def _day(shape: Shape) -> date:
    return _FIRST_DAY + timedelta(days=shape.random.randrange(_DAYS))


def _groups(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    it = iter(rows)
    while group := list(islice(it, size)):
        yield group
