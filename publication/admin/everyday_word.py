"""Everyday words, and the questions that found nothing, from which staff learn new ones."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.scoped import ScopedPage
from publication.models import EverydayWord, UnansweredQuestion
from publication.unanswered import ENOUGH
from publication.wake import wake_consumers


@admin.register(EverydayWord)
class EverydayWordAdmin(ScopedPage):
    list_display = ("phrase", "meaning", "in_use", "tried")
    list_filter = ("in_use",)
    search_fields = ("phrase", "meaning", "note")
    fields = ("phrase", "meaning", "in_use", "note")

    @admin.display(description=_("thử"))
    def tried(self, row: EverydayWord) -> str:
        address = f"{reverse('search')}?{urlencode({'q': row.phrase})}"
        return format_html('<a href="{}">{}</a>', address, gettext("Tìm thử"))

    def save_model(self, request: HttpRequest, obj: EverydayWord, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        transaction.on_commit(wake_consumers)

    def delete_model(self, request: HttpRequest, obj: EverydayWord) -> None:
        super().delete_model(request, obj)
        transaction.on_commit(wake_consumers)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[EverydayWord]) -> None:
        super().delete_queryset(request, queryset)
        transaction.on_commit(wake_consumers)


@admin.register(UnansweredQuestion)
class UnansweredQuestionAdmin(ScopedPage):
    list_display = ("words", "times", "last_asked_on", "taught")
    search_fields = ("words",)
    readonly_fields = ("words", "times", "last_asked_on")

    def get_queryset(self, request: HttpRequest) -> QuerySet[UnansweredQuestion]:
        """Those that enough have asked; of the others nothing is known but a count."""
        rows: QuerySet[UnansweredQuestion] = super().get_queryset(request)
        return rows.filter(times__gte=ENOUGH).exclude(words="")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("thêm từ"))
    def taught(self, row: UnansweredQuestion) -> str:
        add = reverse("admin:publication_everydayword_add")
        address = f"{add}?{urlencode({'phrase': row.words})}"
        return format_html('<a href="{}">{}</a>', address, gettext("Ghi cách gọi trong văn bản"))
