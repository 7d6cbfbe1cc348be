"""Up to three texts of one procedure side by side, part by part, with the changed words marked.

The text a decision proposes is the anchor: the national and the current public text are laid
beside it, paragraph by paragraph. Pure.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_LIKE = 0.5  # of one: paragraphs less alike are two paragraphs and not one that changed
_MOST_WORDS = 4_000_000  # pairs of words to compare; beyond, a paragraph is marked as a whole

# A text by part: paragraphs in order. A part that a source does not speak of is absent.
Parts = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Span:
    """A run of words, marked when it is not what stands on the other side."""

    text: str
    changed: bool = False


Cell = tuple[Span, ...]


@dataclass(frozen=True)
class Row:
    """One paragraph as each side has it; None where a side lacks it."""

    national: Cell | None
    public: Cell | None
    proposed: Cell | None
    changed: bool


@dataclass(frozen=True)
class PartDifference:
    """One part; `national` and `public` say whether that side speaks of it at all."""

    part: str
    rows: tuple[Row, ...]
    national: bool
    public: bool
    unlike_national: bool
    unlike_public: bool

    @property
    def anchor(self) -> str:
        """Where links on the page lead to."""
        return "phan-" + re.sub(r"\W+", "-", self.part).strip("-").lower()

    @property
    def changed(self) -> bool:
        return self.unlike_national or self.unlike_public


@dataclass(frozen=True)
class _Beside:
    """Another text laid beside the anchor: its paragraph at each place, and what has no place."""

    paragraphs: Sequence[str]
    at: Mapping[int, int] = field(default_factory=dict)
    before: Mapping[int, Sequence[int]] = field(default_factory=dict)

    def paragraph(self, place: int) -> str | None:
        found = self.at.get(place)
        return None if found is None else self.paragraphs[found]

    def left_out(self, place: int) -> list[str]:
        return [self.paragraphs[index] for index in self.before.get(place, ())]


def compare(
    *, national: Parts | None, public: Parts | None, proposed: Parts | None
) -> list[PartDifference]:
    """Every part any side speaks of, in the order of the first side that does.

    Without a proposed text (the procedure ends) the public one is the anchor.
    """
    sides = [side for side in (proposed, public, national) if side is not None]
    names = dict.fromkeys(name for side in sides for name in side)
    return [
        _part(
            name,
            national=national.get(name) if national is not None else None,
            public=public.get(name) if public is not None else None,
            proposed=proposed.get(name) if proposed is not None else None,
        )
        for name in names
    ]


def _part(
    name: str,
    *,
    national: Sequence[str] | None,
    public: Sequence[str] | None,
    proposed: Sequence[str] | None,
) -> PartDifference:
    anchor = next((side for side in (proposed, public, national) if side is not None), [])
    rows = list(_rows(anchor, _lay(national, anchor), _lay(public, anchor)))
    return PartDifference(
        part=name,
        rows=tuple(rows if proposed is not None else [_without_proposed(row) for row in rows]),
        national=national is not None,
        public=public is not None,
        unlike_national=national is not None and list(national) != list(anchor),
        unlike_public=public is not None and list(public) != list(anchor),
    )


def _without_proposed(row: Row) -> Row:
    return Row(row.national, row.public, None, row.changed)


def _rows(anchor: Sequence[str], national: _Beside | None, public: _Beside | None) -> Iterator[Row]:
    for place in range(len(anchor) + 1):
        yield from _gone(
            national.left_out(place) if national else [], public.left_out(place) if public else []
        )
        if place < len(anchor):
            yield _row(anchor[place], place, national, public)


def _row(words: str, place: int, national: _Beside | None, public: _Beside | None) -> Row:
    official = national.paragraph(place) if national else None
    shown = public.paragraph(place) if public else None
    unlike = [side.paragraph(place) != words for side in (national, public) if side is not None]
    # The proposed words are marked against what the public reads, else against the national text.
    against = shown if public else official
    is_compared = public is not None or national is not None
    return Row(
        national=_marked(official, words)[0] if official is not None else None,
        public=_marked(shown, words)[0] if shown is not None else None,
        proposed=_marked(against, words)[1] if is_compared else (Span(words),),
        changed=any(unlike),
    )


def _gone(national: list[str], public: list[str]) -> Iterator[Row]:
    """Paragraphs the anchor no longer has; one row for what both others have."""
    waiting = list(national)
    for words in public:
        both = words in waiting
        if both:
            waiting.remove(words)
        yield Row(_whole(words) if both else None, _whole(words), None, changed=True)
    for words in waiting:
        yield Row(_whole(words), None, None, changed=True)


def _whole(words: str) -> Cell:
    return (Span(words, changed=True),)


def _lay(other: Sequence[str] | None, anchor: Sequence[str]) -> _Beside | None:
    if other is None:
        return None
    at: dict[int, int] = {}
    before: dict[int, list[int]] = {}
    matcher = SequenceMatcher(None, other, anchor, autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            at.update(zip(range(start, end), range(first, last), strict=True))
            continue
        taken = _pairs(other[first:last], anchor[start:end])
        at.update((start + place, first + index) for place, index in taken.items())
        for index, place in _places_of_rest(taken, count=last - first):
            before.setdefault(start + place, []).append(first + index)
    return _Beside(other, at, before)


def _pairs(others: Sequence[str], anchors: Sequence[str]) -> dict[int, int]:
    """Which of the other paragraphs became which, in order; by place among the anchor's."""
    taken: dict[int, int] = {}
    lowest = 0
    for place, words in enumerate(anchors):
        for index in range(lowest, len(others)):
            if _are_alike(others[index], words):
                taken[place], lowest = index, index + 1
                break
    return taken


def _places_of_rest(taken: dict[int, int], *, count: int) -> Iterator[tuple[int, int]]:
    """What found no pair, with its place: right after the paragraph it followed."""
    place_of = {index: place for place, index in taken.items()}
    place = 0
    for index in range(count):
        if index in place_of:
            place = place_of[index] + 1
        else:
            yield index, place


def _are_alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return matcher.quick_ratio() >= _LIKE and matcher.ratio() >= _LIKE


@lru_cache(maxsize=32)  # a row asks for either side in turn
def _marked(before: str | None, after: str) -> tuple[Cell, Cell]:
    """Both sides of a paragraph as spans, words that only one side has marked."""
    if before is None:
        return (), _whole(after)
    if before == after:
        return (Span(before),), (Span(after),)
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) * len(new) > _MOST_WORDS:
        return _whole(before), _whole(after)
    left: list[Span] = []
    right: list[Span] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for spans, words in ((left, old[i:j]), (right, new[k:m])):
            if words:
                spans.append(Span("".join(words), changed=tag != "equal"))
    return _joined(left), _joined(right)


def _joined(spans: list[Span]) -> Cell:
    """Changed words next to each other are one change: the space between them is part of it."""
    joined: list[Span] = []
    for place, span in enumerate(spans):
        is_gap = span.text.isspace() and 0 < place < len(spans) - 1
        between = is_gap and spans[place - 1].changed and spans[place + 1].changed
        changed = span.changed or between
        if joined and joined[-1].changed == changed:
            joined[-1] = Span(joined[-1].text + span.text, changed)
        else:
            joined.append(Span(span.text, changed))
    return tuple(joined)
