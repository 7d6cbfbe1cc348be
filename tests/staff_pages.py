"""Reading staff pages as a browser does: what a form would send back when it is saved."""

import json
from html.parser import HTMLParser
from typing import Any


class _Form(HTMLParser):
    """The fields of the form whose id ends in `_form`."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._inside = self._text = self._chosen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts: dict[str, Any] = dict(attrs)
        if tag == "form" and str(facts.get("id", "")).endswith("_form"):
            self._inside = facts["id"]
        if not self._inside or not facts.get("name"):
            if self._inside and tag == "option" and "selected" in facts and self._chosen:
                self._add(self._chosen, facts.get("value") or "")
            return
        if tag == "input" and _is_sent(facts):
            unsaid = "on" if facts.get("type") == "checkbox" else ""
            self._add(facts["name"], facts.get("value") or unsaid)
        elif tag == "textarea":
            self._text = facts["name"]
            self._add(self._text, _from_script(facts))
        elif tag == "select":
            self._chosen = facts["name"]

    def handle_data(self, data: str) -> None:
        if self._text:
            self.fields[self._text][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text:
            # A browser drops the line feed that follows the tag.
            self.fields[self._text][-1] = self.fields[self._text][-1].removeprefix("\n")
            self._text = ""
        elif tag == "select":
            self._chosen = ""
        elif tag == "form":
            self._inside = ""

    def _add(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)


def _from_script(facts: dict[str, Any]) -> str:
    """What the content form's script writes into its text box."""
    if "data-django-jsonform" not in facts:
        return ""
    data = json.loads(facts["data-django-jsonform"])["data"]
    return data if isinstance(data, str) else json.dumps(data)


def _is_sent(facts: dict[str, Any]) -> bool:
    kind = facts.get("type", "text")
    if kind in ("checkbox", "radio"):
        return "checked" in facts
    return kind not in ("submit", "button", "file", "reset")


def form_of(answer: Any, **typed: Any) -> dict[str, Any]:
    """What the page's form sends when it is saved, with what a person typed over it."""
    form = _Form()
    form.feed(answer.content.decode())
    return {**form.fields, **typed}
