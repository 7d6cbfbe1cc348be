"""The deadline rules a new portal begins with. From then on the table decides, not this file.

A code that has any row is left alone, so the Office changes numbers, units and citations in the
staff pages. What no public text was found to say is an office setting and says so in its note.
"""

from dataclasses import asdict, dataclass
from typing import Any

from publication.enums import DayUnit, DeadlineAnchor

_DECREE = "Nghị định 63/2010/NĐ-CP (sửa đổi bởi 48/2013/NĐ-CP, 92/2017/NĐ-CP)"
_SCORE = "Công thức tính Bộ chỉ số theo Quyết định 766/QĐ-TTg ngày 23/6/2022"
_UNIT_NOTE = (
    "Điều 15 (bản pháp điển) ghi “ngày”; công thức chấm điểm của Bộ chỉ số 766, mục 1.1, ghi "
    "“ngày làm việc”. Mặc định theo cách chấm điểm; Văn phòng quyết định đơn vị."
)
_NO_NUMBER_FOUND = (
    "Là mức do tỉnh tự đặt, không phải số của luật: Văn phòng UBND tỉnh kiểm tra, điền số ngày và "
    "căn cứ theo quy chế của tỉnh trước khi dùng."
)
_SCORE_NOTE = "Lấy từ công thức chấm điểm, mục 5.2; kiểm tra với bản đang áp dụng."


@dataclass(frozen=True)
class DefaultRule:
    code: str
    label: str
    amount: int
    unit: DayUnit
    anchor: DeadlineAnchor
    citation: str
    note: str = ""


_BEFORE, _SIGNED, _RECEIVED = (
    DeadlineAnchor.BEFORE_EFFECT,
    DeadlineAnchor.AFTER_SIGNING,
    DeadlineAnchor.AFTER_RECEIPT,
)
_CALENDAR, _WORKING = DayUnit.CALENDAR, DayUnit.WORKING

DEFAULT_RULES = (
    DefaultRule(
        "ministry_announces",
        "Bộ công bố thủ tục hành chính",
        *(20, _WORKING, _BEFORE, f"Điều 15 {_DECREE}", _UNIT_NOTE),
    ),
    DefaultRule(
        "province_announces",
        "Tỉnh công bố thủ tục hành chính",
        *(5, _WORKING, _BEFORE, f"Điều 15 {_DECREE}", _UNIT_NOTE),
    ),
    DefaultRule(
        "shortened_announces",
        "Công bố thủ tục của văn bản ban hành theo trình tự, thủ tục rút gọn",
        *(3, _CALENDAR, _SIGNED, f"Điều 15 {_DECREE}"),
        "Tính từ ngày ký (hoặc ngày công bố) văn bản có hiệu lực ngay. Điều 15 ghi “ngày”.",
    ),
    DefaultRule(
        "ministry_database_entry",
        "Bộ nhập và công khai trên Cơ sở dữ liệu quốc gia",
        *(10, _WORKING, _SIGNED, f"Khoản 2 Điều 24 {_DECREE}"),
    ),
    DefaultRule(
        "national_database_entry",
        "Tỉnh nhập và công khai trên Cơ sở dữ liệu quốc gia",
        *(5, _WORKING, _SIGNED, f"Khoản 2 Điều 24 {_DECREE}"),
    ),
    DefaultRule(
        "shortened_database_entry",
        "Nhập và công khai trên Cơ sở dữ liệu quốc gia, văn bản theo thủ tục rút gọn",
        *(2, _WORKING, _SIGNED, f"Khoản 2 Điều 24 {_DECREE}"),
    ),
    DefaultRule(
        "publicised_at_offices",
        "Niêm yết, công khai tại nơi tiếp nhận và trên cổng, trang thông tin",
        *(5, _WORKING, _SIGNED, f"Điều 17 {_DECREE}"),
        "Điều 17 chỉ ghi “đầy đủ, chính xác, kịp thời”, không ghi số ngày; số 5 lấy theo thời hạn "
        f"nhập Cơ sở dữ liệu quốc gia. {_NO_NUMBER_FOUND}",
    ),
    DefaultRule(
        "province_after_receipt",
        "Tỉnh công bố sau khi nhận quyết định công bố của bộ",
        *(10, _WORKING, _RECEIVED, "Quy chế của tỉnh (Văn phòng điền số, ngày văn bản)"),
        f"Nghị định 63/2010/NĐ-CP không ghi số ngày. {_NO_NUMBER_FOUND}",
    ),
    DefaultRule(
        "feedback_refused",
        "Từ chối tiếp nhận phản ánh, kiến nghị",
        *(2, _WORKING, _RECEIVED, f"{_SCORE}, mục 5.2", _SCORE_NOTE),
    ),
    DefaultRule(
        "feedback_more_asked",
        "Đề nghị bổ sung thông tin phản ánh, kiến nghị",
        *(5, _WORKING, _RECEIVED, f"{_SCORE}, mục 5.2", _SCORE_NOTE),
    ),
    DefaultRule(
        "feedback_handled",
        "Xử lý phản ánh, kiến nghị",
        *(15, _WORKING, _RECEIVED, f"{_SCORE}, mục 5.2", _SCORE_NOTE),
    ),
    DefaultRule(
        "feedback_published",
        "Công khai kết quả xử lý phản ánh, kiến nghị",
        *(2, _WORKING, _SIGNED, f"{_SCORE}, mục 5.2"),
        f"Tính từ ngày ký văn bản trả lời. {_SCORE_NOTE}",
    ),
)


def install_default_rules(**signal: Any) -> None:
    """Write the rows of every code that has none; safe to repeat after each migration."""
    from django.apps import apps as today  # apps are ready only when called

    try:
        # A run that stops at an older schema has no such table yet.
        model: Any = (signal.get("apps") or today).get_model("publication", "DeadlineRule")
    except LookupError:
        return
    rows = model._default_manager.using(signal.get("using", "default"))
    known = set(rows.values_list("code", flat=True))
    rows.bulk_create(model(**asdict(rule)) for rule in DEFAULT_RULES if rule.code not in known)
