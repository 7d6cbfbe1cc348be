"""Who a member of staff is: roles, and the agencies whose work is open to them.

Roles are Django groups; agencies come from memberships. An agency's people also care for what its
sub-units and its predecessors began, because work does not end with a merger.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from catalog.enums import Role


@dataclass(frozen=True)
class Person:
    """What a user may see follows from this alone."""

    user_id: int
    roles: frozenset[str]
    agency_ids: frozenset[int]

    @property
    def sees_all(self) -> bool:
        """The Provincial Office and the administrators look after every agency's work."""
        return bool(self.roles & {Role.CONTROLLER, Role.ADMINISTRATOR})

    def has(self, *roles: str) -> bool:
        return bool(self.roles & set(roles))


NOBODY = Person(user_id=0, roles=frozenset(), agency_ids=frozenset())


def person_of(user: Any) -> Person:
    """The person behind an account; read once a request, for it is kept on the account's object."""
    if user is None or not user.is_authenticated or not user.is_active:
        return NOBODY
    if not hasattr(user, "_person"):
        user._person = _read(user)
    person: Person = user._person
    return person


def _read(user: Any) -> Person:
    roles = set(user.groups.values_list("name", flat=True))
    if user.is_superuser:
        roles.add(Role.ADMINISTRATOR)
    from catalog.models import Membership  # models import querysets, which import this module

    own = Membership.objects.filter(user=user).values_list("agency_id", flat=True)
    return Person(user.pk, frozenset(roles), frozenset(_in_care(own)))


def _in_care(agency_ids: Iterable[int]) -> set[int]:
    """The agencies, all below them and all they succeeded; two queries a generation."""
    from catalog.models import Agency  # models import querysets, which import this module

    found: set[int] = set()
    fresh = set(agency_ids)
    while fresh:
        found |= fresh
        below = Agency.objects.filter(parent__in=fresh).values_list("pk", flat=True)
        before = Agency.objects.filter(successors__in=fresh).values_list("pk", flat=True)
        fresh = {*below, *before} - found
    return found
