"""Opening source files: gzip or plain, JSON lines or one document, streamed; damage named. Pure."""

import gzip
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any, Final, NoReturn

LINE_LIMIT: Final = 64 * 1024 * 1024  # bytes of one JSON line
_CHUNK: Final = 1024 * 1024
DOCUMENT_LIMIT: Final = 256 * 1024 * 1024  # bytes of one JSON document, or of an opened workbook
_ByteLines = IO[bytes] | gzip.GzipFile
_BOM: Final = b"\xef\xbb\xbf"
_ZIP: Final = b"PK\x03\x04"


class FileRefused(Exception):
    """A file of which nothing may be taken in; the message names the damage and the mend."""


@dataclass(frozen=True)
class SourceRow:
    """One record as the file holds it; `taken_on` when the record itself says on which day."""

    number: int
    raw: dict[str, Any]
    taken_on: date | None = None


def is_workbook(path: Path) -> bool:
    """Whether a file is an Excel workbook (a ZIP archive with a workbook inside)."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
    if sum(member.file_size for member in members) > DOCUMENT_LIMIT:
        raise FileRefused("Tệp Excel quá lớn khi giải nén; chia thành nhiều tệp nhỏ hơn.")
    return any(member.filename == "xl/workbook.xml" for member in members)


def read_json_records(path: Path) -> Iterator[SourceRow]:
    """The records of a file of JSON lines, or of one JSON object or list of objects.

    Lines are read one by one, so memory does not grow with the file. Raises FileRefused on a
    missing or empty file, broken gzip, bytes that are not UTF-8, and text that is not JSON.
    """
    try:
        with _opened(path) as stream:
            _refuse_false_workbook(path, stream)
            yield from _records(stream)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise FileRefused(
            "Tệp nén gzip bị hỏng hoặc bị cắt giữa chừng; tải lại tệp rồi nhập lại."
        ) from error
    except OSError as error:
        raise FileRefused(f"Không mở được tệp: {error.strerror or error}.") from error


@contextmanager
def _opened(path: Path) -> Iterator[_ByteLines]:
    with path.open("rb") as plain:
        magic = plain.read(2)
        plain.seek(0)
        if magic != b"\x1f\x8b":
            yield plain
            return
        with gzip.GzipFile(fileobj=plain) as unpacked:
            try:
                yield unpacked
            except FileRefused:
                # A changed byte shows as strange text long before the checksum at the end does.
                while unpacked.read(_CHUNK):
                    pass
                raise


def _refuse_false_workbook(path: Path, stream: _ByteLines) -> None:
    """Who sends a table named .xlsx is not helped by words about JSON."""
    head = stream.read(len(_ZIP))
    stream.seek(0)
    if path.suffix.lower() in (".xlsx", ".xls") and head and head != _ZIP:
        raise FileRefused(
            f"Tệp mang đuôi {path.suffix} nhưng bên trong không phải bảng Excel .xlsx: mở bằng "
            "Excel, lưu lại dạng “Excel Workbook (.xlsx)” rồi nhập."
        )


def _records(stream: _ByteLines) -> Iterator[SourceRow]:
    first_number, first = _first_line(stream)
    if first.startswith(_ZIP):
        raise FileRefused(
            "Tệp là tệp nén ZIP nhưng không mở được như tệp Excel: tệp .xlsx bị cắt giữa chừng, "
            "hoặc là loại tệp khác (.docx, .zip). Lưu lại danh sách từ Excel rồi nhập."
        )
    if not first:
        raise FileRefused("Tệp trống: không có bản ghi nào.")
    record = _load_or_none(first, first_number)
    if not isinstance(record, dict):
        yield from _document(first_number, first + stream.read(DOCUMENT_LIMIT + 1))
        return
    yield SourceRow(first_number, record)
    lines = iter(lambda: stream.readline(LINE_LIMIT + 1), b"")
    for number, line in enumerate(lines, first_number + 1):
        _check_length(line, number)
        if line.strip():
            yield SourceRow(number, _object(_load(line, number), number))


def _first_line(stream: _ByteLines) -> tuple[int, bytes]:
    """The first line that is not blank, without a byte order mark, and its number."""
    for number, line in enumerate(iter(lambda: stream.readline(LINE_LIMIT + 1), b""), 1):
        _check_length(line, number)
        line = line.removeprefix(_BOM) if number == 1 else line
        if line.strip():
            return number, line
    return 0, b""


def _document(number: int, text: bytes) -> Iterator[SourceRow]:
    """Records of one JSON document; their numbers are their places in the list, from 1."""
    if len(text) > DOCUMENT_LIMIT:
        raise FileRefused("Tệp JSON quá lớn; ghi mỗi bản ghi trên một dòng (JSON lines) rồi nhập.")
    data = _load(text, number)
    records = data if isinstance(data, list) else [data]
    if not records:
        raise FileRefused("Tệp trống: danh sách không có bản ghi nào.")
    for place, record in enumerate(records, 1):
        yield SourceRow(place, _object(record, place))


def _check_length(line: bytes, number: int) -> None:
    if len(line) > LINE_LIMIT:
        raise FileRefused(f"Dòng {number} dài quá {LINE_LIMIT // 1024**2} MB; kiểm tra lại tệp.")


def _load_or_none(line: bytes, number: int) -> Any:
    """The first line's JSON, or None when it only begins a document of several lines."""
    try:
        return _parse(_decoded(line, number))
    except (ValueError, RecursionError):
        return None


def _load(data: bytes, number: int) -> Any:
    try:
        return _parse(_decoded(data, number))
    except json.JSONDecodeError as error:
        line = number + error.lineno - 1
        raise FileRefused(
            f"Dòng {line} không phải JSON hợp lệ (cột {error.colno}); tệp có thể bị cắt giữa "
            "chừng hoặc sai định dạng. Chưa nhập bản ghi nào; tải lại tệp rồi nhập lại."
        ) from error
    except (ValueError, RecursionError) as error:
        raise FileRefused(f"Dòng {number} không phải JSON hợp lệ: {error}.") from error


def _parse(text: str) -> Any:
    value = json.loads(text, parse_constant=_refuse_constant)
    # PostgreSQL stores neither NUL nor half a surrogate pair; both hide in JSON escapes.
    return _storable(value) if "\\u" in text or "\x00" in text else value


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} không phải một số")


def _decoded(data: bytes, number: int) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FileRefused(
            f"Tệp không phải văn bản UTF-8 (dòng {number}, byte {error.start + 1}); "
            "đây có thể là loại tệp khác. Lưu lại dạng JSON UTF-8 hoặc Excel .xlsx rồi nhập."
        ) from error


def _object(value: Any, number: int) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise FileRefused(f"Bản ghi {number} không phải một đối tượng JSON; kiểm tra lại tệp.")
    return value


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {_storable(key): _storable(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_storable(part) for part in value]
    return value
