"""Acts that the benchmarks share, done through the portal's own actions."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from catalog.enums import AgencyKind, GovernmentLevel
from catalog.models import Agency, NationalRecord, Procedure
from publication.actions import (
    approve_announcement,
    issue_announcement,
    submit_announcement,
)
from publication.enums import ItemEffect
from publication.models import AnnouncementDecision, AnnouncementItem


def province() -> Agency:
    """The body that issues the benchmark's decisions."""
    agency, _ = Agency.objects.get_or_create(
        slug="uy-ban-nhan-dan-tinh-do-thu",
        defaults={
            "name": "Ủy ban nhân dân tỉnh (đo thử)",
            "kind": AgencyKind.PROVINCE,
            "level": GovernmentLevel.PROVINCE,
        },
    )
    return agency


def announce(
    procedures: Iterable[int],
    *,
    number: str,
    signed_on: date,
    effect: str = ItemEffect.NEW,
    now: datetime | None = None,
) -> AnnouncementDecision:
    """One decision over the given procedures (primary keys), submitted and issued."""
    now = now or timezone.now()
    decision = AnnouncementDecision.objects.create(
        issuer=province(), title=f"Công bố danh mục thủ tục hành chính ({number})"
    )
    AnnouncementItem.objects.bulk_create(
        AnnouncementItem(decision=decision, ordinal=ordinal, procedure_id=pk, effect=effect)
        for ordinal, pk in enumerate(procedures, start=1)
    )
    submit_announcement(decision_id=decision.pk, by=None, now=now)
    approve_announcement(decision_id=decision.pk, by=None, now=now)
    return issue_announcement(
        decision_id=decision.pk,
        by=None,
        number=number,
        signed_on=signed_on,
        signed_by="Chủ tịch Ủy ban nhân dân tỉnh",
        effective_on=signed_on,
        now=now,
    )


def announce_by_source_decision(*, signed_on: date) -> int:
    """One bulk decision for every ministry decision number in the register; how many.

    What stands on no number is left: of it the sources gave no more than a name.
    """
    numbers: dict[int, str] = {}
    for pk, number in (
        NationalRecord.objects.filter(latest=True)
        .exclude(decision_number="")
        .order_by("taken_on", "pk")
        .values_list("procedure_id", "decision_number")
    ):
        numbers[pk] = number
    groups: dict[str, list[int]] = defaultdict(list)
    for pk in Procedure.objects.order_by("code").values_list("pk", flat=True):
        if pk in numbers:
            groups[numbers[pk]].append(pk)
    for serial, pks in enumerate(groups.values(), start=1):
        announce(pks, number=f"{serial}/QĐ-UBND", signed_on=signed_on)
    return len(groups)


def edit_texts(procedures: Iterable[Procedure], *, summary: str) -> None:
    """Give procedures another summary in the register, as an officer would before a decision."""
    for procedure in procedures:
        procedure.content = procedure.content | {"summary": summary}
        procedure.save()
