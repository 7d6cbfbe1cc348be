"""Background programs without a sign of life, for the front page of the staff pages."""

from typing import Any

from django import template
from django.utils.timezone import now

from catalog.people import person_of
from publication.heartbeats import Silence, stale_programs

register = template.Library()


@register.simple_tag
def silent_programs(user: Any) -> list[Silence]:
    """For those whose work list does not name them: whose decision does not appear learns why."""
    return [] if person_of(user).sees_all else stale_programs(now=now())
