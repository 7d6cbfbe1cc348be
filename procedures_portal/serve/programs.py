"""The programs of embedded mode: started, restarted when they die, stopped without a trace."""

import contextlib
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from procedures_portal.serve import guard

# A program that dies this often within this many seconds will not be mended by starting it again.
DEATHS = 5
WITHIN = 60.0
STOP_SECONDS = 8.0


class GaveUp(Exception):
    """A program that keeps dying; the message names it and its exit code."""


@dataclass(frozen=True)
class Program:
    """What to run; `name` is how messages call it."""

    name: str
    command: tuple[str, ...]


@dataclass
class _Running:
    program: Program
    process: subprocess.Popen[bytes]
    deaths: deque[float] = field(default_factory=lambda: deque(maxlen=DEATHS))
    start_again_at: float | None = None


class Programs:
    """Running programs, each in a process group of its own, all of them guarded.

    Use through `running()`: on leaving, whatever the reason, none is left behind.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._running: list[_Running] = []
        self._guard = subprocess.Popen(
            [sys.executable, "-I", "-S", guard.__file__],
            stdin=subprocess.PIPE,
            start_new_session=True,
            text=True,
        )

    def start(self, program: Program) -> None:
        self._running.append(_Running(program, self._launch(program)))

    def restart_dead(self) -> None:
        """Start again, after a short wait, what has died. Raises GaveUp when it keeps dying."""
        now = time.monotonic()
        for running in self._running:
            if running.start_again_at is not None:
                self._start_again(running, now)
            elif running.process.poll() is not None:
                self._note_death(running, now)

    def stop(self, seconds: float = STOP_SECONDS) -> None:
        """Ask all to stop, end after `seconds` those that did not, and let the guard go."""
        deadline = time.monotonic() + seconds
        for running in self._running:
            if running.process.poll() is None:
                running.process.send_signal(signal.SIGTERM)
        for running in self._running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.process.wait(max(0.0, deadline - time.monotonic()))
            self._bury(running)
        self._running.clear()
        with contextlib.suppress(BrokenPipeError):
            if self._guard.stdin:
                self._guard.stdin.close()
        self._guard.wait()

    def _launch(self, program: Program) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            program.command, stdin=subprocess.DEVNULL, start_new_session=True
        )
        self._tell_guard(f"+{process.pid}")
        return process

    def _note_death(self, running: _Running, now: float) -> None:
        code = running.process.returncode
        self._bury(running)
        running.deaths.append(now)
        name = running.program.name
        if len(running.deaths) == DEATHS and now - running.deaths[0] < WITHIN:
            raise GaveUp(
                _("%(name)s liên tục dừng (mã %(code)s); xem thông báo lỗi phía trên.")
                % {"name": name, "code": code}
            )
        self._say(
            _("%(name)s đã dừng (mã %(code)s), đang khởi động lại…") % {"name": name, "code": code}
        )
        running.start_again_at = now + 0.5 * (len(running.deaths) - 1)

    def _start_again(self, running: _Running, now: float) -> None:
        if running.start_again_at is not None and now >= running.start_again_at:
            running.start_again_at = None
            running.process = self._launch(running.program)

    def _bury(self, running: _Running) -> None:
        """End what is left of a program's group: a dead leader may leave children that listen."""
        guard.send(running.process.pid, signal.SIGKILL)
        running.process.wait()
        self._tell_guard(f"-{running.process.pid}")

    def _tell_guard(self, line: str) -> None:
        with contextlib.suppress(BrokenPipeError):
            if self._guard.stdin:
                self._guard.stdin.write(f"{line}\n")
                self._guard.stdin.flush()


@contextmanager
def running(programs: Sequence[Program], say: Callable[[str], None]) -> Iterator[Programs]:
    """Start the programs in order; stop all of them on leaving, however the block is left."""
    family = Programs(say)
    try:
        for program in programs:
            family.start(program)
        yield family
    finally:
        with deaf_to_signals():
            family.stop()


@contextmanager
def deaf_to_signals() -> Iterator[None]:
    """A second Ctrl-C must not cut short the stopping, which is bounded anyway."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, signal.SIG_IGN) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def web_program(host: str, port: int) -> Program:
    """One granian process: the public release first, Django for the rest."""
    return Program(
        _("Máy chủ web"),
        (
            *(sys.executable, "-m", "granian", "procedures_portal.wsgi:application"),
            *("--interface", "wsgi", "--no-ws", "--host", host, "--port", str(port)),
            *("--workers", "1", "--blocking-threads", "4"),
            *("--workers-kill-timeout", "3", "--log-level", "warning"),
        ),
    )


def worker_program(schedule: Path) -> Program:
    """One Celery worker with its timetable; one job at a time, as SQLite takes one writer."""
    return Program(
        _("Tiến trình nền"),
        (
            # Whoever starts everything as root in a container has decided so already.
            *(sys.executable, "-W", "ignore:You're running the worker with superuser"),
            *("-m", "celery", "--quiet", "--app", "procedures_portal", "worker"),
            *("--beat", "--schedule", str(schedule), "--pool", "solo", "--loglevel", "WARNING"),
        ),
    )
