"""Which compulsory parts a procedure text lacks (Decree 63/2010/NĐ-CP art. 8.2). Pure.

Parts a–g every procedure has; the parts of point h only when applicable, so there "unknown" is a
defect and "declared none" is an answer. The national score checks a–g only; this checks both.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from catalog.content import Content, FeeState, Part, Presence, TimeOption


@dataclass(frozen=True)
class Defect:
    """A missing part: which, the point of art. 8.2, and what to do, in the officer's words."""

    part: Part
    point: str
    message: str


def find_defects(content: Content) -> list[Defect]:
    """All defects in the order of the law; an empty list means that the text is complete."""
    return [
        Defect(part, point, message)
        for part, point, message, lacks in _RULES
        if lacks(content) and part not in content.as_written
    ]


def _options(content: Content) -> Iterator[TimeOption]:
    for method in content.filing_methods:
        yield from method.options


def _lacks_time(content: Content) -> bool:
    options = list(_options(content))
    return not options or any(not (o.statutory or o.local or o.note) for o in options)


def _lacks_fees(content: Content) -> bool:
    options = list(_options(content))
    return not options or any(
        not option.fees or any(fee.state is FeeState.UNKNOWN for fee in option.fees)
        for option in options
    )


_Rule = tuple[Part, str, str, Callable[[Content], bool]]
_RULES: tuple[_Rule, ...] = (
    (
        Part.STEPS,
        "b",
        "Chưa có trình tự thực hiện: nhập các bước.",
        lambda c: not any(case.steps for case in c.steps),
    ),
    (
        Part.FILING_METHODS,
        "c",
        "Chưa có cách thức thực hiện: chọn ít nhất một kênh nộp.",
        lambda c: not c.filing_methods,
    ),
    (
        Part.PAPERS,
        "d",
        "Chưa có thành phần hồ sơ: nhập giấy tờ phải nộp.",
        lambda c: not any(case.papers for case in c.paper_cases),
    ),
    (
        Part.PROCESSING_TIME,
        "đ",
        "Chưa có thời hạn giải quyết ở mọi kênh: nhập số và đơn vị.",
        _lacks_time,
    ),
    (
        Part.LEGAL_BASES,
        "a",
        "Chưa có căn cứ pháp lý: nhập số ký hiệu và tên văn bản.",
        lambda c: not c.legal_bases,
    ),
    (
        Part.FORMS,
        "h",
        "Chưa rõ có mẫu đơn, tờ khai hay không: đính kèm mẫu hoặc chọn “không có”.",
        lambda c: c.forms is Presence.UNKNOWN,
    ),
    (
        Part.RESULTS,
        "h",
        "Chưa rõ kết quả: ghi kết quả hoặc chọn “không có”.",
        lambda c: c.results.presence is Presence.UNKNOWN,
    ),
    (
        Part.CONDITIONS,
        "h",
        "Chưa rõ yêu cầu, điều kiện: ghi nội dung hoặc chọn “không có”.",
        lambda c: c.conditions.presence is Presence.UNKNOWN,
    ),
    (
        Part.FEES,
        "h",
        "Chưa rõ phí, lệ phí: ghi mức thu, “không” hoặc “chưa quy định”.",
        _lacks_fees,
    ),
)
