"""Who is told of gaps: officers and heads of theirs, the Provincial Office of all.

Read as a whole, in the same number of queries for three people and for three hundred.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model

from catalog.enums import Role
from catalog.models import Agency, Membership

_TOLD = (Role.OFFICER, Role.HEAD, Role.CONTROLLER)


@dataclass(frozen=True)
class Recipient:
    """`agency_ids` is what person_of() says is in the person's care."""

    user_id: int
    email: str
    name: str
    is_office: bool
    agency_ids: frozenset[int]

    def cares_for(self, agency_id: int | None) -> bool:
        """The Office cares for every agency, and for what no agency is named for."""
        return self.is_office or agency_id in self.agency_ids


def read_recipients() -> list[Recipient]:
    """Active staff with an address and a role in announcing; in the order of their accounts."""
    own: dict[int, set[int]] = defaultdict(set)
    for user_id, agency_id in Membership.objects.values_list("user_id", "agency_id"):
        own[user_id].add(agency_id)
    beside = _agencies_in_care_of()
    found = []
    for user, roles in _staff():
        agency_ids = _closure(own.get(user.pk, ()), beside)
        name = user.get_full_name() or user.get_username()
        is_office = Role.CONTROLLER in roles
        found.append(Recipient(user.pk, user.email, name, is_office, agency_ids))
    return found


def _staff() -> list[tuple[Any, set[str]]]:
    users = get_user_model().objects.filter(is_active=True, is_staff=True, groups__name__in=_TOLD)
    users = users.exclude(email="").distinct().order_by("pk").prefetch_related("groups")
    return [(user, {group.name for group in user.groups.all()}) for user in users]


def _agencies_in_care_of() -> Mapping[int, set[int]]:
    """By agency, those directly below it and those it succeeded."""
    beside: dict[int, set[int]] = defaultdict(set)
    below = Agency.objects.exclude(parent=None).values_list("parent_id", "pk")
    links = Agency.successors.through.objects.values_list("to_agency_id", "from_agency_id")
    for carer, agency in (*below, *links):
        beside[carer].add(agency)
    return beside


def _closure(start: Iterable[int], beside: Mapping[int, set[int]]) -> frozenset[int]:
    found: set[int] = set()
    fresh = set(start)
    while fresh:
        found |= fresh
        fresh = {agency for one in fresh for agency in beside.get(one, ())} - found
    return frozenset(found)
