"""Fields and life events."""

from django.contrib import admin

from catalog.admin.scoped import ScopedPage
from catalog.models import Field, LifeEvent


@admin.register(Field)
class FieldAdmin(ScopedPage):
    list_display = ("name", "code", "slug")
    search_fields = ("name", "code")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(LifeEvent)
class LifeEventAdmin(ScopedPage):
    list_display = ("name", "group", "position")
    list_filter = ("group",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
