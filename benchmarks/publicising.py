"""Publishing with a watch: a release by its steps, and one decision from issue to public."""

import os
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.announcing import announce, edit_texts
from benchmarks.apart import peak_mb, processor_seconds
from catalog.models import Procedure
from publication.models import Listing

AMENDED = 25


class _Steps:
    """Seconds by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._step, self._since = "", time.perf_counter()

    def __call__(self, step: str, done: int, total: int) -> None:
        if step != self._step:
            self.end()
            self._step, self._since = step, time.perf_counter()

    def end(self) -> dict[str, float]:
        if self._step:
            passed = time.perf_counter() - self._since
            self.seconds[self._step] = round(passed, 3)
        return self.seconds


def publish_timed(*, full: bool) -> dict[str, Any]:
    """One release: its pages, seconds and steps."""
    from django.utils.timezone import now

    from publication.site.release import publish

    steps, started, used = _Steps(), time.perf_counter(), processor_seconds()
    release = publish(now=now(), full=full, report=steps)
    seconds = time.perf_counter() - started
    assert release is not None, "there was something to publish"
    return {
        "seconds": round(seconds, 2),
        "cpu_s": round(processor_seconds() - used, 2),
        "addresses": release.pages,
        "rendered": release.rendered,
        "peak_mb": peak_mb(),
        "steps": steps.end(),
    }


def index_timed() -> dict[str, Any]:
    """Bring the search index level with the log."""
    from publication.search.build import catch_up

    started, used = time.perf_counter(), processor_seconds()
    _, written = catch_up()
    return {
        "seconds": round(time.perf_counter() - started, 2),
        "cpu_s": round(processor_seconds() - used, 2),
        "written": written,
    }


def amend_timed(turn: int) -> dict[str, Any]:
    """Amend 25 procedures spread over the listings; seconds from issuing to each thing seen.

    The site shows it when the switch is recorded; clearing up comes after, and search after that.
    """
    issue_s, issue_cpu_s = issue_amendment(turn)
    release = publish_timed(full=False)
    index = index_timed()
    public_s = issue_s + release["seconds"] - release["steps"]["clear"]
    return {
        "issue_s": round(issue_s, 2),
        "public_s": round(public_s, 2),
        "everywhere_s": round(issue_s + release["seconds"] + index["seconds"], 2),
        "cpu_s": round(issue_cpu_s + release["cpu_s"] + index["cpu_s"], 2),
        "rendered": release["rendered"],
        "steps": release["steps"] | {"index": index["seconds"]},
    }


def issue_amendment(turn: int) -> tuple[float, float]:
    """Issue a decision that amends 25 procedures; seconds on the wall and of the processor."""
    chosen = _spread(turn)
    edit_texts(Procedure.objects.filter(pk__in=chosen), summary=f"Bản sửa đổi lần {turn + 1}.")
    signed = date(2026, 9, 1) + timedelta(days=turn)
    started, used = time.perf_counter(), processor_seconds()
    announce(chosen, number=f"{90_000 + turn}/QĐ-UBND", signed_on=signed, effect="amended")
    return time.perf_counter() - started, processor_seconds() - used


def _spread(turn: int) -> list[int]:
    keys = list(
        Listing.objects.current().offered().order_by("code").values_list("procedure_id", flat=True)
    )
    step = len(keys) // AMENDED
    return [keys[(at * step + turn) % len(keys)] for at in range(AMENDED)]


def site_mb() -> int:
    """How much the site folder holds, releases that are kept included."""
    folder = Path(os.environ["PORTAL_DATA_DIR"]) / "site"
    sizes = (
        os.lstat(os.path.join(below, name)).st_size
        for below, _folders, names in os.walk(folder)
        for name in names
    )
    return round(sum(sizes) / 2**20)
