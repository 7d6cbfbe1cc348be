"""`manage.py serve` as a real process, and what of it is still alive."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
_PATIENCE = 180.0  # seconds: a machine under load is slow, a hanging test must end
_OUR_SETTINGS = ("PORTAL_", "DATABASE_URL", "CELERY_", "DJANGO_", "PYTEST_")


def plain_environment(data: Path, **more: str) -> dict[str, str]:
    """The environment of a fresh machine: little of the portal is set but its data folder.

    Search by meaning is tested by itself: its learning takes a processor for a minute.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OUR_SETTINGS)}
    ours = {
        "PORTAL_DATA_DIR": str(data),
        "PORTAL_LANGUAGES": "vi",
        "PORTAL_SEARCH_BY_MEANING": "false",
        "COLUMNS": "200",
    }
    return kept | ours | more


class Serving:
    """One run of the command; `said` is what it has printed so far."""

    def __init__(self, data: Path, port: int, *options: str) -> None:
        self.data, self.port, self.said = data, port, ""
        self.before: list[int] = []
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port), *options],
            cwd=ROOT,
            env=plain_environment(data),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # a signal to the tests' own group is none to this one
            text=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def wait_until_ready(self) -> float:
        """Seconds the portal says it took."""
        self.wait_for("Nhấn Ctrl-C")
        found = re.search(r"sẵn sàng sau ([\d.]+) giây", self.said)
        assert found, self.said
        return float(found[1])

    def wait_for(self, words: str) -> None:
        wait_until(lambda: words in self.said or not self.is_running())
        assert words in self.said, self.said

    def is_running(self) -> bool:
        return self.process.poll() is None

    def interrupt(self, number: int = signal.SIGINT) -> int:
        """Signal the command alone, as a terminal or a supervisor does; its exit code."""
        self.process.send_signal(number)
        return self.end()

    def end(self) -> int:
        code = self.process.wait(_PATIENCE)
        self._reader.join()
        if self.process.stdout:
            self.process.stdout.close()
        return code

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line


@contextmanager
def serving(data: Path, port: int, *options: str, spare: Iterable[int] = ()) -> Iterator[Serving]:
    """The command, ended with everything of its data folder, but `spare`, whatever comes."""
    command = Serving(data, port, *options)
    try:
        yield command
    finally:
        if command.is_running():
            command.process.kill()
        for process in set(processes_of(data)) - {command.process.pid, *spare}:
            _kill(process)
        command.end()


def processes_of(data: Path) -> list[int]:
    """Every living process that was given this data folder."""
    mark = f"PORTAL_DATA_DIR={data}".encode()
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*") if mark in _variables(entry)]


def commands_of(data: Path) -> dict[int, str]:
    """What each of them runs."""
    found = {}
    for process in processes_of(data):
        with suppress(OSError):  # ended meanwhile
            found[process] = Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
    return found


def parent_of(process: int) -> int:
    """Its parent's id; 0 when the process has ended."""
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def wait_until(met: Callable[[], object], seconds: float = _PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def _variables(entry: Path) -> list[bytes]:
    try:
        return (entry / "environ").read_bytes().split(b"\0")
    except (OSError, ValueError):  # ended meanwhile, or another user's
        return []


def _kill(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return
