"""What a file is follows from its content; what cannot be read is refused with the mend."""

import zipfile
from io import BytesIO

import pytest

from catalog.office_packages import UNPACKED_LIMIT
from publication.annex.opening import read_annex_file
from publication.annex.tables import AnnexUnreadable
from tests.publication.annex.files import T, docx, packed, pdf, xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TABLE = T([["STT", "Tên thủ tục"], ["1", "Cấp giấy phép nuôi ong"]])


def refusal(data: bytes, *, limit: int = 10**6) -> str:
    with pytest.raises(AnnexUnreadable) as refused:
        read_annex_file(data, limit=limit)
    return str(refused.value)


@pytest.mark.parametrize("data", [docx([TABLE]), xlsx({"a": [TABLE]}), pdf([[TABLE]])])
def test_word_excel_and_pdf_are_told_apart_by_their_content(data):
    assert read_annex_file(data, limit=10**6).tables[0].text(1, 1) == "Cấp giấy phép nuôi ong"


def test_a_file_above_the_limit_is_not_opened():
    assert refusal(docx([TABLE]), limit=100).startswith("Tệp lớn 0.0 MB, quá mức 0 MB")


@pytest.mark.parametrize(
    ("data", "mend"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), "(.doc): mở bằng Word và lưu lại dạng .docx"),
        (OLE + "Workbook".encode("utf-16-le"), "(.xls): mở bằng Excel và lưu lại dạng .xlsx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "Tệp đặt mật khẩu: bỏ mật khẩu"),
        (b"{\\rtf1 x}", "lưu lại dạng .docx"),
        (b"<!DOCTYPE html><html>", "lưu lại dạng .docx"),
        (b"\xff\xd8\xff\xe0 photo", "ảnh"),
        (b"STT,Ten", "Không nhận ra loại tệp"),
        (b"", "Tệp trống"),
        (packed({"readme.txt": "x"}), "không phải Word hay Excel"),
        (packed({"xl/workbook.bin": "x"}), "lưu lại dạng .xlsx"),
        (docx([TABLE])[:-40], "Tệp bị hỏng"),
    ],
)
def test_other_files_are_refused_with_the_mend(data, mend):
    assert mend in refusal(data)


def test_a_package_that_unpacks_to_too_much_is_not_unpacked():
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (UNPACKED_LIMIT + 1))
    assert len(file.getvalue()) < 10**6
    assert "giải nén ra quá lớn" in refusal(file.getvalue())


def test_a_damaged_member_is_noticed_before_it_is_read():
    data = bytearray(packed({"word/document.xml": "x" * 1000}))
    data[60] ^= 0xFF
    assert "Tệp bị hỏng" in refusal(bytes(data))


def test_text_in_old_fonts_is_refused_and_not_read_as_garbage():
    garbage = "Danh môc thñ tôc hµnh chÝnh míi ban hµnh lÜnh vùc ®Êt ®ai cña tØnh " * 5
    assert "phông cũ" in refusal(docx([T([["STT", garbage]])]))


def test_vietnamese_in_unicode_is_never_taken_for_an_old_font():
    text = "Thủ tục cấp giấy phép: Ủy ban nhân dân, đăng ký ở ĐỒNG THÁP – “x” ± 5 m² " * 5
    assert read_annex_file(docx([T([["STT", text]])]), limit=10**6).tables
