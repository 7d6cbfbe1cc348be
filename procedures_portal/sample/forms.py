"""The sample's forms as Word files: made when the sample is loaded, the same bytes every time."""

import zipfile
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

_STAMP = (1980, 1, 1, 0, 0, 0)  # the first moment a package can tell
_SIGNED = ("Ngày …… tháng …… năm ……", "Người khai ký, ghi rõ họ tên")


def make_form(title: str, form: dict[str, Any]) -> bytes:
    """A form with its lines to write on."""
    document = Document()
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"):
        document.add_paragraph(words).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_heading(title, level=1).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(form["to"])
    for line in form["lines"]:
        document.add_paragraph(f"{line} {'.' * 60}" if line.endswith(":") else line)
    for words in _SIGNED:
        document.add_paragraph(words).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph("Mẫu minh họa của dữ liệu mẫu, không dùng để nộp hồ sơ.")
    file = BytesIO()
    document.save(file)
    return _without_moments(file)


def _without_moments(file: BytesIO) -> bytes:
    """The same package with every part dated alike: a digest then depends on words alone."""
    packed = BytesIO()
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(packed, "w") as target:
        for member in source.infolist():
            info = zipfile.ZipInfo(member.filename, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(member))
    return packed.getvalue()
