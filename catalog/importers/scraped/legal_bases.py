"""Legal bases out of one flattened table of titles and numbers.

Shape: "Tên văn bản pháp lýMã văn bản" and then title, number, title, number … glued. A number
glued to what follows closes a row; one followed by a space or a mark is cited inside a title.
The number cell may hold words ("Luật số 32/2024/QH15") or be empty, and a title may end in its own
number ("Nghị định 08/2015/NĐ-CP" + "08/2015/NĐ-CP").
"""

import re
from dataclasses import dataclass, field
from datetime import date

from catalog.content import LegalBasis
from catalog.importers.parsed import Recovery
from catalog.importers.scraped.document_numbers import DocumentNumber, find_numbers
from catalog.importers.scraped.reading import Reading, judged, quoted
from catalog.vietnamese import says_nothing

HEADING = "Tên văn bản pháp lýMã văn bản"

_KIND = (
    "(?:Bộ luật|Luật|Nghị định|Thông tư liên tịch|Thông tư|Quyết định|Nghị quyết|Pháp lệnh|Chỉ thị)"
)
_LEAD = re.compile(rf"(?:{_KIND} ?)?(?:[Ss]ố ?:? ?)?$")
_OWN_LEAD = re.compile(rf"[-+* ]*{_KIND} ?(?:[Ss]ố ?:? ?)?$")
_LAW_BY_NAME = re.compile(r"[-+* ]*(?:Bộ luật|Luật|Pháp lệnh) (?!.*[Ss]ửa đổi)[^;:\d]{1,120}")
_HIDDEN_BORDER = re.compile(
    rf"(?<=[a-zà-ỹ.;)])(?={_KIND}\b|Quy định |Sửa đổi|Hướng dẫn |Về việc |Ban hành )"
    rf"|(?<=[A-ZĐ\d])(?={_KIND} |Quy định |Sửa đổi, |Hướng dẫn )"
)
_WORD = re.compile(r"[^\W\d_]{2} [^\W\d_]{2}")
_RUNS_INTO_DIGITS = re.compile(r"\d{5,}$")
_NEW_ROW_BEHIND_SPACE = re.compile(rf" {_KIND} (?:số )?\d")
_ODD_NUMBER = re.compile(r"\d{1,5}/(?:\d{2,4}/?)?[A-ZĐ]{1,6}-?")
_ISSUED = re.compile(
    r",? ?ngày (\d{1,2})(?:[/-]| tháng )(\d{1,2})(?:[/-]| năm )((?:19|20)\d\d)(?!\d)"
    r"(?:,? của (?P<issuer>Chính phủ|Quốc hội|Thủ tướng Chính phủ|Ủy ban [Tt]hường vụ Quốc hội"
    r"|(?:Bộ trưởng )?Bộ (?:Tài chính|Công an|Tư pháp|Xây dựng|Giao thông vận tải|Công [Tt]hương"
    r"|Nông nghiệp và Môi trường|Nông nghiệp và Phát triển nông thôn|Tài nguyên và Môi trường"
    r"|Y tế|Nội vụ|Quốc phòng|Ngoại giao|Khoa học và Công nghệ|Kế hoạch và Đầu tư"
    r"|Giáo dục và Đào tạo|Văn hóa, Thể thao và Du lịch|Thông tin và Truyền thông"
    r"|Lao động - Thương binh và Xã hội)"
    r"|(?:Thống đốc )?Ngân hàng Nhà nước(?: Việt Nam)?)(?![a-zà-ỹ]))?"
)


@dataclass
class _Table:
    text: str
    numbers: list[DocumentNumber]
    rows: list[LegalBasis] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def read_legal_bases(text: str) -> Reading[tuple[LegalBasis, ...]]:
    """The table of legal bases of a cleaned source text."""
    before, heading, body = text.partition(HEADING)
    if says_nothing(text) or (heading and not before and not body.strip()):
        return Reading((), Recovery.ABSENT)
    if not heading:
        doubt = "Không có bảng văn bản trong phần căn cứ pháp lý."
        return Reading((), Recovery.REFUSED, (doubt,))
    table = _Table(body, find_numbers(body))
    if before.strip():
        table.doubts.append(f"Chữ đứng trước bảng căn cứ: {quoted(before)}.")
    _cut(table)
    doubts = tuple(dict.fromkeys(table.doubts))
    return Reading(tuple(table.rows), judged(rows=len(table.rows), doubts=doubts), doubts)


def _cut(table: _Table) -> None:
    closing = _closing_numbers(table)
    start = index = 0
    while index < len(closing):
        number = closing[index]
        following = closing[index + 1] if index + 1 < len(closing) else None
        before = table.text[start : number.start]
        if following and _is_end_of_title(table.text, before, number, following):
            _add(table, before + number.text, following)
            start, index = following.end, index + 2
            continue
        _add(table, before, number)
        start, index = number.end, index + 1
    _add_untold(table, table.text[start:])


def _closing_numbers(table: _Table) -> list[DocumentNumber]:
    """The numbers that end a row, without those that open a title which ends with them again."""
    closing = [number for number in table.numbers if _closes_a_row(table.text, number)]
    kept: list[DocumentNumber] = []
    for index, number in enumerate(closing):
        following = closing[index + 1] if index + 1 < len(closing) else number
        before = table.text[kept[-1].end if kept else 0 : number.start]
        opens = (
            following.text == number.text
            and _OWN_LEAD.fullmatch(before) is not None
            and _WORD.search(table.text, number.end, following.start) is not None
        )
        if not opens:
            kept.append(number)
    return kept


def _closes_a_row(text: str, number: DocumentNumber) -> bool:
    """Glued to what follows, or a cell with a space behind it: cells are glued on their left."""
    following = text[number.end : number.end + 2]
    if not following or following[0].isalnum() or following[0] in '“"+*•' or following == "- ":
        return True
    if not following[0].isspace():
        return False
    before = text[max(0, number.start - 40) : number.start]
    if _is_glued_cell(before):
        return True
    return _glued_lead(before) is not None and following[1:].isupper()


def _is_glued_cell(before: str) -> bool:
    """A number glued to a title's last letter or mark; a citation has a space or bracket there."""
    return (before[-1:].isalpha() and before[-2:].lower() != "số") or before[-1:] in tuple(";.)")


def _glued_lead(before: str) -> int | None:
    """Where the words of a number cell begin ("Luật số "), glued to the title; else None."""
    lead = _LEAD.search(before)
    at = lead.start() if lead else 0
    glued = 0 < at < len(before) and not before[at - 1].isspace() and before[at - 1] not in '(“"'
    return at if glued else None


def _is_end_of_title(
    text: str, before: str, number: DocumentNumber, following: DocumentNumber
) -> bool:
    """Whether of two neighbouring numbers the first ends the title and the second is its cell."""
    between = text[number.end : following.start]
    if number.text == following.text and _LEAD.fullmatch(between):
        return True
    if between:
        return False
    if not before.strip():
        return True
    return _glued_lead(before) is None and before[-1].isspace()


def _add(table: _Table, before: str, number: DocumentNumber) -> None:
    """A row whose number cell ends with `number`; `before` is the title and the cell's words."""
    if number.garbled:
        table.doubts.append(
            f"Số hiệu dính vào chữ số khác: {quoted((before + number.text)[-60:])}."
        )
        return
    title, cell_is_sure = _title_before(before, number)
    *hidden, title = _HIDDEN_BORDER.split(title)
    for piece in hidden:
        _add_untold(table, piece)
    if not cell_is_sure:
        _add_untold(table, title)
        return
    following = table.text[number.end : number.end + 2]
    if following[:1].isspace() and following[1:].islower():
        table.doubts.append(f"Không rõ {quoted(number.text)} có phải hết một văn bản.")
    if _is_one_title(table, title):
        table.rows.append(_basis(number.text, title))


def _title_before(before: str, number: DocumentNumber) -> tuple[str, bool]:
    """The title, and whether the number is the row's own rather than one its title cites."""
    at = _glued_lead(before)
    if at is not None:
        return before[:at], True
    if not before.strip() or not before[-1].isspace():
        return before, True
    whole = before + number.text
    if _OWN_LEAD.fullmatch(before) or _LAW_BY_NAME.fullmatch(before.rstrip()):
        return whole, True
    lead = _LEAD.search(before)
    cites = bool(lead and lead[0].strip()) or before.rstrip().endswith((",", " và", " hoặc"))
    figure = number.text.partition("/")[0]
    may_be_two = len(figure) > 1 and not figure.startswith("0")  # "… 12" and "1/2031/NĐ-CP"
    return (whole, False) if cites or may_be_two else (before, True)


def _add_untold(table: _Table, text: str) -> None:
    """Rows without a number cell: their own number is taken when the title begins with it."""
    for title in _HIDDEN_BORDER.split(text):
        if not title.strip():
            continue
        numbers = find_numbers(title)
        own = numbers and (_OWN_LEAD.fullmatch(title[: numbers[0].start]) or numbers[0].start == 0)
        number = numbers[0].text if own and not numbers[0].garbled else ""
        if not number:
            table.doubts.append(f"Văn bản không có số hiệu: {quoted(title.strip())}.")
        if _is_one_title(table, title) and (number or _WORD.search(title)):
            table.rows.append(_basis(number, title))


def _is_one_title(table: _Table, title: str) -> bool:
    """Whether a title holds no trace of a second document; where it does, no row is told."""
    numbers = find_numbers(title)
    if _RUNS_INTO_DIGITS.search(title):
        table.doubts.append(f"Số hiệu dính vào chữ số khác: {quoted(title[-60:])}.")
        return False
    if any(_NEW_ROW_BEHIND_SPACE.match(title, number.end) for number in numbers):
        table.doubts.append(f"Có thể hai văn bản dính vào nhau: {quoted(title)}.")
        return False
    known = {at for number in numbers for at in range(number.start, number.end)}
    if any(odd.start() not in known for odd in _ODD_NUMBER.finditer(title)):
        table.doubts.append(f"Số hiệu không đọc được trong {quoted(title)}.")
        return False
    return True


def _basis(number: str, title: str) -> LegalBasis:
    issued_on, issuer = _issue(number, title)
    return LegalBasis(number=number, title=title, issued_on=issued_on, issuer=issuer)


def _issue(number: str, title: str) -> tuple[str, str]:
    """Day and issuer where the title goes on with them right behind its own number."""
    at = title.find(number) if number else -1
    if at < 0 or not _OWN_LEAD.fullmatch(title[:at]):
        return "", ""
    found = _ISSUED.match(title, at + len(number))
    if not found:
        return "", ""
    try:
        day = date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        day = ""
    return day, found["issuer"] or ""
