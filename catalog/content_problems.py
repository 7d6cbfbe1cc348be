"""What the content document refuses, told in Vietnamese: the place, the fault, the mend."""

from collections.abc import Mapping, Sequence
from typing import Any

_PLACES: Mapping[str, str] = {
    "summary": "Tóm tắt",
    "keywords": "Từ khóa",
    "filing_methods": "Kênh nộp",
    "channel": "Kênh",
    "options": "Thời hạn và phí",
    "label": "Trường hợp",
    "statutory": "Thời hạn theo luật",
    "local": "Thời hạn tỉnh cam kết",
    "unit": "Đơn vị",
    "fees": "Khoản thu",
    "kind": "Loại",
    "state": "Mức thu",
    "amount": "Số",
    "currency": "Tiền tệ",
    "note": "Ghi chú",
    "basis": "Văn bản quy định mức thu",
    "valid_from": "Áp dụng từ",
    "valid_to": "Đến hết",
    "reception_address": "Địa chỉ tiếp nhận",
    "paper_cases": "Trường hợp hồ sơ",
    "papers": "Giấy tờ",
    "originals": "Bản chính",
    "copies": "Bản sao",
    "dossier_sets": "Số bộ hồ sơ",
    "forms": "Mẫu đơn, tờ khai",
    "url": "Địa chỉ tải",
    "sha256": "Mã băm SHA-256",
    "steps": "Các bước",
    "case": "Trường hợp",
    "title": "Tên",
    "text": "Nội dung",
    "name": "Tên",
    "results": "Kết quả",
    "items": "Các kết quả",
    "code": "Mã",
    "presence": "Có hay không",
    "conditions": "Yêu cầu, điều kiện",
    "legal_bases": "Căn cứ pháp lý",
    "number": "Số ký hiệu",
    "issued_on": "Ngày ban hành",
    "issuer": "Cơ quan ban hành",
    "as_written": "Nguyên văn của nguồn",
}
_FAULTS: Mapping[str, str] = {
    "missing": "còn thiếu; nhập giá trị này.",
    "extra_forbidden": "văn bản thủ tục không có phần này; bỏ đi.",
    "string_too_long": "dài quá {max_length} ký tự; rút gọn.",
    "string_pattern_mismatch": "“{input}” không đúng dạng; ngày ghi năm-tháng-ngày, ví dụ "
    "2024-09-30, mã băm ghi 64 chữ số thập lục phân.",
    "greater_than_equal": "“{input}” nhỏ quá; ghi từ {ge} trở lên.",
    "less_than_equal": "“{input}” lớn quá; ghi nhiều nhất {le}.",
    "enum": "“{input}” không có trong danh sách; chọn một trong {expected}.",
    "literal_error": "“{input}” không có trong danh sách; chọn một trong {expected}.",
}
_NOT_A_NUMBER = "“{input}” không phải số; chỉ ghi chữ số, ví dụ 50000 hoặc 16,5."
_OTHER = "không đúng dạng; sửa lại hoặc nhập lại từ đầu."
_LONGEST = 60  # characters of what was typed that a message repeats


def told_in_vietnamese(problem: Mapping[str, Any]) -> str:
    """One problem of pydantic's `errors()`, such as "Kênh nộp 2 › Khoản thu 1 › Số: …"."""
    return f"{_place(problem['loc'])}: {_fault(problem)}"


def _place(steps: Sequence[str | int]) -> str:
    """List places count from 1, as people do."""
    named: list[str] = []
    for step in steps:
        if isinstance(step, int) and named:
            named[-1] += f" {step + 1}"
        else:
            named.append(_PLACES.get(str(step), str(step)))
    return " › ".join(named) or "Nội dung"


def _fault(problem: Mapping[str, Any]) -> str:
    kind, context = str(problem["type"]), dict(problem.get("ctx") or {})
    if kind == "value_error":
        return str(context["error"])
    wording = _NOT_A_NUMBER if kind.startswith(("decimal", "int")) else _FAULTS.get(kind, _OTHER)
    return wording.format_map({**context, "input": str(problem.get("input"))[:_LONGEST]})
