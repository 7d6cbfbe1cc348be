"""Fees that are unknown, contradict each other or have run out, channel by channel."""

from collections.abc import Iterator
from datetime import date

from catalog.content import Channel, Fee, FeeState, FilingMethod, Part
from catalog.importers.fee_notes import SMALLEST_AMOUNT
from publication.lint.subject import Knowledge, Remark, Subject

_FIELD = "Phí, lệ phí"
_CITATION = "điểm h khoản 2 Điều 8 Nghị định 63/2010/NĐ-CP"
CHANNELS = {
    Channel.DIRECT: "trực tiếp",
    Channel.ONLINE: "trực tuyến",
    Channel.POSTAL: "bưu chính",
}


def remarks(subject: Subject, known: Knowledge) -> Iterator[Remark]:
    methods = subject.content.filing_methods
    if Part.FEES not in subject.content.as_written:
        yield from _unknown(methods)
    for method in methods:
        yield from _contradicting(method)
        yield from _too_small(method)
        yield from _run_out(method, known.on)
    yield from _online(subject)


def _unknown(methods: tuple[FilingMethod, ...]) -> Iterator[Remark]:
    lacking = [method for method in methods if not method.options or _is_unknown(method)]
    if not any(_knows(method) for method in methods):
        yield Remark(_FIELD, "chưa rõ: ghi mức thu, “không thu” hoặc “chưa quy định”.", _CITATION)
        return
    declared = ", ".join(
        f"{CHANNELS[method.channel]} đã ghi “{_words(method)}”"
        for method in methods
        if method not in lacking
    )
    for method in lacking:
        beside = f", trong khi {declared}" if declared else ""
        yield Remark(
            _FIELD,
            f"nộp {CHANNELS[method.channel]} chưa ghi phí{beside}: ghi mức thu, “không thu” "
            "hoặc “chưa quy định”.",
            _CITATION,
        )


def _is_unknown(method: FilingMethod) -> bool:
    return any(
        not option.fees or any(fee.state is FeeState.UNKNOWN for fee in option.fees)
        for option in method.options
    )


def _knows(method: FilingMethod) -> bool:
    return any(fee.state is not FeeState.UNKNOWN for fee in _fees(method))


def _contradicting(method: FilingMethod) -> Iterator[Remark]:
    for option in method.options:
        plain = {fee.state for fee in option.fees if not fee.note}
        if FeeState.FREE in plain and FeeState.AMOUNT in plain:
            yield Remark(
                _FIELD,
                f"nộp {CHANNELS[method.channel]} vừa “không thu” vừa có mức thu: bỏ một trong hai "
                "hoặc ghi rõ trường hợp.",
            )


def _too_small(method: FilingMethod) -> Iterator[Remark]:
    for fee in _fees(method):
        if fee.amount and fee.currency == "VND" and fee.amount < SMALLEST_AMOUNT:
            yield Remark(
                _FIELD,
                f"nộp {CHANNELS[method.channel]} ghi mức thu {fee.amount:f} đồng: kiểm tra có "
                "thiếu ba số 0 không.",
            )


def _run_out(method: FilingMethod, on: date) -> Iterator[Remark]:
    for fee in _fees(method):
        if fee.valid_to and date.fromisoformat(fee.valid_to) < on:
            yield Remark(
                _FIELD,
                f"mức thu khi nộp {CHANNELS[method.channel]} chỉ áp dụng đến "
                f"{date.fromisoformat(fee.valid_to):%d/%m/%Y}: ghi mức thu mới.",
            )


def _online(subject: Subject) -> Iterator[Remark]:
    methods = subject.content.filing_methods
    online = any(method.channel is Channel.ONLINE for method in methods)
    if methods and subject.online_level != "none" and not online:
        yield Remark(
            "Cách thức thực hiện",
            "thủ tục cung cấp trực tuyến nhưng chưa có cách nộp trực tuyến: bổ sung cách nộp, "
            "thời hạn và phí.",
        )
    if online and subject.online_level == "none":
        yield Remark(
            "Mức độ trực tuyến",
            "có cách nộp trực tuyến nhưng ghi “chưa cung cấp trực tuyến”: chọn một phần "
            "hoặc toàn trình.",
        )


def _fees(method: FilingMethod) -> list[Fee]:
    return [fee for option in method.options for fee in option.fees]


_WORDS = {
    FeeState.FREE: "không thu",
    FeeState.NOT_REGULATED: "chưa quy định",
    FeeState.AMOUNT: "có mức thu",
    FeeState.FORMULA: "theo công thức",
}


def _words(method: FilingMethod) -> str:
    return ", ".join(dict.fromkeys(_WORDS[fee.state] for fee in _fees(method)))
