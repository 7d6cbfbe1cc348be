"""Translations remembered by language: a page asks for some hundred of them."""

from collections import defaultdict
from collections.abc import Callable
from functools import cache

from django.db.models import Choices
from django.utils import translation

_TABLES: dict[str, dict[str, str]] = defaultdict(dict)


def active_language() -> str:
    return translation.get_language() or "vi"


def gettext(message: str) -> str:
    """Django's gettext, asked once per message and language."""
    table = _TABLES[active_language()]
    found = table.get(message)
    if found is None:
        found = table[message] = translation.gettext(message)
    return found


@cache
def gettext_in(language: str) -> Callable[[str], str]:
    """gettext for templates of one language, which must be the active one."""
    table = _TABLES[language]

    def translated(message: str) -> str:
        return table.get(message) or gettext(message)

    return translated


def label(choice: Choices) -> str:
    """The name of a choice in the active language."""
    return _label(active_language(), choice)


@cache
def _label(language: str, choice: Choices) -> str:
    with translation.override(language):
        return str(choice.label)
