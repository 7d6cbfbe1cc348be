"""Rows of the scraped register seen from the frame: recognised, coded, checked for shape. Pure.

The texts themselves, flattened tables among them, are read by `scraped/`.
"""

from dataclasses import replace
from typing import Any, Final

from catalog.importers.cells import text_of
from catalog.importers.field_names import split_fields
from catalog.importers.parsed import ParsedProcedure
from catalog.importers.scraped.record import parse_record

COLUMNS: Final = frozenset({"ma_thu_tuc", "ten_thu_tuc", "cach_thuc_thuc_hien"})


def is_scraped_register(raw: dict[str, Any]) -> bool:
    return raw.keys() >= COLUMNS


def code_of(raw: dict[str, Any]) -> str:
    return text_of(raw, "ma_thu_tuc")


def fields_text_of(raw: dict[str, Any]) -> str:
    return text_of(raw, "linh_vuc")


def parse_scraped_register(
    raw: dict[str, Any], *, known_fields: frozenset[str] = frozenset()
) -> ParsedProcedure:
    """One record, every value of which must be text. Raises RecordRefused."""
    texts = {key: text_of(raw, key) for key in raw}
    # One rule for field names whatever the source: a lower-case piece begins no field's name.
    fields = split_fields(texts.get("linh_vuc", ""), known=known_fields) or None
    return replace(parse_record(texts, known_fields=known_fields), raw=raw, field_names=fields)
