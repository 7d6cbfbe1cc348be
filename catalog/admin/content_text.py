"""The content document as lines of text: one for each thing that can be filled in."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from catalog.admin.content_form import form_schema, to_form
from catalog.content import read_content

_MOST = 12  # changes named one by one; a text written anew changes everything


def content_lines(content: Any) -> dict[str, str]:
    """What is filled in, by its place on the form: "Kênh nộp 1 › Kênh": "Trực tiếp"."""
    return dict(_walk(form_schema(), to_form(read_content(content or {})), ""))


def content_changes(old: Any, new: Any) -> list[tuple[str, str, str]]:
    """(place, old, new) of what differs between two documents."""
    before, after = content_lines(old), content_lines(new)
    empty = _("(trống)")
    places = [place for place in {**before, **after} if before.get(place) != after.get(place)]
    found = [(place, before.get(place, empty), after.get(place, empty)) for place in places]
    if len(found) <= _MOST:
        return found
    more = _("%(count)d chỗ khác") % {"count": len(found) - _MOST}
    return [*found[:_MOST], (more, "…", "…")]


def _walk(schema: dict[str, Any], value: Any, place: str) -> Iterator[tuple[str, str]]:
    if schema["type"] == "object":
        for key, part in schema["keys"].items():
            inner = f"{place} › {part['title']}" if place else part["title"]
            yield from _walk(part, (value or {}).get(key), inner)
    elif schema["type"] == "array":
        for number, one in enumerate(value or [], start=1):
            yield from _walk(schema["items"], one, f"{place} {number}")
    elif value not in (None, "", 0):
        yield place, _word(schema, value)


def _word(schema: dict[str, Any], value: Any) -> str:
    words = {choice["value"]: choice["title"] for choice in schema.get("choices", ())}
    return str(words.get(str(value), value))
