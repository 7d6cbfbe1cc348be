"""What a Word, Excel or OpenDocument file holds, once it is known to be whole and bearable. Pure.

Such files are packages of many parts (zip). The older ones are compound files, whose directory is
read here only as far as names go.
"""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

UNPACKED_LIMIT: Final = 200 * 1024 * 1024  # bytes; a real annex of 500 rows unpacks to about 10 MB
MEMBERS_LIMIT: Final = 5_000
COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128  # bytes of one entry of a compound file's directory
_STORED = {1, 2, 5}  # types of entries: storage, stream, root


class PackageUnreadable(Exception):
    """A package that is not opened; the message names the damage and the mend."""


def open_package(data: bytes) -> zipfile.ZipFile:
    """The package, checked whole. Raises PackageUnreadable."""
    damaged = PackageUnreadable("Tệp bị hỏng hoặc tải lên chưa trọn: tải lên lại.")
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        _refuse_unbearable(archive)
        if archive.testzip() is not None:
            raise damaged
        return archive
    # RuntimeError: a way of packing that zipfile does not know.
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as error:
        raise damaged from error


def _refuse_unbearable(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if unpacked > UNPACKED_LIMIT or len(members) > MEMBERS_LIMIT:
        raise PackageUnreadable(
            "Tệp giải nén ra quá lớn nên không mở: bỏ bớt hình ảnh, "
            "hoặc chép riêng phần phụ lục sang tệp mới."
        )
    if any(member.flag_bits & 1 for member in members):
        raise PackageUnreadable("Tệp đặt mật khẩu: bỏ mật khẩu rồi tải lên lại.")


def compound_names(data: bytes) -> set[str]:
    """Names of the streams and storages of a compound file, wherever its directory lies.

    Entries of the directory lie at multiples of their own size and begin with their name and its
    length; nothing else that is 128 bytes long looks like one but by a freak.
    """
    return set(_names(data))


def _names(data: bytes) -> Iterator[str]:
    for place in range(512, len(data) - _ENTRY + 1, _ENTRY):
        length = int.from_bytes(data[place + 64 : place + 66], "little")
        if data[place + 66] not in _STORED or not 4 <= length <= 64 or length % 2:
            continue
        name, rest = data[place : place + length], data[place + length : place + 64]
        if name.endswith(b"\0\0") and not rest.strip(b"\0"):
            yield name[:-2].decode("utf-16-le", "replace")
