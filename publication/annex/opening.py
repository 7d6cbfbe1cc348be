"""Taking an annex file: what it is follows from its content, never from its name. Pure."""

import re
from typing import Final

from catalog.office_packages import COMPOUND, PackageUnreadable, open_package
from publication.annex.excel import read_excel
from publication.annex.tables import AnnexUnreadable, Document

# Letters that only TCVN3 (.VnTime) text is full of when it is read as Unicode.
_OLD_FONT: Final = re.compile("[µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÖ×ÝØÜÞ«¬­]")
_OLD_FONT_SHARE: Final = 0.04


def read_annex_file(data: bytes, *, limit: int) -> Document:
    """The tables and lines of a Word, Excel or PDF file. Raises AnnexUnreadable with the mend.

    `limit` is the size in bytes above which a file is not taken.
    """
    if not data:
        raise AnnexUnreadable("Tệp trống: chọn lại tệp.")
    if len(data) > limit:
        raise AnnexUnreadable(
            f"Tệp lớn {len(data) / 1024**2:.1f} MB, quá mức {limit / 1024**2:.0f} MB: "
            "tách riêng phần phụ lục hoặc bỏ bớt hình ảnh."
        )
    document = _read(data)
    _refuse_old_fonts(document)
    return document


def _read(data: bytes) -> Document:
    if data.startswith(COMPOUND):
        raise AnnexUnreadable(_why_not_ole(data))
    # The libraries behind are heavy, and most processes never read an annex.
    if b"%PDF-" in data[:1024]:
        from publication.annex.pdf import read_pdf

        return read_pdf(data)
    if data.startswith(b"PK"):
        return _read_package(data)
    raise AnnexUnreadable(_why_not_text(data))


def _read_package(data: bytes) -> Document:
    names = _checked_members(data)
    if any(name.startswith("word/") for name in names):
        from publication.annex.word import read_word

        return read_word(data)
    if "xl/workbook.xml" in names:
        return read_excel(data)
    if any(name.startswith("xl/") for name in names):
        raise AnnexUnreadable("Bảng Excel lưu dạng nhị phân (.xlsb): lưu lại dạng .xlsx.")
    raise AnnexUnreadable(
        "Tệp nén này không phải Word hay Excel: tải lên tệp .docx, .xlsx hoặc .pdf."
    )


def _checked_members(data: bytes) -> set[str]:
    """Names of what a package holds, once it is known to be whole and of a bearable size."""
    try:
        with open_package(data) as archive:
            return set(archive.namelist())
    except PackageUnreadable as error:
        raise AnnexUnreadable(str(error)) from error


def _why_not_ole(data: bytes) -> str:
    """Old Office files and locked new ones share one container; its directory names which."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "Tệp đặt mật khẩu: bỏ mật khẩu rồi tải lên lại."
    if "Workbook".encode("utf-16-le") in data:
        return "Đây là bảng Excel kiểu cũ (.xls): mở bằng Excel và lưu lại dạng .xlsx."
    return "Đây là tệp Word kiểu cũ (.doc): mở bằng Word và lưu lại dạng .docx."


def _why_not_text(data: bytes) -> str:
    head = data[:2048].lstrip().lower()
    if head.startswith(b"{\\rtf") or b"<html" in head or b"<!doctype html" in head:
        return "Tệp này là RTF hoặc trang web dù mang tên Word: mở bằng Word và lưu lại dạng .docx."
    if head.startswith((b"\xff\xd8\xff", b"\x89png")):
        return "Đây là ảnh chụp hoặc ảnh quét: tải lên bản Word (.docx) của phụ lục."
    return "Không nhận ra loại tệp: tải lên tệp Word (.docx), Excel (.xlsx) hoặc PDF có lớp chữ."


def _refuse_old_fonts(document: Document) -> None:
    cells = (cell.text for table in document.tables for row in table.grid for cell in row if cell)
    text = " ".join([*document.lines, *cells])
    if len(text) > 200 and len(_OLD_FONT.findall(text)) > len(text) * _OLD_FONT_SHARE:
        raise AnnexUnreadable(
            "Chữ trong tệp dùng phông cũ (.VnTime, TCVN3), không phải Unicode (TCVN 6909:2001): "
            "chuyển mã sang Unicode rồi tải lên lại."
        )
