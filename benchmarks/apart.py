"""Running one measurement in a process and a data folder of its own, over a synthetic register."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from typing import Any


def run_apart(module: str, arguments: Sequence[str]) -> dict[str, Any]:
    """The last line that `python -m module *arguments` prints, as JSON."""
    with tempfile.TemporaryDirectory(prefix="portal-benchmark-") as folder:
        environment = os.environ | {
            "PORTAL_DATA_DIR": folder,
            "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/portal.sqlite3",
        }
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return json.loads(done.stdout.splitlines()[-1])


def fill_database(*, procedures: int, seed: int) -> None:
    """Migrate and announce a synthetic register; its memory is another process's."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procedures_portal.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    subprocess.run(
        [sys.executable, "-m", "benchmarks.synthetic", "--procedures", str(procedures),
         "--seed", str(seed)],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def quantiles(seconds: Sequence[float]) -> dict[str, float]:
    """p50, p95 and p99 in milliseconds."""
    ordered = sorted(seconds)
    return {
        f"p{share}_ms": round(ordered[min(len(ordered) - 1, len(ordered) * share // 100)] * 1e3, 2)
        for share in (50, 95, 99)
    }
