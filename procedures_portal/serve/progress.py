"""Steps shown as they are carried out: a moving bar on a terminal, a line for each one done."""

import time

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

from procedures_portal.serve.preparation import Step


class Progressing:
    def __init__(self, console: Console) -> None:
        self._console = console

    def carry_out(self, step: Step) -> None:
        began = time.monotonic()
        with self._live() as progress:
            told = step.act(_Bar(progress, step.title))
        self.done(f"{step.title}: {told}" if told else step.title, began)

    def _live(self) -> Progress:
        return Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )

    def done(self, words: str, began: float) -> None:
        seconds = f"{time.monotonic() - began:.1f} s"
        self._console.print(
            f"[green]✓[/green] {escape(words)} [dim]({seconds})[/dim]", highlight=False
        )


class _Bar:
    """One bar with the step's title and what of it is under way."""

    def __init__(self, progress: Progress, title: str) -> None:
        self._progress, self._title = progress, title
        self._task = progress.add_task(title, total=None)

    def __call__(self, step: str, done: int, total: int) -> None:
        self._progress.update(
            self._task,
            description=f"{self._title}: {step}",
            completed=done,
            total=total or None,
        )
