"""Rules about the accounts of staff: the portal never loses its last administrator."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet

from catalog.enums import Role


class LastAdministrator(Exception):
    """Without this account nobody could let anybody in; the message says what to do first."""


def administrators() -> QuerySet[Any]:
    """The accounts that can sign in and keep accounts."""
    of_role = Q(is_superuser=True) | Q(groups__name=Role.ADMINISTRATOR.value)
    users = get_user_model()._default_manager
    return users.filter(of_role, is_active=True, is_staff=True).distinct()


def check_an_administrator_remains(*, leaving: int) -> None:
    """Raises LastAdministrator unless somebody else is an administrator.

    Inside a transaction: the lock makes two administrators who remove each other take turns.
    """
    Group.objects.select_for_update().filter(name=Role.ADMINISTRATOR.value).first()
    if not administrators().exclude(pk=leaving).exists():
        raise LastAdministrator(
            "Đây là quản trị viên cuối cùng: trao vai trò quản trị cho người khác trước."
        )
