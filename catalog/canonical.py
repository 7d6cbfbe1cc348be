"""One JSON text for one value, so that a digest means the same to everybody. Pure.

Keys sorted, no spaces, UTF-8, no number but integers: the part of RFC 8785 (JCS) that the
portal's documents need. Decimal amounts travel as strings.
"""

import hashlib
import json
from typing import Any


def canonical_json(value: Any) -> str:
    """The canonical text of JSON-ready data. Raises TypeError on floats, ValueError on NaN."""
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: Any) -> str:
    """SHA-256 of the canonical text, 64 hexadecimal characters."""
    return digest_bytes(canonical_json(value).encode())


def digest_bytes(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("floats have no canonical form here; use a string or an integer")
    if isinstance(value, dict):
        for part in value.values():
            _refuse_floats(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            _refuse_floats(part)
