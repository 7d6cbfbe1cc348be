"""What headings of an annex say: effect, levels, field, position; handed down to the rows. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from catalog.enums import GovernmentLevel
from catalog.vietnamese import clean_line, fold
from publication.enums import ItemEffect

LENGTH_LIMIT: Final = 500
_SUBJECT: Final = r"(?:hanh chinh|tthc|danh muc)(?: noi bo)?"
_BE: Final = r"(?:duoc |bi )?"
_WORDS: Final = {
    ItemEffect.NEW: r"(?:duoc )?(?:moi (?:duoc )?ban hanh|ban hanh moi|moi cong bo|cong bo moi)",
    ItemEffect.AMENDED: r"(?:sua doi|bo sung)",
    ItemEffect.REPLACED: r"thay the",
    ItemEffect.ABOLISHED: r"(?:bai bo|huy bo|het hieu luc)",
}
# Names of procedures speak of amending and replacing too ("Cấp sửa đổi, bổ sung giấy phép"): an
# effect is meant only right after the subject, at the beginning, or in a list of effects.
_EFFECTS: Final = {
    effect: re.compile(
        rf"{_SUBJECT}[ ,;:]*{_BE}{words}"
        rf"|^(?:nhung |cac )?(?:(?:thu tuc|danh muc) (?=duoc|bi|moi|ban))?{_BE}{words}"
        rf"|\b(?:duoc|bi) {words}"
    )
    for effect, words in _WORDS.items()
}
_FURTHER: Final = {
    effect: re.compile(rf"(?:[;,]|\bva\b|\bhoac\b|\bhay\b)\s*{_BE}{words}")
    for effect, words in _WORDS.items()
}
_LEVELS: Final = {
    GovernmentLevel.MINISTRY: r"\bcap (?:bo|trung uong)\b",
    GovernmentLevel.PROVINCE: r"\bcap tinh\b|\bcap (?:thanh pho|tinh, thanh pho)\b",
    GovernmentLevel.DISTRICT: r"\bcap (?:tinh, )?huyen\b|\bubnd (?:cac )?huyen\b|\bcap quan\b",
    GovernmentLevel.COMMUNE: r"\bcap (?:tinh, )?(?:huyen, )?xa\b(?! hoi)|\bubnd (?:cac )?xa\b",
}
_EVERY_LEVEL: Final = re.compile(
    r"ap dung chung|dung chung|chung (?:cho|tai) (?:cac|ca) ?(?:ba )?cap"
)
_FIELD: Final = re.compile(r"(?<!các )\blĩnh vực\s*:?\s*(.+)", re.I)
_FIELD_END: Final = re.compile(
    r"\s+(?:thuộc|của|áp dụng|trên địa bàn|do|được|bị|ban hành|tại|theo)\b.*|[;(].*", re.I
)
_MARK: Final = re.compile(
    r"^(?P<word>phần|phụ lục|chương|mục|danh mục|biểu)\s+(?:thứ\s+)?"
    r"(?P<of>[IVXLC]+|\d+|[A-Z])\b[.:)]?"
    r"|^(?P<mark>[IVXLC]+|[A-ZĐ]\d?|[a-zđ]|\d+(?:\.\d+)*|[A-ZĐIVX]+(?:\.\d+)+)"
    r"(?P<end>[.)/:]|(?=\s|$))",
    re.I,
)
_NOT_HEADING: Final = re.compile(
    r"^\(?\s*(?:can cu|theo de nghi|xet de nghi|dieu \d|noi nhan|kinh gui|kem theo|ban hanh kem"
    r"|cong hoa xa hoi|doc lap|ghi chu|luu y|so:|khoan \d|quyet dinh\b|ve viec)"
)
_OPENING: Final = re.compile(
    r"^(?:danh muc|linh vuc|(?:thu tuc hanh chinh|tthc)\b|cap (?:tinh|huyen|xa)\b)"
)


@dataclass(frozen=True)
class Heading:
    """One heading; `style` is what its sisters share: they end it, deeper ones do not."""

    text: str
    style: str
    effects: frozenset[ItemEffect] = frozenset()
    levels: tuple[str, ...] = ()
    field: str = ""
    is_section: bool = False  # a row inside a table

    def as_section(self) -> "Heading":
        return replace(self, is_section=True)

    @property
    def bare(self) -> str:
        """The heading without its mark."""
        return _without_mark(self.text)

    @property
    def says_something(self) -> bool:
        return bool(self.effects or self.levels or self.field)

    @property
    def label(self) -> str:
        return self.text if len(self.text) <= 60 else f"{self.text[:57].rstrip()}…"


@dataclass
class Headings:
    """The headings that hold at a place, outer ones first."""

    stack: list[Heading] = field(default_factory=list)

    def enter(self, heading: Heading) -> None:
        """A heading ends its sisters and all below; so does one that contradicts what stands."""
        for place, held in enumerate(self.stack):
            if held.style == heading.style or _contradicts(held, heading):
                del self.stack[place:]
                break
        self.stack.append(heading)

    @property
    def effects(self) -> frozenset[ItemEffect]:
        said = (heading.effects for heading in reversed(self.stack) if heading.effects)
        return next(said, frozenset())

    @property
    def levels(self) -> tuple[str, ...]:
        said = (heading.levels for heading in reversed(self.stack) if heading.levels)
        return next(said, ())

    @property
    def field(self) -> str:
        said = (heading.field for heading in reversed(self.stack) if heading.field)
        return next(said, "")

    def path(self, *, limit: int = 200) -> str:
        """Where in the annex a row stands, outer headings left out first when it grows long."""
        labels = [heading.label for heading in self.stack]
        while labels and len(" › ".join(labels)) > limit:
            labels.pop(0)
        return " › ".join(labels)


def read_heading(text: str) -> Heading:
    """What a line says as a heading, whatever it is."""
    line = clean_line(text)
    folded = re.sub(r"^[\W_]+", "", fold(_without_mark(line)))
    heading = Heading(
        line, "", effects_in(folded), tuple(_levels_in(folded)), field_in(_without_mark(line))
    )
    return Heading(line, _style(line, heading), heading.effects, heading.levels, heading.field)


def find_headings(lines: Iterable[str]) -> list[Heading]:
    """The headings among the lines above a table; a title over several lines is one."""
    found: list[str] = []
    growing = False
    for raw in lines:
        line = clean_line(raw)
        is_title = _is_upper(line) and len(line) < LENGTH_LIMIT
        if is_title and growing and not _MARK.match(line) and not _is_furniture(line):
            found[-1] = f"{found[-1]} {line}"
        elif is_heading(line):
            found.append(line)
        growing = is_title and bool(found) and found[-1].endswith(line)
    return [read_heading(line) for line in found]


def is_heading(line: str) -> bool:
    """Whether a line between tables is a heading and not prose."""
    if not line or len(line) > LENGTH_LIMIT or _is_furniture(line):
        return False
    heading = read_heading(line)
    mark = _MARK.match(line)
    if mark and mark["word"]:
        return True
    if mark and mark["end"] and len(line) > len(mark[0]):
        return heading.says_something or _is_upper(line)
    opens = _OPENING.match(fold(line)) is not None
    return heading.says_something and (opens or _is_upper(line))


def effects_in(folded: str) -> frozenset[ItemEffect]:
    """The effects that folded words of a heading or of a column's head speak of."""
    found = {effect for effect, words in _EFFECTS.items() if words.search(folded)}
    if found:
        found |= {effect for effect, words in _FURTHER.items() if words.search(folded)}
    return frozenset(found)


def levels_in(text: str) -> tuple[str, ...]:
    return tuple(_levels_in(fold(clean_line(text))))


def field_in(line: str) -> str:
    found = _FIELD.search(line)
    if not found:
        return ""
    name = _FIELD_END.sub("", found[1]).strip(" .:-–")
    return name.capitalize() if name.isupper() else name


def mark_of(text: str) -> str:
    """The kind of an ordinal that stands alone: "I", "A", "1" or "" for none."""
    bare = clean_line(text).strip(" .)/:(")
    if re.fullmatch(r"[IVXL]+", bare):
        return "I"
    if re.fullmatch(r"[A-ZĐ](?:\.?\d{1,2})?", bare):
        return "A"
    if re.fullmatch(r"\d{1,4}", bare):
        return "1"
    return "1.1" if re.fullmatch(r"[\dIVXA-Z]+(?:\.\d+)+", bare) else ""


def _style(line: str, heading: Heading) -> str:
    mark = _MARK.match(line)
    if mark and mark["word"]:
        return fold(mark["word"])
    if mark and (mark["end"] or len(mark[0]) < len(line)) and _stands_alone(mark):
        return mark_of(mark["mark"]) or "a"
    said = ("effect", heading.effects), ("level", heading.levels), ("field", heading.field)
    return "unmarked " + " ".join(name for name, value in said if value)


def _stands_alone(mark: re.Match[str]) -> bool:
    """ "A." and "I)" are marks; a capital that only begins a word or stands before one is too
    when it is no Vietnamese word of one letter."""
    return bool(mark["end"]) or mark["mark"].isupper()


def _without_mark(line: str) -> str:
    mark = _MARK.match(line)
    if not mark or (mark["mark"] and not mark["end"] and not mark["mark"].isupper()):
        return line
    return line[mark.end() :].strip()


def _levels_in(folded: str) -> list[str]:
    if _EVERY_LEVEL.search(folded):
        return [
            GovernmentLevel.PROVINCE.value,
            GovernmentLevel.DISTRICT.value,
            GovernmentLevel.COMMUNE.value,
        ]
    return [level.value for level, words in _LEVELS.items() if re.search(words, folded)]


def _contradicts(held: Heading, new: Heading) -> bool:
    """Whether a heading cannot stand under another: it speaks of effects or levels beyond it."""
    if held.effects and new.effects and not new.effects <= held.effects:
        return True
    return bool(held.levels and new.levels and not set(new.levels) <= set(held.levels))


def _is_upper(line: str) -> bool:
    letters = [char for char in line if char.isalpha()]
    return len(letters) >= 4 and sum(char.isupper() for char in letters) > 0.8 * len(letters)


def _is_furniture(line: str) -> bool:
    return _NOT_HEADING.match(fold(line)) is not None
