"""Which files may be handed to citizens as forms. The content tells, never the name. Pure.

Taken are documents to print or to fill in. Refused is what a computer would run: macros, web
pages, drawings with scripts, programs, and whatever is not known.
"""

import re
import zipfile
from collections.abc import Collection
from enum import StrEnum
from typing import Final

from catalog.office_packages import (
    COMPOUND,
    PackageUnreadable,
    compound_names,
    open_package,
)
from catalog.vietnamese import slug


class FormRefused(Exception):
    """A file that is not taken as a form; the message says why and what to do."""


class FormKind(StrEnum):
    """By the ending of its name."""

    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    XLSX = "xlsx"
    XLS = "xls"
    ODT = "odt"
    RTF = "rtf"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self]


MEDIA_TYPES: Final = {
    FormKind.PDF: "application/pdf",
    FormKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FormKind.DOC: "application/msword",
    FormKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FormKind.XLS: "application/vnd.ms-excel",
    FormKind.ODT: "application/vnd.oasis.opendocument.text",
    FormKind.RTF: "application/rtf",
}
_MAIN_TYPES: Final = {
    f"{MEDIA_TYPES[FormKind.DOCX]}.main+xml".encode(): FormKind.DOCX,
    f"{MEDIA_TYPES[FormKind.XLSX]}.main+xml".encode(): FormKind.XLSX,
}
_MACROS: Final = (
    "Tệp có macro hoặc mã chạy kèm: mở bằng Word hoặc Excel, lưu lại dạng .docx hoặc .xlsx "
    "không có macro rồi tải lên."
)
_UNKNOWN: Final = (
    "Không nhận ra loại tệp: tải lên tệp PDF, Word (.docx, .doc), Excel (.xlsx, .xls), .odt hoặc "
    ".rtf."
)
_RUNNING_PARTS = re.compile(
    r"vbaproject|vbadata|activex|macrosheets|^basic/|^scripts/|\.(?:exe|dll|js|vbs|jar)$",
    re.IGNORECASE,
)
_RUNNING_STREAMS = {"macros", "vba", "_vba_project", "_vba_project_cur", "vba_project_cur"}
# A template fetched from elsewhere brings its macros with it.
_REMOTE_TEMPLATE = re.compile(rb"attachedTemplate[^>]*TargetMode=\"External\"", re.IGNORECASE)
_RTF_RUNS = re.compile(rb"\\(?:objdata|objupdate|objocx|\*\\template)")
_LONGEST_NAME = 80


def recognise(data: bytes) -> FormKind:
    """The kind of a form. Raises FormRefused."""
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _package(data)
    if data.startswith(COMPOUND):
        return _compound(data)
    if data.startswith(b"{\\rtf"):
        if _RTF_RUNS.search(data):
            raise FormRefused(_MACROS)
        return FormKind.RTF
    raise FormRefused(_why_not(data))


def clean_file_name(name: str, kind: FormKind) -> str:
    """A name that every system can save, with the ending that the content deserves.

    "Mẫu số 01 (Tờ khai).DOC" of a PDF gives "mau-so-01-to-khai.pdf".
    """
    own = re.split(r"[\\/]", name)[-1]
    stem = own.rpartition(".")[0] or own
    return f"{slug(stem)[:_LONGEST_NAME].strip('-') or 'mau-don'}.{kind.value}"


def _pdf(data: bytes) -> FormKind:
    if b"%%EOF" not in data:
        raise FormRefused("Tệp PDF bị hỏng hoặc tải lên chưa trọn: tải lên lại.")
    return FormKind.PDF


def _package(data: bytes) -> FormKind:
    try:
        with open_package(data) as archive:
            names = archive.namelist()
            if any(_RUNNING_PARTS.search(name) for name in names):
                raise FormRefused(_MACROS)
            if "mimetype" in names:
                return _open_document(archive.read("mimetype"))
            return _office_document(archive, names)
    except PackageUnreadable as error:
        raise FormRefused(str(error)) from error


def _open_document(mimetype: bytes) -> FormKind:
    if mimetype.strip() == MEDIA_TYPES[FormKind.ODT].encode():
        return FormKind.ODT
    raise FormRefused(_UNKNOWN)


def _office_document(archive: zipfile.ZipFile, names: Collection[str]) -> FormKind:
    types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    links = (archive.read(name) for name in names if name.endswith("settings.xml.rels"))
    if b"macroEnabled" in types or any(_REMOTE_TEMPLATE.search(link) for link in links):
        raise FormRefused(_MACROS)
    for main, kind in _MAIN_TYPES.items():
        if main in types:
            return kind
    raise FormRefused(_UNKNOWN)


def _compound(data: bytes) -> FormKind:
    names = {name.casefold() for name in compound_names(data)}
    if "encryptedpackage" in names:
        raise FormRefused("Tệp đặt mật khẩu: bỏ mật khẩu rồi tải lên lại.")
    if names & _RUNNING_STREAMS:
        raise FormRefused(_MACROS)
    if "worddocument" in names:
        return FormKind.DOC
    if names & {"workbook", "book"}:
        return FormKind.XLS
    raise FormRefused(_UNKNOWN)


def _why_not(data: bytes) -> str:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<", b"mime-version")):
        return (
            "Tệp này là trang web hoặc hình vẽ có mã, dù mang tên gì: lưu lại thành PDF hoặc .docx."
        )
    if head.startswith((b"mz", b"\x7felf", b"#!")):
        return "Tệp này là chương trình, không phải biểu mẫu."
    if head.startswith((b"\xff\xd8\xff", b"\x89png")):
        return "Đây là ảnh chụp hoặc ảnh quét: tải lên biểu mẫu dạng Word hoặc PDF."
    return _UNKNOWN
