"""Build a release of the public site and switch to it."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import now
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from publication.models import Release
from publication.site.release import publish


class Command(BaseCommand):
    help = "Dựng bản phát hành mới của trang công khai và chuyển sang phục vụ bản đó."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--full", action="store_true", help="Dựng lại mọi trang, không chỉ phần đã thay đổi."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        with _progress() as progress:
            release = publish(now=now(), full=options["full"], report=_Bar(progress).show)
        self.stdout.write(_summary(release, time.monotonic() - started))


def _summary(release: Release | None, seconds: float) -> str:
    if release is None:
        return "Trang công khai đã khớp với nhật ký; không có gì để dựng."
    return (
        f"Bản phát hành {release.pk}: {release.pages} địa chỉ, dựng {release.rendered} trang, "
        f"tệp trong {seconds:.1f} giây, gồm sự kiện đến số {release.through_sequence}."
    )


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    )


_STEPS = {
    "settle": "Dọn phần dở dang",
    "plan": "Tìm phần đã thay đổi",
    "render": "Dựng trang",
    "arrange": "Ghép với bản trước",
    "sync": "Ghi xuống đĩa",
    "switch": "Chuyển bản phục vụ",
    "record": "Ghi sổ",
    "clear": "Bỏ bản quá cũ",
}


class _Bar:
    """One bar that takes the name of the step under way."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: TaskID = progress.add_task("")

    def show(self, step: str, done: int, total: int) -> None:
        self._progress.update(self._task, description=_STEPS[step], completed=done, total=total)
