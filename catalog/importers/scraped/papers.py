"""Papers by case out of one flattened table.

Shape, once per case: the case's name or "--", "Tên giấy tờMẫu đơn, tờ khaiSố lượng", then per paper
the name, the form's file name and "1 bản chính" or "0 bản chính,1 bản sao", nothing between them.
The count closes a row; "02 bản chính để đối chiếu" inside a name does not, since a table never
pads a figure with zero and prose never glues.
"""

import re
from dataclasses import dataclass, field

from catalog.content import FormReference, Paper, PaperCase, Presence
from catalog.importers.parsed import Recovery
from catalog.importers.scraped.filing_methods import HEADING as FILING_HEADING
from catalog.importers.scraped.form_files import part_files
from catalog.importers.scraped.reading import Reading, judged, quoted
from catalog.vietnamese import says_nothing

HEADING = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"

_COUNT = re.compile(r" bản chính(?:,(\d{1,2}) bản sao)?")
_ONLY_DASHES = re.compile(r"[\s-]*")
_COUNTED_NOUN = re.compile(
    r"(?:số|lục|mẫu|điều|khoản|điểm|mục|năm|tháng|biểu|chương) ?$", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Papers:
    """`misplaced` is text before the table that belongs to another part: the scrape cut there."""

    cases: Reading[tuple[PaperCase, ...]]
    forms: Reading[Presence]
    misplaced: str = ""


@dataclass
class _Doubts:
    rows: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    files: int = 0


def read_papers(text: str) -> Papers:
    """The paper table of a cleaned source text."""
    if says_nothing(text) or _ONLY_DASHES.fullmatch(text):
        return _nothing()
    pieces = text.split(HEADING)
    if len(pieces) == 1:
        doubt = "Không có bảng giấy tờ trong phần thành phần hồ sơ."
        papers = Reading[tuple[PaperCase, ...]]((), Recovery.REFUSED, (doubt,))
        return Papers(papers, Reading(Presence.UNKNOWN, Recovery.ABSENT), _misplaced(text))
    return _cases(pieces)


def _nothing() -> Papers:
    cases = Reading[tuple[PaperCase, ...]]((), Recovery.ABSENT)
    return Papers(cases, Reading(Presence.UNKNOWN, Recovery.ABSENT))


def _cases(pieces: list[str]) -> Papers:
    doubts = _Doubts()
    name, cases = pieces[0], list[PaperCase]()
    misplaced = _misplaced(name)
    if misplaced:
        doubts.rows.append(f"Chữ trước bảng giấy tờ không phải tên trường hợp: {quoted(name)}.")
        name = ""
    for piece in pieces[1:]:
        papers, rest = _cut_papers(piece, doubts)
        cases.append(PaperCase(case=_case_name(name), papers=tuple(papers)))
        name = rest
    if _case_name(name):
        doubts.rows.append(f"Chữ sau bảng giấy tờ không có số lượng: {quoted(name)}.")
    told = sum(len(case.papers) for case in cases)
    rows = Reading(tuple(cases), judged(rows=told, doubts=doubts.rows), tuple(doubts.rows))
    return Papers(rows, _forms(cases, doubts), misplaced)


def _forms(cases: list[PaperCase], doubts: _Doubts) -> Reading[Presence]:
    if not doubts.files:
        return Reading(Presence.UNKNOWN, Recovery.ABSENT)
    named = sum(len(paper.forms) for case in cases for paper in case.papers)
    return Reading(Presence.HAS, judged(rows=named, doubts=doubts.forms), tuple(doubts.forms))


def _misplaced(text: str) -> str:
    """The text when it is prose of another part: it goes on in mid sentence, or holds a table."""
    in_words = text[:2].isalpha() and text[:2].islower()
    goes_on = text[:1] in tuple(").,;:") or (in_words and ".\n" in text)
    return text if FILING_HEADING in text or goes_on else ""


def _case_name(text: str) -> str:
    return "" if _ONLY_DASHES.fullmatch(text) else text.strip()


def _cut_papers(piece: str, doubts: _Doubts) -> tuple[list[Paper], str]:
    """The papers of one case and the text behind the last count, which names the next case."""
    papers: list[Paper] = []
    start = 0
    for found in _COUNT.finditer(piece):
        digits = _digits_before(piece, found.start(), start)
        if not digits or not _closes_a_row(piece, found.end()):
            continue
        count, doubt = _count_of(piece[max(start, found.start() - 90) : found.start()], digits)
        if count is None and not doubt:
            continue
        kept = digits if count is None else str(count)
        end_of_name = found.start() - (0 if count is None else len(kept))
        copies = int(found[1]) if found[1] else None
        if count is None:
            end_of_name = found.end()
            doubts.rows.append(doubt)
            copies = None
        papers.append(_paper(piece[start:end_of_name].strip(), count, copies, doubts))
        start = found.end()
    return papers, piece[start:]


def _paper(text: str, originals: int | None, copies: int | None, doubts: _Doubts) -> Paper:
    named = part_files(text)
    doubts.files += len(named.files) or not named.sure
    if not named.sure:
        doubt = f"Không tách được tên tệp mẫu đơn khỏi tên giấy tờ {quoted(text[-60:])}."
        doubts.forms.append(doubt)
        doubts.rows.append(doubt)
    if not named.name:
        doubts.rows.append(f"Một giấy tờ không có tên, chỉ có số lượng {originals}.")
    if _COUNT.search(named.name) and _glued_count(named.name):
        doubts.rows.append(f"Có thể hai giấy tờ dính vào nhau: {quoted(named.name)}.")
    forms = tuple(FormReference(name=name) for name in named.files)
    return Paper(name=named.name, forms=forms, originals=originals, copies=copies)


def _glued_count(name: str) -> bool:
    """A count inside a name that is directly followed by a capital: perhaps a lost row border."""
    return any(name[found.end() : found.end() + 1].isupper() for found in _COUNT.finditer(name))


def _digits_before(piece: str, at: int, start: int) -> str:
    begin = at
    while (
        begin > start
        and at - begin < 12
        and piece[begin - 1].isascii()
        and piece[begin - 1].isdigit()
    ):
        begin -= 1
    return piece[begin:at]


def _closes_a_row(piece: str, at: int) -> bool:
    """After a count comes the next name, glued, or the end; prose goes on with a space or mark."""
    following = piece[at : at + 1]
    return not following or not (following.isspace() or following in ".,;:)/")


def _count_of(before: str, digits: str) -> tuple[int | None, str]:
    """The count among the digits before " bản chính", and a doubt when it cannot be told.

    (None, "") means that this is prose: "01 bản chính".
    """
    name = before[: len(before) - len(digits)]
    if len(digits) == 1:
        return int(digits), ""
    if len(digits) == 2 and digits[0] == "0":
        return None, ""
    if _last_digit_is_the_count(name, digits):
        return int(digits[-1]), ""
    if len(digits) == 2 and name[-1:] in (";", ")", ":", "”"):
        return int(digits), ""
    return None, f"Không rõ số bản chính trong {quoted((name + digits)[-60:] + ' bản chính')}."


def _last_digit_is_the_count(name: str, digits: str) -> bool:
    if digits[0] == "0" or digits[-2] == "0":
        return True
    if len(digits) == 5 and _YEAR.match(digits):
        return True
    return len(digits) == 2 and bool(_COUNTED_NOUN.search(name[-12:]))
