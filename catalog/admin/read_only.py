"""Rows that staff may look at and nobody may type."""

from typing import Any

from django.http import HttpRequest

from catalog.admin.scoped import ScopedPage


class ReadOnlyAdmin(ScopedPage):
    """Viewing only: these rows are written by imports and by acts."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
