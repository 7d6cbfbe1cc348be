"""The words that every national source uses for times, counts, levels and the like. Pure.

Each function reads one cell; what it cannot tell for sure it gives back instead of guessing.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Final

from catalog.codes import CodeError, decision_number
from catalog.content import Duration, Step, StepCase, TimeUnit
from catalog.enums import Audience, GovernmentLevel, LocalRegulation
from catalog.vietnamese import clean_line, clean_text, fold, says_nothing

_TIME_UNITS: Final = {
    "gio": TimeUnit.HOUR,
    "ngay": TimeUnit.DAY,
    "ngay lam viec": TimeUnit.WORKING_DAY,
    "thang": TimeUnit.MONTH,
    "nam": TimeUnit.YEAR,
}
_DURATION: Final = re.compile(r"^(\d{1,6}(?:[.,]\d{1,2})?)\s*(" + "|".join(_TIME_UNITS) + r")\.?$")
_STEP: Final = re.compile(
    r"(?:^|(?<=[\s.;:)]))(?:[a-zđ]\)\s*|[-+*•]\s*)?Bước\s+(\d{1,2})\s*([:.\-–])\s*", re.IGNORECASE
)
_COUNTS: Final = re.compile(r"ban\s+(chinh|sao)\s*:?\s*(\d{1,2})(?!\d)")
_NONE_DECLARED: Final = frozenset(
    {
        "khong",
        "khong co",
        "khong quy dinh",
        "khong yeu cau",
        "khong co yeu cau, dieu kien",
        "(khong co)",
    }
)
_LEVELS: Final = {
    "bo": GovernmentLevel.MINISTRY,
    "tinh": GovernmentLevel.PROVINCE,
    "huyen": GovernmentLevel.DISTRICT,
    "xa": GovernmentLevel.COMMUNE,
    "co quan khac": GovernmentLevel.OTHER,
}
_AUDIENCES: Final = {fold(str(audience.label)): audience for audience in Audience} | {
    "to chuc (khong gom doanh nghiep, htx)": Audience.ORGANISATION,
}
_AUDIENCE: Final = re.compile(
    r"(?<![a-z])(?:"
    + "|".join(re.escape(label) for label in sorted(_AUDIENCES, key=len, reverse=True))
    + r")(?![a-z])"
)


def duration(text: str) -> Duration | None:
    """ "10 Ngày làm việc" as a duration; None when it is none, or is zero."""
    found = _DURATION.match(fold(clean_line(text)))
    if not found:
        return None
    amount = Decimal(found[1].replace(",", "."))
    return Duration(amount=amount, unit=_TIME_UNITS[found[2]]) if amount else None


def time_unit(word: str) -> TimeUnit | None:
    return _TIME_UNITS.get(fold(clean_line(word)))


def declares_none(text: str) -> bool:
    """Whether a value says that the thing does not exist, which is more than saying nothing."""
    return fold(clean_line(text)).strip(" .;") in _NONE_DECLARED


def stated(text: str) -> str:
    """A value's clean text, empty when it only says that it has none."""
    return "" if says_nothing(text) else clean_text(text)


def step_cases(text: str) -> tuple[StepCase, ...]:
    """Steps told apart where "Bước 1 … Bước n" number them all; else the whole text as one."""
    text = stated(text)
    if not text:
        return ()
    marks = _step_marks(text)
    if not marks or text[: marks[0].start()].strip():
        return (StepCase(steps=(Step(text=text),)),)
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    pieces = [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]
    if not all(piece.strip() for piece in pieces):
        return (StepCase(steps=(Step(text=text),)),)
    return (StepCase(steps=tuple(Step(text=piece) for piece in pieces)),)


def _step_marks(text: str) -> list[re.Match[str]]:
    """The marks that number the steps 1 … n; none when another "Bước k:" stands between them.

    "… như Bước 1." refers back to a step and marks none.
    """
    marks: list[re.Match[str]] = []
    for mark in _STEP.finditer(text):
        if int(mark[1]) == len(marks) + 1:
            marks.append(mark)
        elif mark[2] == ":" or int(mark[1]) > len(marks):
            return []
    return marks


def paper_counts(text: str) -> tuple[int, int] | None:
    """Originals and copies of "Bản chính: 1 Bản sao: 0"; None when the text is anything else."""
    folded = fold(clean_line(text))
    found = {kind: int(number) for kind, number in _COUNTS.findall(folded)}
    rest = _COUNTS.sub("", folded).strip(" ,;.-")
    return (found["chinh"], found["sao"]) if len(found) == 2 and not rest else None


def levels(text: str) -> tuple[tuple[str, ...], str]:
    """Levels of a comma list, and what of it is no level."""
    found: list[str] = []
    unknown: list[str] = []
    for piece in filter(None, map(clean_line, re.split(r"[,;\n]", stated(text)))):
        level = _LEVELS.get(fold(piece).removeprefix("cap "))
        if level is None:
            unknown.append(piece)
        elif level.value not in found:
            found.append(level.value)
    return tuple(found), ", ".join(unknown)


def audiences(text: str) -> tuple[tuple[str, ...], str]:
    """Audiences of a comma list whose labels hold commas themselves, and what is left over."""
    folded = fold(clean_line(stated(text)))
    found = dict.fromkeys(_AUDIENCES[label].value for label in _AUDIENCE.findall(folded))
    rest = re.sub(r"[\s,;]+", " ", _AUDIENCE.sub(" ", folded)).strip()
    return tuple(found), rest


def local_regulation(text: str) -> LocalRegulation | None:
    """LOAITTHC in words, in the orders of words that the portal has used; None when unknown."""
    folded = fold(clean_line(text))
    if "khong duoc" in folded and "luat" in folded:
        return LocalRegulation.NOT_ASSIGNED
    if re.search(r"duoc (?:luat giao|giao luat|giao)", folded):
        return LocalRegulation.ASSIGNED
    return LocalRegulation.OTHER if "loai khac" in folded else None


def decision_number_of(text: str) -> tuple[str, bool]:
    """A decision number in its usual spelling, and whether the text was one; else the text."""
    text = clean_line(stated(text))
    if not text:
        return "", True
    try:
        return decision_number(text), True
    except CodeError:
        return text, False


def iso_day(text: str) -> str | None:
    """ "30-12-2021", "30/12/2021" or "2021-12-30" as ISO text; "" for nothing, None for no day."""
    text = stated(text)
    if not text:
        return ""
    found = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text)
    year, month, day = (
        (found[3], found[2], found[1]) if found else (*text[:10].split("-"), "", "")[:3]
    )
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def listed(text: str) -> tuple[str, ...]:
    """The parts of a list divided by line breaks or semicolons, each once, in order."""
    pieces = (clean_line(piece) for piece in re.split(r"[;\n\r]+", stated(text)))
    return tuple(dict.fromkeys(piece for piece in pieces if piece))
