"""Typed reading of environment variables, with errors an operator can act on."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

T = TypeVar("T")


class SettingError(Exception):
    """A setting with a wrong value; the message names it, the value and what would be right."""


class Environment:
    """Reads variables from a mapping, by default the process's own environment."""

    def __init__(self, variables: Mapping[str, str] | None = None) -> None:
        self._variables = os.environ if variables is None else variables

    def text(self, name: str, default: str) -> str:
        return self._variables.get(name, "").strip() or default

    def flag(self, name: str, default: bool) -> bool:
        return self._read(name, default, _flag, "true or false")

    def number(self, name: str, default: int, *, least: int = 0) -> int:
        def parse(text: str) -> int:
            number = int(text)
            if number < least:
                raise ValueError
            return number

        return self._read(name, default, parse, f"a whole number, at least {least}")

    def words(self, name: str, default: list[str]) -> list[str]:
        def parse(text: str) -> list[str]:
            return [word.strip() for word in text.split(",") if word.strip()]

        return self._read(name, default, parse, "words divided by commas")

    def folder(self, name: str, default: Path) -> Path:
        return Path(self.text(name, str(default))).expanduser().resolve()

    def url(self, name: str, default: str) -> str:
        """An http(s) address without a trailing slash."""

        def parse(text: str) -> str:
            parts = urlsplit(text)
            if parts.scheme not in {"http", "https"} or not parts.netloc:
                raise ValueError
            return text.rstrip("/")

        return self._read(name, default, parse, "an address such as https://example.gov.vn")

    def database(self, name: str, default: str) -> dict[str, object]:
        """Django's database settings from `sqlite:///path` or `postgresql://user:pw@host/name`."""
        return self._read(
            name,
            _database(default),
            _database,
            "sqlite:////path/to/file or postgresql://user:password@host:5432/name",
        )

    def _read(self, name: str, default: T, parse: Callable[[str], T], wanted: str) -> T:
        text = self._variables.get(name, "").strip()
        if not text:
            return default
        try:
            return parse(text)
        except ValueError as error:
            shown = "(hidden)" if "DATABASE" in name or "SECRET" in name else repr(text)
            raise SettingError(f"{name} is {shown}, but must be {wanted}.") from error


def _flag(text: str) -> bool:
    words = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    if text.lower() not in words:
        raise ValueError
    return words[text.lower()]


def _database(text: str) -> dict[str, object]:
    parts = urlsplit(text)
    if parts.scheme == "sqlite" and parts.path:
        return _sqlite(unquote(parts.path))
    if parts.scheme in {"postgres", "postgresql"} and parts.path.strip("/"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise ValueError


def _sqlite(path: str) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            # A writer takes its lock at once and waits for the other one, instead of failing late.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            ),
        },
    }
