"""Steps by case out of the text of the order of steps.

The text keeps its line breaks. "Bước 1" (behind "-", "a)", "2.1.") begins a step; a case is named
on the line of its first step, before it, or on a line of its own. Texts without "Bước" are cut at
"a)", "b)" or "1.", "2." when these run without a gap; else they stay one step, whole.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from catalog.content import Step, StepCase
from catalog.importers.parsed import Recovery
from catalog.importers.scraped.reading import Reading
from catalog.vietnamese import says_nothing

_BULLET = r"(?:[-+*•–·] ?|\(?[a-zđ]\d?\) ?|\(?[ivx]{1,4}\) ?|\d{1,2}(?:\.\d{1,2}){0,3}[.)]? )"
_STEP_LINE = re.compile(rf"{_BULLET}{{0,2}}(?:Bước|BƯỚC|bước) (?:thứ )?(\d{{1,2}})(?!\d|[.,]\d)")
_FIRST_STEP_IN_LINE = re.compile(rf"(?<= ){_BULLET}{{0,2}}Bước 0?1(?=[:. ]|$)(?![.,]\d)")
_LATER_STEP_IN_LINE = re.compile(
    rf"(?<=[.;:]) (?={_BULLET}{{0,2}}Bước (?:0?[2-9]|1\d)(?:[:.] |[:.]?$))", re.MULTILINE
)
_LETTER_LINE = re.compile(r"([a-zđ])[).] ?")
_FIGURE_LINE = re.compile(r"(\d{1,2})[.)] ?(?!\d)")
_CASE_LINE = re.compile(
    r"(?:[-+*•–] ?|\(?[A-Za-zđ\d]{1,4}[.)/] ?){0,4}"
    r"(?:Trường hợp|TRƯỜNG HỢP|Đối với|ĐỐI VỚI)\b"
)
_LETTERS = "abcdđeghiklmnopqrstuvxy"
LONGEST_HEADING = 160
LONGEST_CASE = 1500


@dataclass(frozen=True)
class _Mark:
    """A line that begins a step: its number, and the case's name standing before it on the line."""

    line: int
    number: int
    case: str
    text: str


def read_steps(text: str) -> Reading[tuple[StepCase, ...]]:
    """The order of steps of a cleaned source text; every word stays."""
    if says_nothing(text):
        return Reading((), Recovery.ABSENT)
    lines = _LATER_STEP_IN_LINE.sub("\n", text).split("\n")
    marks = _step_marks(lines)
    if marks:
        return _by_marks(lines, marks)
    lines = text.split("\n")
    for pattern, order in ((_FIGURE_LINE, _figure_order), (_LETTER_LINE, _letter_order)):
        marks = _plain_marks(lines, pattern, order)
        if marks:
            return _by_marks(lines, marks)
    return Reading((StepCase(steps=(Step(text=text),)),), Recovery.RECOVERED)


def _step_marks(lines: list[str]) -> list[_Mark]:
    marks = []
    for index, line in enumerate(lines):
        found = _STEP_LINE.match(line)
        if found:
            marks.append(_Mark(index, int(found[1]), "", line))
            continue
        first = _FIRST_STEP_IN_LINE.search(line)
        if first and _is_case_name(line[: first.start()]):
            case = line[: first.start()].strip()
            marks.append(_Mark(index, 1, case, line[first.start() :]))
    return marks


def _is_case_name(text: str) -> bool:
    """The portal puts the case and a space before its first step; prose ends otherwise."""
    words = text.strip()
    goes_on = (",", " tại", " theo", " ở", " như", " của")
    return len(words) <= LONGEST_CASE and not words.endswith(goes_on)


def _plain_marks(
    lines: list[str], pattern: re.Pattern[str], order: Callable[[str], int]
) -> list[_Mark]:
    """Lines that begin with "a)" or "1." when, all of them in order, they run from the first on."""
    marks = []
    for index, line in enumerate(lines):
        found = pattern.match(line)
        if found:
            marks.append(_Mark(index, order(found[1]), "", line))
    runs = [mark.number for mark in marks] == list(range(1, len(marks) + 1))
    return marks if runs and len(marks) > 1 else []


def _figure_order(figure: str) -> int:
    return int(figure)


def _letter_order(letter: str) -> int:
    return _LETTERS.find(letter) + 1


def _by_marks(lines: list[str], marks: list[_Mark]) -> Reading[tuple[StepCase, ...]]:
    cases: list[tuple[str, list[Step]]] = [_opening(lines[: marks[0].line], marks[0])]
    doubts: list[str] = []
    expected = 1
    for position, mark in enumerate(marks):
        end = marks[position + 1].line if position + 1 < len(marks) else len(lines)
        if position and mark.number == 1:
            name = mark.case or _take_case_line(cases[-1][1])
            if name:
                cases.append((name, []))
            else:
                doubts.append("Các bước đánh số lại từ 1 mà không rõ tên trường hợp.")
        elif mark.number != expected:
            doubts.append(
                f"Thứ tự các bước không liền: sau bước {expected - 1} là bước {mark.number}."
            )
        expected = mark.number + 1
        cases[-1][1].append(_step(mark.text, lines[mark.line + 1 : end]))
    told = tuple(StepCase(case=name, steps=tuple(steps)) for name, steps in cases)
    recovery = Recovery.PARTLY if doubts else Recovery.RECOVERED
    return Reading(told, recovery, tuple(dict.fromkeys(doubts)))


def _opening(lines: list[str], first: _Mark) -> tuple[str, list[Step]]:
    """The case's name and any words before the first step."""
    if not lines:
        return first.case, []
    if len(lines) == 1 and not first.case and _CASE_LINE.match(lines[0]):
        return lines[0], []
    return first.case, [Step(text="\n".join(lines))]


def _take_case_line(steps: list[Step]) -> str:
    """The last line of the step before, when it is a case's name; it is taken out of that step."""
    if not steps:
        return ""
    *kept, last = steps[-1].text.split("\n")
    if (
        not kept
        or not _CASE_LINE.match(last)
        or last.endswith((".", ";"))
        or len(last) > LONGEST_CASE
    ):
        return ""
    steps[-1] = Step(title=steps[-1].title, text="\n".join(kept))
    return last


def _step(first_line: str, others: list[str]) -> Step:
    """A short first line is the heading when text follows it; a full sentence is the text."""
    if others and len(first_line) <= LONGEST_HEADING and not first_line.endswith((".", ";", ",")):
        return Step(title=first_line, text="\n".join(others))
    marked = (
        _STEP_LINE.match(first_line)
        or _LETTER_LINE.match(first_line)
        or _FIGURE_LINE.match(first_line)
    )
    at = marked.end() if marked else 0
    title = first_line[:at].strip()
    rest = first_line[at:].lstrip(" :.")
    return Step(title=title, text="\n".join([rest, *others]))
