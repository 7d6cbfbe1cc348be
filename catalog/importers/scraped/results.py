"""Results with codes, and the page's closing words, out of the last text of a record.

Shape: "Giấy phép …Mã: KQ.G10.000509Văn bản từ chối …Mã: KQ.G10.001197", then "Từ khóa…Mô tả…", then
the page's own furniture "Chọn cơ quan thực hiệnTỉnh/ Thành phố…Nộp hồ sơ". When a record has no
result the closing words hang on the field before it.
"""

import re
from dataclasses import dataclass

from catalog.content import Presence, Result, Results
from catalog.importers.parsed import Recovery
from catalog.importers.scraped.reading import Reading, judged, quoted
from catalog.vietnamese import says_nothing

_FURNITURE = "Chọn cơ quan thực hiệnTỉnh/ Thành phố"
_KEYWORDS, _DESCRIPTION = "Từ khóa", "Mô tả"
_CODE_MARK = "Mã: "
_CODE_RUN = re.compile(r"[A-Za-z0-9.\-]{2,40}")
_USUAL_CODE = re.compile(r"(?:KQ\.[A-Za-z]\d\d\.\d{6})(?!\d)")
_LAST_DIGIT = re.compile(r".*\d", re.DOTALL)
LONGEST_CODE = 64


@dataclass(frozen=True)
class Closing:
    """What stands before the closing words, and the closing words."""

    body: str
    keywords: tuple[str, ...] = ()
    summary: str = ""
    found: bool = False


def cut_closing(text: str) -> Closing:
    """Cuts page furniture, keywords and description off the end of a field's text."""
    at = text.rfind(_FURNITURE)
    if at >= 0 and text.endswith("Nộp hồ sơ"):
        text = text[:at].rstrip()
    marked = text.rfind(_KEYWORDS)
    described = text.find(_DESCRIPTION, marked) if marked >= 0 else -1
    if described < 0:
        return Closing(text)
    keywords = text[marked + len(_KEYWORDS) : described].strip()
    summary = text[described + len(_DESCRIPTION) :].strip()
    return Closing(
        text[:marked].rstrip(),
        () if says_nothing(keywords) else tuple(_keywords(keywords)),
        "" if says_nothing(summary) else summary,
        found=True,
    )


def _keywords(text: str) -> list[str]:
    """Semicolons and lines divide; commas stand inside phrases as often as between them."""
    return [word.strip() for word in re.split(r"[;\n]", text) if word.strip()]


def read_results(body: str) -> Reading[Results]:
    """The results of a cleaned text whose closing words are cut off."""
    if says_nothing(body):
        return Reading(Results(), Recovery.ABSENT)
    name, *pieces = body.split(_CODE_MARK)
    if not pieces:
        doubt = f"Kết quả không có mã, có thể là chữ của phần khác: {quoted(body)}."
        return Reading(Results(), Recovery.REFUSED, (doubt,))
    items: list[Result] = []
    doubts: list[str] = []
    for last, piece in _with_last(pieces):
        code, following, doubt = _code_of(piece, last=last)
        if name.strip():
            items.append(Result(name=name, code=code))
        elif not doubt:
            doubts.append(f"Kết quả mã {quoted(code)} không có tên.")
        if doubt:
            doubts.append(doubt)
        name = following
    results = Results(presence=Presence.HAS, items=tuple(items)) if items else Results()
    return Reading(results, judged(rows=len(items), doubts=doubts), tuple(doubts))


def _with_last(pieces: list[str]) -> list[tuple[bool, str]]:
    return [(index == len(pieces) - 1, piece) for index, piece in enumerate(pieces)]


def _code_of(piece: str, *, last: bool) -> tuple[str, str, str]:
    """The code at the start of `piece`, the next result's name, and a doubt or ""."""
    if last:
        code = piece.strip()
        if len(code) <= LONGEST_CODE:
            return code, "", ""
        return "", "", f"Mã kết quả dài bất thường: {quoted(code)}."
    usual = _USUAL_CODE.match(piece)
    if usual:
        return usual[0], piece[usual.end() :], ""
    run = _CODE_RUN.match(piece)
    told = _LAST_DIGIT.match(run[0]) if run else None
    following = piece[told.end() :] if told else ""
    if told and ("KQ" in told[0] or "TP" in told[0]) and not following.startswith((".", ")", " ")):
        return told[0], following, ""
    return "", "", f"Không tách được mã kết quả khỏi tên kết quả sau nó: {quoted(piece)}."
