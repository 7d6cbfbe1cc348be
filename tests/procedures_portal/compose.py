"""docker-compose.yml as data, and its programs as they run by hand."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
OURS = ("prepare", "web", "worker", "beat")


@cache
def compose_file() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return document


def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = compose_file()["services"]
    return found


def command_by_hand(service: str, places: dict[str, str]) -> list[str]:
    """A service's own command with the words that name a place replaced."""
    return [places.get(word, word) for word in services()[service]["command"]]
