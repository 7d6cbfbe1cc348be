"""The life of the portal in embedded mode, from the first check to the last process."""

import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from rich.console import Console
from rich.markup import escape

from procedures_portal.celery import app
from procedures_portal.sample.accounts import FILE_NAME
from procedures_portal.serve import door
from procedures_portal.serve.preparation import Step
from procedures_portal.serve.programs import Programs, running, web_program, worker_program
from procedures_portal.serve.progress import Progressing

READY_SECONDS = 90.0


class NotReady(Exception):
    """The portal did not answer in time; the message says which part."""


@dataclass(frozen=True)
class Portal:
    """Where the portal listens and keeps its data."""

    host: str
    port: int
    url: str
    data_dir: Path
    console: Console

    def run(self, steps: Sequence[Step]) -> None:
        """Prepare, serve until interrupted, stop. Raises KeyboardInterrupt when asked to stop."""
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler)
        began = time.monotonic()
        with door.only_one(self.data_dir):
            door.refuse_busy_port(self.host, self.port)
            for step in steps:
                self._progress.carry_out(step)
            programs = (
                web_program(self.host, self.port),
                worker_program(self.data_dir / "beat-schedule"),
            )
            with running(programs, self._warn) as children:
                self._wait_until_ready(children)
                self._show_addresses(time.monotonic() - began)
                self._watch(children)

    def _wait_until_ready(self, children: Programs) -> None:
        """Until the home page and the worker really answer, each asked over its own wire."""
        waiting = {
            _("Máy chủ web"): lambda: door.home_page_answers(self.host, self.port),
            _("Tiến trình nền"): lambda: door.worker_answers(app),
        }
        for name, answers in waiting.items():
            began = time.monotonic()
            while not answers():
                children.restart_dead()
                if time.monotonic() - began > READY_SECONDS:
                    words = _("%(name)s không trả lời sau %(seconds)s giây.")
                    raise NotReady(words % {"name": name, "seconds": int(READY_SECONDS)})
                time.sleep(0.1)
            self._progress.done(_("%(name)s đã trả lời") % {"name": name}, began)

    def _watch(self, children: Programs) -> None:
        while True:
            time.sleep(0.5)
            children.restart_dead()

    def _show_addresses(self, seconds: float) -> None:
        ready = _("Cổng đã sẵn sàng sau %(seconds)s giây.") % {"seconds": f"{seconds:.1f}"}
        self.console.print(f"\n[bold green]{ready}[/bold green]", highlight=False)
        self._line(_("Trang công khai"), f"{self.url}/")
        self._line(_("Quản trị"), f"{self.url}/admin/")
        self._line("API", f"{self.url}/api/v1/procedures/")
        accounts = read_accounts(self.data_dir)
        if accounts:
            self.console.print(_("Tài khoản dùng thử (tên, mật khẩu):"), highlight=False)
        for username, password, role in accounts:
            self._line(username, f"{password}  {role}")
        self.console.print(_("Nhấn Ctrl-C để dừng."), highlight=False)

    def _line(self, label: str, value: str) -> None:
        """Never wrapped, so that an address can be clicked and a password copied."""
        self.console.print(f"  {label:<16} {value}", markup=False, highlight=False, soft_wrap=True)

    @property
    def _progress(self) -> Progressing:
        return Progressing(self.console)

    def _warn(self, words: str) -> None:
        self.console.print(f"[yellow]![/yellow] {escape(words)}", highlight=False)


def read_accounts(data_dir: Path) -> list[tuple[str, str, str]]:
    """The sample accounts as first made: (name, password, role); none without the sample."""
    try:
        lines = (data_dir / FILE_NAME).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    rows = (line.split("\t") for line in lines)
    return [(row[0], row[1], row[2]) for row in rows if len(row) == 3]
