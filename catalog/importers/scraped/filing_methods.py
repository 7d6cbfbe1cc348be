"""Channels, time options and fees out of one flattened table.

Shape: "Hình thức nộpThời gianPhí, lệ phíMô tả" and then, per row and without separators, the
channel, "10 Ngày làm việc" | "1" | "Không có thông tin" | words, the fee cell, the description.
A row begins where a channel name is glued to a digit or a capital: prose puts a space or a colon.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from catalog.content import (
    Channel,
    Duration,
    Fee,
    FeeState,
    FilingMethod,
    Part,
    TimeOption,
    TimeUnit,
)
from catalog.importers.parsed import Recovery
from catalog.importers.scraped.fees import (
    FEE_START,
    SILENT,
    FeeCell,
    cut_fee_cells,
    typed_fee,
)
from catalog.importers.scraped.reading import Reading, judged, quoted
from catalog.vietnamese import says_nothing

HEADING = "Hình thức nộpThời gianPhí, lệ phíMô tả"
CHANNELS = {
    "Trực tuyến": Channel.ONLINE,
    "Trực tiếp": Channel.DIRECT,
    "Dịch vụ bưu chính": Channel.POSTAL,
}
UNITS = {
    "Giờ": TimeUnit.HOUR,
    "Ngày": TimeUnit.DAY,
    "Ngày làm việc": TimeUnit.WORKING_DAY,
    "Tháng": TimeUnit.MONTH,
    "Năm": TimeUnit.YEAR,
}
LONGEST_TIME_IN_WORDS = 300

_CHANNEL = re.compile("|".join(CHANNELS))
_TIME = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?) (Ngày làm việc|Ngày|Giờ|Tháng|Năm)")
_BARE_FIGURE = re.compile(r"\d[\d.,]{0,20}")


@dataclass(frozen=True)
class _Row:
    channel: Channel
    time: str  # as printed, "" when the source is silent
    duration: Duration | None
    fees: tuple[FeeCell, ...]
    description: str
    time_doubt: str = ""
    fee_doubt: str = ""
    undivided: bool = False  # time and fee are one run of digits: the fee's figure is not a fee


@dataclass(frozen=True)
class Filing:
    """The rows and, because one table feeds three parts, a reading of each part."""

    methods: tuple[FilingMethod, ...]
    parts: dict[Part, Reading[None]]


def read_filing(text: str) -> Filing:
    """The filing table of a cleaned source text. No text is dropped: see the module's doubts."""
    if says_nothing(text) or text == HEADING:
        return Filing((), {part: Reading(None, Recovery.ABSENT) for part in _PARTS})
    body = text.removeprefix(HEADING)
    rows, doubts = _cut_rows(body)
    fees = [[typed_fee(cell, row.description) for cell in row.fees] for row in rows]
    methods = _group(rows, [[fee for fee, _ in cells if fee] for cells in fees])
    return Filing(
        methods,
        {
            Part.FILING_METHODS: _methods_reading(rows, doubts),
            Part.PROCESSING_TIME: _time_reading(rows),
            Part.FEES: _fee_reading(rows, fees),
        },
    )


def holds_filing_rows(text: str) -> bool:
    """Whether text of another part holds rows of a filing table that the scrape cut in two."""
    return any(
        channel and (_TIME.match(piece) or piece.startswith(SILENT))
        for channel, piece in _pieces(text)
    )


_PARTS = (Part.FILING_METHODS, Part.PROCESSING_TIME, Part.FEES)


def _cut_rows(body: str) -> tuple[list[_Row], list[str]]:
    rows: list[_Row] = []
    doubts: list[str] = []
    for channel, piece in _pieces(body):
        if channel is None:
            if piece.strip():
                doubts.append(f"Chữ đứng trước hình thức nộp đầu tiên: {quoted(piece)}.")
            continue
        row = _row(channel, piece)
        if row is None:
            name = next(word for word, value in CHANNELS.items() if value is channel)
            doubts.append(f"Không tách được dòng {quoted(name + piece)}.")
            continue
        rows.append(row)
    return rows, doubts


def _pieces(body: str) -> Iterator[tuple[Channel | None, str]]:
    """The text before the first row with None, then every row's channel and the text behind it."""
    channel: Channel | None = None
    start = 0
    for found in _CHANNEL.finditer(body):
        following = body[found.end() : found.end() + 1]
        if not (following.isdigit() or following.isupper()):
            continue
        yield channel, body[start : found.start()]
        channel, start = CHANNELS[found[0]], found.end()
    yield channel, body[start:]


def _row(channel: Channel, text: str) -> _Row | None:
    """One row, None when its cells cannot be told apart at all."""
    timed = _TIME.match(text)
    if timed:
        return _row_behind_time(channel, timed[0], _duration(timed), text[timed.end() :])
    if text.startswith(SILENT):
        return _row_behind_time(channel, "", None, text[len(SILENT) :])
    figure = _BARE_FIGURE.match(text)
    if figure:
        return _row_of_bare_figure(channel, figure[0], text)
    fee = FEE_START.search(text, 0, LONGEST_TIME_IN_WORDS)
    if not fee or not text[: fee.start()].strip():
        return None
    words = text[: fee.start()].strip()
    doubt = f"Thời hạn ghi bằng lời: {quoted(words)}."
    return _row_behind_time(channel, words, None, text[fee.start() :], time_doubt=doubt)


def _row_of_bare_figure(channel: Channel, figure: str, text: str) -> _Row | None:
    """ "1Miễn phí" is a time without unit; "1100 VNĐ" is a time and a fee that cannot be parted."""
    rest = text[len(figure) :]
    if FEE_START.match(rest):
        doubt = f"Thời hạn {quoted(figure)} không có đơn vị."
        return _row_behind_time(channel, figure, None, rest, time_doubt=doubt)
    glued = FEE_START.match(text)
    if not glued:
        return None
    cells, description, _ = cut_fee_cells(text)
    doubt = f"Không tách được thời hạn và mức thu trong {quoted(glued[0])}."
    return _Row(
        channel,
        "",
        None,
        tuple(cells),
        description.strip(),
        time_doubt=doubt,
        fee_doubt=doubt,
        undivided=True,
    )


def _row_behind_time(
    channel: Channel, time: str, duration: Duration | None, rest: str, *, time_doubt: str = ""
) -> _Row:
    cells, description, fee_doubt = cut_fee_cells(rest)
    if not cells:
        fee_doubt = f"Không thấy ô phí, lệ phí trong {quoted(rest)}."
    if duration is None and time and not time_doubt:
        time_doubt = f"Thời hạn {quoted(time)} không đọc được."
    return _Row(
        channel,
        time,
        duration,
        tuple(cells),
        description.strip(),
        time_doubt=time_doubt,
        fee_doubt=fee_doubt,
    )


def _duration(found: re.Match[str]) -> Duration | None:
    amount = Decimal(found[1].replace(",", "."))
    return Duration(amount=amount, unit=UNITS[found[2]]) if amount else None


def _group(rows: list[_Row], fees: list[list[Fee]]) -> tuple[FilingMethod, ...]:
    options: dict[Channel, list[TimeOption]] = {}
    for row, row_fees in zip(rows, fees, strict=True):
        if row.undivided:
            row_fees = [Fee(state=FeeState.UNKNOWN, note=c.as_written) for c in row.fees]
        note = row.description if row.duration else "\n".join(filter(None, _words(row)))
        option = TimeOption(statutory=row.duration, fees=tuple(row_fees), note=note)
        options.setdefault(row.channel, []).append(option)
    return tuple(FilingMethod(channel=c, options=tuple(o)) for c, o in options.items())


def _words(row: _Row) -> tuple[str, str]:
    """A time in words belongs before the description; a bare figure says nothing to a reader."""
    in_words = "" if _BARE_FIGURE.fullmatch(row.time) else row.time
    return in_words, row.description


def _methods_reading(rows: list[_Row], doubts: list[str]) -> Reading[None]:
    return Reading(None, judged(rows=len(rows), doubts=doubts), tuple(doubts))


def _time_reading(rows: list[_Row]) -> Reading[None]:
    doubts = tuple(dict.fromkeys(row.time_doubt for row in rows if row.time_doubt))
    told = sum(row.duration is not None for row in rows)
    if not told and not doubts:
        return Reading(None, Recovery.ABSENT if rows else Recovery.REFUSED)
    return Reading(None, judged(rows=told, doubts=doubts), doubts)


def _fee_reading(rows: list[_Row], fees: list[list[tuple[Fee | None, str]]]) -> Reading[None]:
    doubts = [row.fee_doubt for row in rows if row.fee_doubt]
    told = 0
    for row, cells in zip(rows, fees, strict=True):
        if row.undivided:
            continue
        doubts += [doubt for _, doubt in cells if doubt]
        told += sum(1 for fee, doubt in cells if fee and not doubt)
    if not told and not doubts:
        return Reading(None, Recovery.ABSENT if rows else Recovery.REFUSED)
    return Reading(None, judged(rows=told, doubts=doubts), tuple(dict.fromkeys(doubts)))
