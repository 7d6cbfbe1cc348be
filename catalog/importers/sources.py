"""The sources an importer understands, told apart by what a record looks like."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Protocol

from catalog.enums import RecordSource
from catalog.importers import (
    exported_tables,
    national_api,
    national_list,
    national_package,
    scraped_register,
)
from catalog.importers.files import FileRefused, SourceRow, is_workbook, read_json_records
from catalog.importers.parsed import ParsedProcedure


class Parse(Protocol):
    def __call__(
        self, raw: dict[str, Any], *, known_fields: frozenset[str] = ...
    ) -> ParsedProcedure: ...


def _says_no_day(_raw: dict[str, Any]) -> date | None:
    return None


@dataclass(frozen=True)
class Source:
    """How one kind of record is recognised and read. `parse` raises RecordRefused.

    `columns` are those that every record of a source with named columns has.
    """

    kind: RecordSource
    parse: Parse
    is_record: Callable[[dict[str, Any]], bool]
    code_of: Callable[[dict[str, Any]], str]
    fields_text_of: Callable[[dict[str, Any]], str]
    taken_on_of: Callable[[dict[str, Any]], date | None] = _says_no_day
    columns: frozenset[str] = frozenset()


SOURCES: Final = (
    Source(
        RecordSource.SCRAPED_REGISTER,
        scraped_register.parse_scraped_register,
        scraped_register.is_scraped_register,
        scraped_register.code_of,
        scraped_register.fields_text_of,
        columns=scraped_register.COLUMNS,
    ),
    Source(
        RecordSource.EXPORTED_TABLES,
        exported_tables.parse_exported_tables,
        exported_tables.is_exported_tables,
        exported_tables.code_of,
        exported_tables.fields_text_of,
    ),
    Source(
        RecordSource.NATIONAL_API,
        national_api.parse_national_api,
        national_api.is_national_api,
        national_api.code_of,
        national_api.fields_text_of,
    ),
    Source(
        RecordSource.NATIONAL_PACKAGE,
        national_package.parse_national_package,
        national_package.is_national_package,
        national_package.code_of,
        national_package.fields_text_of,
    ),
    Source(
        RecordSource.NATIONAL_LIST,
        national_list.parse_national_list,
        national_list.is_national_list,
        national_list.code_of,
        national_list.fields_text_of,
        national_list.taken_on_of,
        national_list.COLUMNS,
    ),
    Source(
        RecordSource.SPREADSHEET,
        national_list.parse_national_list,
        national_list.is_national_list,
        national_list.code_of,
        national_list.fields_text_of,
    ),
)


def source_of(kind: RecordSource) -> Source:
    return next(source for source in SOURCES if source.kind == kind)


def detect(path: Path) -> Source:
    """The source a file comes from, by its kind and its first record. Raises FileRefused."""
    if not path.exists():
        raise FileRefused(f"Không có tệp {path.name}.")
    if path.is_dir():
        raise FileRefused(f"{path.name} là thư mục; nêu một tệp.")
    if is_workbook(path):
        return source_of(RecordSource.SPREADSHEET)
    first = next(read_json_records(path))
    for source in SOURCES:
        if source.is_record(first.raw):
            return source
    raise FileRefused(
        f"Không nhận ra nguồn của tệp: {_nearest(first.raw)} Các nguồn đọc được: "
        f"{', '.join(RecordSource.values)}; xem docs/importing.md."
    )


def _nearest(raw: dict[str, Any]) -> str:
    """Which column keeps a record from being one of a source, or which columns it has instead."""
    found = max(SOURCES, key=lambda source: len(source.columns & raw.keys()))
    if found.columns & raw.keys():
        lacking = ", ".join(f"“{key}”" for key in sorted(found.columns - raw.keys()))
        return f"bản ghi đầu gần giống nguồn {found.kind.value} nhưng thiếu cột {lacking}."
    keys = ", ".join(f"“{key}”"[:40] for key in list(raw)[:8]) or "(không có cột nào)"
    return f"bản ghi đầu có các cột {keys}."


def read_rows(path: Path, source: Source) -> Iterator[SourceRow]:
    """The rows of a file of a known source, one by one. Raises FileRefused."""
    if source.kind is RecordSource.SPREADSHEET:
        if not is_workbook(path):
            raise FileRefused(f"{path.name} không phải tệp Excel .xlsx.")
        yield from national_list.read_workbook(path)
        return
    for row in read_json_records(path):
        yield SourceRow(row.number, row.raw, source.taken_on_of(row.raw))
