"""Which agencies a member of staff works for, on the page of the account."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalog.admin.scoped import ScopedTabularInline
from catalog.models import Membership


class MembershipInline(ScopedTabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ("agency",)
    verbose_name = _("cơ quan làm việc")
    verbose_name_plural = _("cơ quan làm việc")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_another(request, obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_another(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_another(request, obj) and super().has_delete_permission(request, obj)


def _is_another(request: HttpRequest, account: Any) -> bool:
    """Nobody gives rights to themselves."""
    return account is None or account.pk != request.user.pk
