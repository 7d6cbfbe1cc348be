"""Addresses that sources give, where a vocabulary takes nothing but a valid one."""

import re
from urllib.parse import urlsplit

# What RFC 3987 keeps out of an address, with which no graph could be written down.
_UNFIT = re.compile(r"[\s<>\"{}|\\^`]")


def web_address(text: str) -> str:
    """An address of the web as it stands; "" for anything else."""
    if _UNFIT.search(text):
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in {"http", "https"} and parts.hostname else ""
