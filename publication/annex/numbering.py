"""Word's automatic numbers, which stand in no text: "STT" columns and headings use them. Pure."""

from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from publication.annex.word_names import W, attribute, child

_NUMBERING: Final = "/numbering"
_ROMAN: Final = (
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


@dataclass(frozen=True)
class Level:
    """One level of a list: how its number is written, and what it begins with."""

    style: str
    pattern: str  # "%1." or "%1.%2"
    start: int


@dataclass
class Numbering:
    """The lists of a document and how far each has counted."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    counted: dict[str, dict[int, int]] = field(default_factory=dict)

    def next_number(self, paragraph: Any) -> str:
        """The number Word shows before a paragraph, "" when it has none."""
        numbered = child(paragraph, "pPr", "numPr")
        if numbered is None:
            return ""
        which, depth = child(numbered, "numId"), child(numbered, "ilvl")
        name = attribute(which, "val", "") if which is not None else ""
        level = attribute(depth, "val", "0") if depth is not None else "0"
        levels = self.lists.get(name, {})
        if not level.isdecimal() or int(level) not in levels:
            return ""
        return self._count(name, int(level), levels)

    def _count(self, name: str, depth: int, levels: dict[int, Level]) -> str:
        counts = self.counted.setdefault(name, {})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        written = levels[depth].pattern
        for one, level in levels.items():
            number = counts.get(one, level.start)
            written = written.replace(f"%{one + 1}", _written(number, level.style))
        return written.strip()


def read_numbering(main_part: Any) -> Numbering:
    """The lists of a document; one without any has an empty set of them."""
    for relation in main_part.rels.values():
        if relation.reltype.endswith(_NUMBERING) and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            return _lists(etree.fromstring(relation.target_part.blob, parser))
    return Numbering()


def _lists(root: Any) -> Numbering:
    shapes = {
        attribute(shape, "abstractNumId", ""): _levels(shape)
        for shape in root.findall(f"{W}abstractNum")
    }
    lists = {}
    for use in root.findall(f"{W}num"):
        shape = child(use, "abstractNumId")
        if shape is not None:
            lists[attribute(use, "numId", "")] = shapes.get(attribute(shape, "val", ""), {})
    return Numbering(lists)


def _levels(shape: Any) -> dict[int, Level]:
    levels = {}
    for level in shape.findall(f"{W}lvl"):
        depth = attribute(level, "ilvl", "")
        if depth.isdecimal():
            levels[int(depth)] = Level(
                _value(level, "numFmt", "decimal"),
                _value(level, "lvlText", ""),
                _start(_value(level, "start", "1")),
            )
    return levels


def _value(level: Any, name: str, default: str) -> str:
    found = child(level, name)
    return attribute(found, "val", default) if found is not None else default


def _start(text: str) -> int:
    return int(text) if text.isdecimal() else 1


def _written(number: int, style: str) -> str:
    if style in ("upperLetter", "lowerLetter") and 1 <= number <= 26:
        letter = chr(ord("A") + number - 1)
        return letter if style == "upperLetter" else letter.lower()
    if style in ("upperRoman", "lowerRoman") and 1 <= number < 90:
        roman = _roman(number)
        return roman if style == "upperRoman" else roman.lower()
    if style == "decimalZero":
        return f"{number:02d}"
    return "" if style in ("bullet", "none") else str(number)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written
