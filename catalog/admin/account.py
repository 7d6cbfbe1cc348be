"""Accounts of staff: a role, the agencies they work for, and nothing that one gives oneself."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalog.accounts import LastAdministrator, administrators, check_an_administrator_remains
from catalog.admin.membership import MembershipInline
from catalog.admin.scoped import ScopedPage
from catalog.enums import Role

_RIGHTS = ("is_active", "is_staff", "is_superuser", "groups")


_LABELS = {
    "first_name": _("Họ và tên"),
    "is_active": _("Đang hoạt động"),
    "is_staff": _("Được vào trang quản trị"),
    "is_superuser": _("Toàn quyền"),
}


class RoleFilter(admin.SimpleListFilter):
    title = _("vai trò")
    parameter_name = "vai-tro"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(role.value, str(role.label)) for role in Role]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


class AccountForm(UserChangeForm):
    """Roles are ticked by their Vietnamese names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in _LABELS.items():
            if name in self.fields:
                self.fields[name].label = label
        if "groups" in self.fields:
            groups: Any = self.fields["groups"]
            groups.label = _("Vai trò")
            groups.help_text = ""
            groups.queryset = Group.objects.filter(name__in=Role.values).order_by("pk")
            groups.label_from_instance = lambda group: str(Role(group.name).label)

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or {}
        leaves = self.instance.pk and not self._stays_administrator(facts)
        if leaves and administrators().filter(pk=self.instance.pk).exists():
            self._check_another()
        return facts

    def _stays_administrator(self, facts: dict[str, Any]) -> bool:
        signs_in = all(facts.get(name, True) for name in ("is_active", "is_staff"))
        of_role = "groups" not in facts or any(
            group.name == Role.ADMINISTRATOR for group in facts["groups"]
        )
        return signs_in and (of_role or facts.get("is_superuser", self.instance.is_superuser))

    def _check_another(self) -> None:
        try:
            check_an_administrator_remains(leaving=self.instance.pk)
        except LastAdministrator as refused:
            raise forms.ValidationError(str(refused)) from refused


class AccountAdmin(ScopedPage, UserAdmin):
    form = AccountForm
    list_display = ("username", "full_name", "roles", "agencies", "is_active", "last_login")
    list_filter = (
        RoleFilter,
        "is_active",
        ("memberships__agency", admin.RelatedOnlyFieldListFilter),
    )
    search_fields = ("username", "first_name", "last_name", "email")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    inlines = (MembershipInline,)
    fieldsets = (
        (None, {"fields": ("username", "password", "first_name", "email")}),
        (_("Vai trò và quyền"), {"fields": ("groups", "is_active", "is_staff", "is_superuser")}),
        (_("Nhật ký"), {"fields": (("last_login", "date_joined"),)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("groups", "memberships__agency")

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return super().get_inlines(request, obj) if obj else ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Nobody changes their own rights, and full rights only those who have them give."""
        names = super().get_readonly_fields(request, obj)
        if obj is not None and obj.pk == request.user.pk:
            return [*names, *_RIGHTS]
        return names if request.user.is_superuser else [*names, "is_superuser"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who resets the password of an account can act as it: so not of one with more rights."""
        higher = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not higher and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        own = obj is not None and obj.pk == request.user.pk
        return not own and super().has_delete_permission(request, obj)

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.is_staff = True  # an account of the portal is there to open these pages
        super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self._check_administrators(obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for account in queryset:
            self.delete_model(request, account)

    def _check_administrators(self, account: Any) -> None:
        try:
            check_an_administrator_remains(leaving=account.pk)
        except LastAdministrator as refused:
            raise PermissionDenied(str(refused)) from refused

    @admin.display(description=_("họ và tên"), ordering="first_name")
    def full_name(self, account: Any) -> str:
        return str(account.get_full_name())

    @admin.display(description=_("vai trò"))
    def roles(self, account: Any) -> str:
        names = [group.name for group in account.groups.all()]
        labels = [str(role.label) for role in Role if role.value in names]
        return ", ".join([*labels, *([str(_("Toàn quyền"))] if account.is_superuser else [])])

    @admin.display(description=_("cơ quan"))
    def agencies(self, account: Any) -> str:
        return ", ".join(str(membership.agency) for membership in account.memberships.all())


# Roles are groups whose permissions the code keeps (publication/roles.py): no page to edit them.
admin.site.unregister([get_user_model(), Group])
admin.site.register(get_user_model(), AccountAdmin)
