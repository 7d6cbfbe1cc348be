"""What is taken as a form is told by content; what a computer would run is refused."""

import zipfile
from io import BytesIO

import pytest

from catalog.form_kinds import MEDIA_TYPES, FormKind, FormRefused, clean_file_name, recognise
from catalog.office_packages import COMPOUND
from tests.factories import make_pdf

_WORD = f"{MEDIA_TYPES[FormKind.DOCX]}.main+xml"
_EXCEL = f"{MEDIA_TYPES[FormKind.XLSX]}.main+xml"
_ODT = MEDIA_TYPES[FormKind.ODT]


def package(**members: str) -> bytes:
    """A package; two underscores in a name stand for a slash, one word "types" for the list."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in members.items():
            path = "[Content_Types].xml" if name == "types" else name.replace("__", "/")
            archive.writestr(path, text)
    return file.getvalue()


def compound(*names: str) -> bytes:
    """A compound file's head and a directory of these names."""
    entries = b""
    for name in names:
        spelt = name.encode("utf-16-le") + b"\0\0"
        entries += spelt.ljust(64, b"\0") + len(spelt).to_bytes(2, "little") + b"\x02"
        entries = entries.ljust(-(-len(entries) // 128) * 128, b"\0")
    return COMPOUND.ljust(512, b"\0") + entries


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (make_pdf("mẫu"), FormKind.PDF),
        (package(types=_WORD, word__document="x"), FormKind.DOCX),
        (package(types=_EXCEL, xl__workbook="x"), FormKind.XLSX),
        (package(mimetype=_ODT, content="x"), FormKind.ODT),
        (compound("Root Entry", "WordDocument"), FormKind.DOC),
        (compound("Root Entry", "Workbook"), FormKind.XLS),
        (b"{\\rtf1\\ansi mau don}", FormKind.RTF),
    ],
)
def test_the_kinds_that_are_taken_are_told_by_content(data, kind):
    assert recognise(data) is kind


_MACRO_TYPES = "application/vnd.ms-word.document.macroEnabled.main+xml"
_TEMPLATE = '<Relationship Type="x/attachedTemplate" Target="https://x" TargetMode="External"/>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (package(types=_WORD, word__vbaProject="x"), "macro"),
        (package(types=_MACRO_TYPES), "macro"),
        (package(types=_WORD, word__activeX__activeX1="x"), "macro"),
        (package(types=_EXCEL, xl__macrosheets__sheet1="x"), "macro"),
        (
            package(**{"types": _WORD, "word___rels__settings.xml.rels": _TEMPLATE}),
            "macro",
        ),
        (package(mimetype=_ODT, Basic__script="x"), "macro"),
        (compound("WordDocument", "Macros", "VBA"), "macro"),
        (compound("Workbook", "_VBA_PROJECT_CUR"), "macro"),
        (b"{\\rtf1 {\\object\\objdata 0105}}", "macro"),
        (compound("EncryptedPackage"), "mật khẩu"),
        (b"<!DOCTYPE html><script>", "trang web"),
        (b'\xef\xbb\xbf\n<svg onload="x">', "trang web"),
        (b"MIME-Version: 1.0\n", "trang web"),
        (b"MZ\x90\x00", "chương trình"),
        (b"\x7fELF", "chương trình"),
        (b"MZ%PDF-1.4 %%EOF", "chương trình"),
        (b"\x89PNG\r\n", "ảnh"),
        (b"%PDF-1.4\nhalf a file", "trọn"),
        (package(types=_WORD)[:-30], "trọn"),
        (package(anything="x"), "Không nhận ra"),
        (package(mimetype="application/epub+zip"), "Không nhận ra"),
        (compound("Root Entry"), "Không nhận ra"),
        ("Kính gửi: Ủy ban nhân dân".encode(), "Không nhận ra"),
    ],
)
def test_what_runs_and_what_is_unknown_is_refused_with_the_reason(data, words):
    with pytest.raises(FormRefused, match=words):
        recognise(data)


def test_words_of_a_text_are_not_taken_for_macros():
    """Only the directory counts: a form may speak of macros."""
    text = "Macros VBA _VBA_PROJECT".encode("utf-16-le")
    assert recognise(compound("WordDocument") + text.ljust(1024, b" ")) is FormKind.DOC


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Mẫu số 01 (Tờ khai).DOC", "mau-so-01-to-khai.pdf"),
        ("..\\..\\don.exe", "don.pdf"),
        ("/etc/.hidden", "hidden.pdf"),
        ("", "mau-don.pdf"),
        ("đơn" * 60 + ".docx", "don" * 26 + "do.pdf"),
    ],
)
def test_a_file_name_is_safe_and_ends_as_its_content_deserves(name, clean):
    assert clean_file_name(name, FormKind.PDF) == clean
