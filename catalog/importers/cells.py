"""Typed reading of raw records: a value of the wrong shape refuses the record, by name. Pure."""

from collections.abc import Iterator
from typing import Any

from catalog.importers.parsed import RecordRefused
from catalog.vietnamese import fold


def text_of(raw: dict[str, Any], key: str) -> str:
    """A value as text; missing and null are empty. Numbers keep their digits."""
    value = raw.get(key)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise RecordRefused(key, "giá trị phải là văn bản hoặc một con số; kiểm tra lại bản ghi.")
    return str(value)


def rows_of(raw: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """A value as rows; missing and null are none."""
    value = raw.get(key)
    if value is None or value == "":
        return []
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise RecordRefused(key, "giá trị phải là một bảng (danh sách các dòng).")
    return value


def part_of(raw: dict[str, Any], key: str) -> dict[str, Any]:
    """A value as a nested record; missing and null are empty."""
    value = raw.get(key)
    if value is None or value == "":
        return {}
    if not isinstance(value, dict):
        raise RecordRefused(key, "giá trị phải là một nhóm dữ liệu.")
    return value


def plain_keys(raw: dict[str, Any]) -> dict[str, Any]:
    """A record under keys without marks and spaces: "mã_thủ_tục" and "Mã thủ tục" are one key."""
    return {fold(key).strip().replace(" ", "_"): value for key, value in raw.items()}


def longest_text(value: Any, path: str = "") -> tuple[int, str]:
    """The length of the longest text in a record and where it stands."""
    return max(_texts(value, path), default=(0, ""))


def _texts(value: Any, path: str) -> Iterator[tuple[int, str]]:
    if isinstance(value, str):
        yield len(value), path
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(part, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part, path)
