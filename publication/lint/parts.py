"""Parts that the law asks for and the text lacks (Decree 63/2010/NĐ-CP art. 8.2)."""

from collections.abc import Iterator

from catalog.completeness import find_defects
from catalog.content import Part
from publication.lint.subject import Knowledge, Remark, Subject

FIELDS = {
    Part.STEPS: "Trình tự thực hiện",
    Part.FILING_METHODS: "Cách thức thực hiện",
    Part.PROCESSING_TIME: "Thời hạn giải quyết",
    Part.FEES: "Phí, lệ phí",
    Part.PAPERS: "Thành phần hồ sơ",
    Part.FORMS: "Mẫu đơn, tờ khai",
    Part.RESULTS: "Kết quả",
    Part.CONDITIONS: "Yêu cầu, điều kiện",
    Part.LEGAL_BASES: "Căn cứ pháp lý",
}


def remarks(subject: Subject, known: Knowledge) -> Iterator[Remark]:  # noqa: ARG001
    for defect in find_defects(subject.content):
        if defect.part is Part.FEES:
            continue  # fees.py says where
        yield Remark(
            FIELDS[defect.part],
            defect.message,
            f"điểm {defect.point} khoản 2 Điều 8 Nghị định 63/2010/NĐ-CP",
        )
