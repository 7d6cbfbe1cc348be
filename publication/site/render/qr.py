"""The QR code of a page, drawn as an inline SVG."""

from functools import lru_cache

import segno
from django.utils.safestring import SafeString

_QUIET_ZONE = 2
# Any mask is read by any reader; weighing all eight takes four times as long.
_MASK = 3


@lru_cache(maxsize=8192)
def qr_path(address: str) -> tuple[int, SafeString]:
    """The side in modules, quiet zone included, and the path of the dark modules."""
    code = segno.make(address, micro=False, mask=_MASK, boost_error=False, error="m")
    rows = enumerate(code.matrix, start=_QUIET_ZONE)
    path = "".join(_row(bytes(row), y) for y, row in rows)
    return len(code.matrix) + 2 * _QUIET_ZONE, SafeString(path)


def _row(row: bytes, y: int) -> str:
    """The runs of dark modules of one row as SVG path steps."""
    steps, x = [], 0
    while (start := row.find(1, x)) >= 0:
        end = row.find(0, start)
        end = len(row) if end < 0 else end
        steps.append(f"M{start + _QUIET_ZONE} {y}h{end - start}v1h-{end - start}z")
        x = end
    return "".join(steps)
