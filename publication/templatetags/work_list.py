"""The work list on the front page of the staff pages."""

from typing import Any

from django import template
from django.utils.timezone import now

from publication.waiting import Work, waiting_work

register = template.Library()


@register.simple_tag
def work_list(user: Any) -> list[Work]:
    return waiting_work(user, now=now())
