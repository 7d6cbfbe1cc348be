"""Translations remembered by language: a page asks for some hundred of them."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache

from django.db.models import Choices
from django.utils import translation

_TABLES: dict[str, dict[str, str]] = defaultdict(dict)


# Django keeps its own behind locks; a page asks some eighty times.
_LANGUAGE: ContextVar[str] = ContextVar("_LANGUAGE", default="")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """The active language for everything done inside, Django's own texts included."""
    token = _LANGUAGE.set(language)
    try:
        with translation.override(language):
            yield
    finally:
        _LANGUAGE.reset(token)


def active_language() -> str:
    """The language of the page being rendered, or else of the request."""
    return _LANGUAGE.get() or translation.get_language() or "vi"


def gettext(message: str) -> str:
    """Django's gettext, asked once per message and language."""
    table = _TABLES[active_language()]
    found = table.get(message)
    if found is None:
        found = table[message] = translation.gettext(message)
    return found


def ngettext(singular: str, plural: str, count: int) -> str:
    """Django's ngettext, asked once per message, count and language."""
    return _ngettext(active_language(), singular, plural, count)


@lru_cache(maxsize=4096)
def _ngettext(_language: str, singular: str, plural: str, count: int) -> str:
    return translation.ngettext(singular, plural, count)


@cache
def gettext_in(language: str) -> Callable[[str], str]:
    """gettext for templates of one language, which must be the active one."""
    table = _TABLES[language]

    def translated(message: str) -> str:
        return table.get(message) or gettext(message)

    return translated


def label(choice: Choices) -> str:
    """The name of a choice in the active language."""
    return _label(active_language(), type(choice), choice)


@cache
def _label(language: str, kind: type[Choices], choice: Choices) -> str:  # noqa: ARG001
    # The kind is part of the key, because members of two kinds with one value are equal.
    with speaking(language):
        return str(choice.label)
