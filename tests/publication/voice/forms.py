"""Filling in the public forms as a person does, and a database that does not answer."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import OperationalError, connection
from django.utils.timezone import now

from publication.voice.signed_form import make_form_key


def key_of(seconds: int = 60) -> str:
    """The key of a form that was opened so many seconds ago."""
    return make_form_key(now=now() - timedelta(seconds=seconds))


def reported(**typed: Any) -> dict[str, Any]:
    """A report as somebody fills it in."""
    facts = {"part": "fees", "message": "Lệ phí đã đổi từ tháng trước.", "contact": ""}
    return {**facts, "form_key": key_of(), "website": "", **typed}


def shown_values(html: str) -> dict[str, str]:
    """What the text fields of a page hold."""
    area = re.search(r'<textarea[^>]*name="message"[^>]*>\n(.*?)</textarea>', html, re.S)
    inputs = dict(re.findall(r'<input [^>]*name="(contact|email)" value="([^"]*)"', html))
    chosen = re.search(r'<option value="(\w+)" selected>', html)
    return {
        **inputs,
        **({"message": area.group(1)} if area else {}),
        **({"part": chosen.group(1)} if chosen else {}),
    }


@contextmanager
def database_stopped() -> Iterator[None]:
    def refuse(*_args: Any) -> Any:
        raise OperationalError("connection refused")

    with connection.execute_wrapper(refuse):
        yield
