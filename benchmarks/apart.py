"""Running measurements in processes and data folders of their own."""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any


@contextmanager
def own_data_folder() -> Iterator[dict[str, str]]:
    """The environment of processes that share one data folder, which is thrown away at the end.

    The database is a file in it, or the one that DATABASE_URL names.
    """
    with tempfile.TemporaryDirectory(prefix="portal-benchmark-") as folder:
        own = {"PORTAL_DATA_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3"}
        yield own | os.environ | {"PORTAL_DATA_DIR": folder}


def run_in(environment: dict[str, str], module: str, arguments: Sequence[str]) -> dict[str, Any]:
    """The last line that `python -m module *arguments` prints, as JSON."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def run_apart(module: str, arguments: Sequence[str]) -> dict[str, Any]:
    """`run_in` a data folder of this one process."""
    with own_data_folder() as environment:
        return run_in(environment, module, arguments)


def set_up() -> None:
    """Make the portal's models usable, over a migrated database."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procedures_portal.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def fill_database(*, procedures: int, seed: int) -> None:
    """Migrate and announce a synthetic register; its memory is another process's."""
    set_up()
    subprocess.run(
        [sys.executable, "-m", "benchmarks.synthetic", "--procedures", str(procedures),
         "--seed", str(seed)],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def peak_mb() -> int:
    """The most memory this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def processor_seconds() -> float:
    """Used by this process and its ended helpers; other work on the machine moves it little."""
    return sum(os.times()[:4])


def quantiles(seconds: Sequence[float]) -> dict[str, float]:
    """p50, p95 and p99 in milliseconds."""
    ordered = sorted(seconds)
    return {
        f"p{share}_ms": round(ordered[min(len(ordered) - 1, len(ordered) * share // 100)] * 1e3, 2)
        for share in (50, 95, 99)
    }
