"""Whatever the content document refuses is told in Vietnamese, with its place."""

import pytest
from pydantic import ValidationError

from catalog.content import Content, read_content
from catalog.content_problems import _PLACES, told_in_vietnamese

FEE = {"state": "amount", "amount": "x"}


def told(document):
    with pytest.raises(ValidationError) as refused:
        read_content(document)
    return told_in_vietnamese(refused.value.errors()[0])


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (
            {"filing_methods": [{"channel": "direct", "options": [{}, {"fees": [FEE]}]}]},
            "Kênh nộp 1 › Thời hạn và phí 2 › Khoản thu 1 › Số: “x” không phải số; chỉ ghi chữ số, "
            "ví dụ 50000 hoặc 16,5.",
        ),
        (
            {"paper_cases": [{"papers": [{"name": "a", "copies": 100}]}]},
            "Trường hợp hồ sơ 1 › Giấy tờ 1 › Bản sao: “100” lớn quá; ghi nhiều nhất 99.",
        ),
        (
            {"paper_cases": [{"papers": [{}]}]},
            "Trường hợp hồ sơ 1 › Giấy tờ 1 › Tên: còn thiếu; nhập giá trị này.",
        ),
        (
            {"legal_bases": [{"title": "Luật", "issued_on": "2023-02-29"}]},
            "Căn cứ pháp lý 1 › Ngày ban hành: “2023-02-29” không phải ngày có thật; ghi "
            "năm-tháng-ngày, ví dụ 2024-09-30.",
        ),
        ({"surprise": 1}, "surprise: văn bản thủ tục không có phần này; bỏ đi."),
        ({"summary": "x" * 200_001}, "Tóm tắt: dài quá 200000 ký tự; rút gọn."),
        ({"steps": "chữ"}, "Các bước: không đúng dạng; sửa lại hoặc nhập lại từ đầu."),
    ],
)
def test_the_message_names_place_fault_and_mend(document, message):
    assert told(document) == message


def test_a_choice_that_is_none_names_those_that_are():
    message = told({"forms": "perhaps"})
    assert message.startswith(
        "Mẫu đơn, tờ khai: “perhaps” không có trong danh sách; chọn một trong"
    )


def test_every_part_of_the_document_has_a_name_in_messages():
    assert [name for name in _fields(Content) if name not in _PLACES] == ["schema_version"]


def _fields(model):
    names = {}
    waiting = [model]
    while waiting:
        for name, field in waiting.pop().model_fields.items():
            names[name] = True
            waiting += [one for one in _models_in(field.annotation) if one is not model]
    return sorted(names)


def _models_in(annotation):
    found = [annotation] if hasattr(annotation, "model_fields") else []
    for inner in getattr(annotation, "__args__", ()):
        found += _models_in(inner)
    return found
