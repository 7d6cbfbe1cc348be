"""Typed reading of environment variables, with errors an operator can act on."""

import contextlib
import os
import secrets
import ssl
from collections.abc import Callable, Mapping, Sequence
from datetime import time
from email.utils import parseaddr
from ipaddress import IPv4Network, IPv6Network, ip_network
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

    def require(self, name: str, example: str) -> None:
        """Raises SettingError when the variable is not set; for what has no default."""
        if not self._variables.get(name, "").strip():
            raise SettingError(f"{name} is not set. In full mode it has no default: {example}.")

    def flag(self, name: str, default: bool) -> bool:
        return self._read(name, default, _flag, "true or false")

    def choice(self, name: str, default: str, words: Sequence[str]) -> str:
        def parse(text: str) -> str:
            return words[words.index(text)]

        return self._read(name, default, parse, f"one of {', '.join(words)}")

    def number(self, name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
        def parse(text: str) -> int:
            number = int(text)
            if number < least or (most is not None and number > most):
                raise ValueError
            return number

        limit = f"at least {least}" if most is None else f"from {least} to {most}"
        return self._read(name, default, parse, f"a whole number, {limit}")

    def words(self, name: str, default: list[str]) -> list[str]:
        def parse(text: str) -> list[str]:
            return [word.strip() for word in text.split(",") if word.strip()]

        return self._read(name, default, parse, "words divided by commas")

    def ports(self, name: str, default: list[int]) -> list[int]:
        def parse(text: str) -> list[int]:
            ports = [int(word) for word in text.split(",")]
            if any(not 0 < port < 65_536 for port in ports):
                raise ValueError
            return ports

        return self._read(name, default, parse, "ports divided by commas, such as 443,8443")

    def networks(self, name: str) -> list[IPv4Network | IPv6Network]:
        """None by default."""

        def parse(text: str) -> list[IPv4Network | IPv6Network]:
            return [ip_network(word.strip()) for word in text.split(",")]

        wanted = "networks divided by commas, such as 10.12.0.0/16,2001:db8::/32"
        return self._read(name, [], parse, wanted)

    def authorities(self, name: str) -> str:
        """A file of certificates of authorities; none by default."""

        def parse(text: str) -> str:
            try:
                ssl.create_default_context(cafile=text)
            except OSError as error:  # not there, or not certificates (ssl.SSLError)
                raise ValueError from error
            return text

        return self._read(name, "", parse, "a file of certificates in PEM format")

    def folder(self, name: str, default: Path) -> Path:
        """A folder we may write to; made when it is missing."""
        path = Path(self.text(name, str(default))).expanduser().resolve()
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingError(f"{name} is {str(path)!r}: {error.strerror}.") from error
        if not os.access(path, os.W_OK | os.X_OK):
            raise SettingError(f"{name} is {str(path)!r}, which this user may not write to.")
        return path

    def server(self, name: str, default: str, schemes: Sequence[str]) -> str:
        """The address of a broker or cache, such as redis://host:6379/0."""

        def parse(text: str) -> str:
            if urlsplit(text).scheme not in schemes:
                raise ValueError
            return text

        examples = {"filesystem": "filesystem://localhost/", "redis": "redis://host:6379/0"}
        wanted = " or ".join(examples[scheme] for scheme in schemes if scheme in examples)
        return self._read(name, default, parse, wanted)

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

    def clock_time(self, name: str, default: str) -> time:
        """A time of day, in the province, such as 07:30."""
        return self._read(name, time.fromisoformat(default), _clock_time, "a time such as 07:30")

    def mail_server(self, name: str, folder: Path) -> dict[str, object]:
        """Django's mail settings from smtp://, starttls:// or smtps://user:password@host:port.

        Without a server every mail becomes a file in the folder.
        """
        files: dict[str, object] = {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(folder),
        }
        wanted = "smtp://host:25, starttls://user:password@host:587 or smtps://… for TLS throughout"
        return self._read(name, files, _mail_server, wanted)

    def mail_address(self, name: str, default: str) -> str:
        """A sender, with or without a name: Cổng thủ tục <tthc@example.gov.vn>."""

        def parse(text: str) -> str:
            user, _at, host = parseaddr(text)[1].partition("@")
            if not user or not host or any(sign in text for sign in "\r\n"):
                raise ValueError
            return text

        return self._read(name, default, parse, "an address such as tthc@example.gov.vn")

    def _read(self, name: str, default: T, parse: Callable[[str], T], wanted: str) -> T:
        text = self._variables.get(name, "").strip()
        if not text:
            return default
        try:
            return parse(text)
        except ValueError as error:
            hidden = any(
                word in name for word in ("DATABASE", "SECRET", "BROKER", "CACHE", "MAIL_URL")
            )
            shown = "(hidden)" if hidden else repr(text)
            raise SettingError(f"{name} is {shown}, but must be {wanted}.") from error


def kept_secret(file: Path) -> str:
    """The secret in a file that only its owner reads; made up at first use.

    Two processes that start at once end with the same secret: the file appears whole or not at
    all, and the first one wins.
    """
    if not file.exists():
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)
        draft.unlink()
    return file.read_text().strip()


def _flag(text: str) -> bool:
    words = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    if text.lower() not in words:
        raise ValueError
    return words[text.lower()]


def _clock_time(text: str) -> time:
    found = time.fromisoformat(text)
    if found.tzinfo or len(text) != len("07:30"):
        raise ValueError
    return found


_MAIL_PORTS = {"smtp": 25, "starttls": 587, "smtps": 465}


def _mail_server(text: str) -> dict[str, object]:
    parts = urlsplit(text)
    if parts.scheme not in _MAIL_PORTS or not parts.hostname or parts.path.strip("/"):
        raise ValueError
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or _MAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "starttls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


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
