"""What costs seconds to make and is only copied: made by the first process of a run that asks."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path


def made_once(name: str, make: Callable[[Path], object]) -> Path:
    """The folder that `make` fills once for all processes of the run: copy it, leave it as it is.

    Who asks meanwhile waits; what was left half made is made anew.
    """
    folder = Path(os.environ["PORTAL_TESTS_DIR"]) / "made-once" / name
    folder.parent.mkdir(exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = folder.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            make(unfinished)
            unfinished.rename(folder)
    return folder
