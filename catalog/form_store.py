"""Where the bytes of forms lie: under MEDIA_ROOT by their digest, written once, never changed.

Rows and releases that share a file share its bytes; a release links to them. A file stays when no
row names it any more: an upload of the same bytes may be under way.
"""

import os
from pathlib import Path

from django.conf import settings

from catalog.canonical import digest_bytes


def place(sha256: str) -> Path:
    """Where the file of a digest lies, whether it is there or not."""
    return Path(settings.MEDIA_ROOT) / "forms" / sha256[:2] / sha256[2:]


def keep(data: bytes) -> str:
    """Put a file in place by one rename; its digest."""
    sha256 = digest_bytes(data)
    path = place(sha256)
    if path.is_file() and path.stat().st_size == len(data):
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    with fresh.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    fresh.chmod(0o644)
    os.rename(fresh, path)
    return sha256
