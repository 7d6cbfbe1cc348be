"""Who may bring a decision into a status. The system itself (`by` is None) replays history only."""

from typing import Any

from catalog.enums import Role
from catalog.models import name_of
from catalog.people import person_of
from publication.enums import DecisionActKind, DecisionStatus
from publication.lifecycle import roles_that_may
from publication.models import AnnouncementDecision

_BEHIND = (DecisionActKind.ENTERED, DecisionActKind.EDITED, DecisionActKind.SUBMITTED)


class NotAllowed(Exception):
    """The person may not do this; the message says who may or what is missing."""


def check_authority(decision: AnnouncementDecision, *, by: Any, wanted: DecisionStatus) -> None:
    """Raises NotAllowed unless the person's role and agency allow the move."""
    if by is None:
        return
    person = person_of(by)
    allowed = roles_that_may(wanted)
    if not person.has(*allowed, Role.ADMINISTRATOR):
        names = ", ".join(sorted(str(role.label) for role in allowed))
        raise NotAllowed(f"Việc này do {names} làm.")
    if not AnnouncementDecision.objects.visible_to(by).filter(pk=decision.pk).exists():
        raise NotAllowed("Quyết định này thuộc cơ quan khác.")


def check_separation(decision: AnnouncementDecision, *, by: Any, override_reason: str = "") -> None:
    """No one approves what they entered or submitted, unless they may and say why.

    Raises NotAllowed.
    """
    if by is None or by.pk not in people_behind(decision):
        return
    if not by.has_perm("publication.override_separation"):
        raise NotAllowed(
            f"{name_of(by)} đã nhập hoặc trình quyết định này nên không được duyệt: "
            "để người khác duyệt."
        )
    if not override_reason.strip():
        raise NotAllowed(
            "Anh/chị đã nhập hoặc trình quyết định này: muốn tự duyệt phải ghi lý do ngoại lệ."
        )


def people_behind(decision: AnnouncementDecision) -> set[int]:
    """The accounts that entered, edited or submitted a decision."""
    acted = decision.acts.filter(kind__in=_BEHIND, actor__isnull=False)
    found = set(acted.values_list("actor_id", flat=True))
    return {pk for pk in (*found, decision.created_by_id, decision.submitted_by_id) if pk}
