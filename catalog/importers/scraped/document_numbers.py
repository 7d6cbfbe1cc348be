"""Numbers of legal documents inside running text: "66/2006/QH11", "05/2021/NĐ-CP", "2729/QĐ-BCT".

In the flattened table the number is followed by the next title without a space, so the end of
"…/TT-NHNNThông tư" is told by the issuers' abbreviations, a closed list, and never by the letters.
"""

import re
from dataclasses import dataclass

_ISSUERS = (
    "ĐCTUBTWMTTQVN|UBTƯMTTQVN|BNNPTNT|BNN&PTNT|BLĐTBXH|BVHTTDL|BVHTT|BNNMT|BGDĐT|BGDDT|BKHCN|BKHĐT"
    "|BKHDT|BTNMT|BGTVT|BTTTT|BDTTG|VKSNDTC|TANDTC|UBCKNN|NHNN|BHXH|UBND|HĐND|HĐTP|VPCP|VPQH|TTCP"
    "|UBDT|KTNN|TCHQ|BTC|BCA|BTP|BXD|BCT|BYT|BNV|BQP|BNG|TTg|TTG|CTN|CP"
)
_ASSEMBLY = r"(?:UBTVQH|QH)(?:1\d|\d)"
_SIGN = (
    rf"(?:(?:PL|NQ|VBHN)-)?{_ASSEMBLY}"
    rf"|(?:TTLT|NQLT|VBHN|NĐ|ND|TT|QĐ|QD|NQ|CT|KH|HD)(?:[-/] ?(?:{_ISSUERS}|{_ASSEMBLY}))+"
)
_TAIL = re.compile(rf"(?P<year>/(?:19|20)\d\d)?/(?:{_SIGN})")
_AFTER_YEAR = re.compile(
    r"(?:năm |\d{1,2}[/-]\d{1,2}[/-]|sửa đổi |(?:Luật|LUẬT) [^\d,;]{2,80} )(?:19|20)\d\d$"
)
_RESOLUTION = re.compile(r"(?<![\d.])\d{2}\.$")


@dataclass(frozen=True)
class DocumentNumber:
    """A number and where it stands; `garbled` when digits of something else may run into it."""

    start: int
    end: int
    text: str
    garbled: bool = False


def find_numbers(text: str) -> list[DocumentNumber]:
    """All numbers of documents in the text, in order."""
    found: list[DocumentNumber] = []
    for tail in _TAIL.finditer(text):
        floor = found[-1].end if found else 0
        start = _start_of_figure(text, tail.start(), floor)
        if start is None:
            continue
        figure = text[start : tail.start()]
        garbled = len(figure.rpartition(".")[2]) > 4 or _runs_into_digits(text, start, floor)
        number = (figure + tail[0]).replace(" ", "")
        found.append(DocumentNumber(start, tail.end(), number, garbled))
    return found


def _start_of_figure(text: str, at: int, floor: int) -> int | None:
    """Where the figure before the first "/" begins, or None when there is none."""
    begin = at - (text[at - 1 : at].isalpha() and text[at - 2 : at - 1].isdigit())
    figure = begin
    while (
        begin > floor
        and at - begin < 12
        and text[begin - 1].isascii()
        and text[begin - 1].isdigit()
    ):
        begin -= 1
    if begin == figure:
        return None
    if at - begin > 4 and _AFTER_YEAR.search(text, max(0, begin - 90), begin + 4):
        return begin + 4
    resolution = _RESOLUTION.search(text, max(floor, begin - 4), begin)
    return resolution.start() if resolution and figure - begin <= 2 else begin


def _runs_into_digits(text: str, start: int, floor: int) -> bool:
    if start == floor and floor:
        return False
    return text[start - 1 : start].isdigit() and not _AFTER_YEAR.search(
        text, max(0, start - 90), start
    )
