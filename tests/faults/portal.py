"""A portal of its own in a directory: file database, site, broker, driven by real processes."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from django.conf import settings

from publication.site.addresses import file_of
from publication.site.store import Store

_HERE = Path(settings.BASE_DIR)
_TIMEOUT = 120  # seconds; a machine under load is slow, a hanging test must end


@dataclass(frozen=True)
class Portal:
    data: Path
    # Besides those that every such portal has.
    settings: dict[str, str] = field(default_factory=dict, kw_only=True)

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "PORTAL_SITE_DIR"}}
        return kept | {
            "PORTAL_DATA_DIR": str(self.data),
            "DATABASE_URL": f"sqlite:///{self.data / 'portal.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "procedures_portal.settings",
            "PORTAL_LANGUAGES": "vi",
            "PYTHONPATH": str(_HERE),
            **self.settings,
        }

    @property
    def store(self) -> Store:
        return Store(self.data / "site")

    def run(self, module: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run one of the modules beside this one to its end, or to its death."""
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            env=self.environment,
            cwd=_HERE,
            capture_output=True,
            text=True,
            check=False,
            timeout=_TIMEOUT,
        )

    def must_run(self, module: str, *arguments: str) -> str:
        """Run to the end; its standard output. Fails with what it said when it did not."""
        done = self.run(module, *arguments)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def start(self, *command: str, **more: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", *command],
            env=self.environment | more,
            cwd=_HERE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def served(self) -> dict[str, bytes]:
        """Every file of the release that is served, by its path."""
        root = self.data / "site" / "current"
        found: Mapping[Path, list[str]] = {
            Path(folder): names for folder, _below, names in os.walk(root, followlinks=True)
        }
        return {
            str((folder / name).relative_to(root)): (folder / name).read_bytes()
            for folder, names in found.items()
            for name in names
        }

    def page(self, address: str) -> str:
        path = file_of(address)
        assert path is not None, address
        return (self.data / "site" / "current" / path).read_text()


class Builders:
    """Builders of one portal, each a process forked from one that has loaded it (builder.py)."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.builder"],
            env=portal.environment,
            cwd=_HERE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.communicate()

    def run(self, step: str, reports: int) -> tuple[int, str]:
        """One builder to its end, or to its death; its exit code and what it said."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{step} {reports}\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return answer["code"], answer["said"]

    def complete(self) -> dict[str, Any]:
        """A builder that nobody kills; the state it leaves."""
        code, said = self.run("none", 0)
        assert code == 0, said[-3000:]
        state: dict[str, Any] = json.loads(said)
        return state
