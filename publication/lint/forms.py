"""Forms that a paper names and that a citizen cannot get anywhere."""

from collections.abc import Iterator

from catalog.content import named_forms
from publication.lint.subject import Knowledge, Remark, Subject

_FIELD = "Mẫu đơn, tờ khai"
_CITATION = "điểm h khoản 2 Điều 8 Nghị định 63/2010/NĐ-CP"


def remarks(subject: Subject, known: Knowledge) -> Iterator[Remark]:  # noqa: ARG001
    for form in named_forms(subject.content):
        if form.name not in subject.form_files and not form.url:
            yield Remark(
                _FIELD,
                f"mẫu “{form.name}” chưa có tệp và không có địa chỉ tải: tải tệp lên ở trang thủ "
                "tục hoặc ghi địa chỉ.",
                _CITATION,
            )
