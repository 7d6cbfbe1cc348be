"""The passage of a text that answers a question, with the matching words marked. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from catalog.vietnamese import fold

PASSAGE_CHARS = 220


@dataclass(frozen=True)
class Piece:
    """A run of text; `marked` when it is a word of the question."""

    text: str
    marked: bool = False


class _SameLength(dict[int, str]):
    """Folds letter by letter, so that a place in the folded text is a place in the text."""

    def __missing__(self, code: int) -> str:
        folded = fold(chr(code))
        self[code] = folded if len(folded) == 1 else chr(code)
        return self[code]


_FOLDED = _SameLength()


def mark(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """The whole text in pieces. `words` are folded words or phrases, phrases first."""
    return _pieces(text, _spans(text, words))


def passage(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """The stretch of about PASSAGE_CHARS with the most different words of the question.

    Nothing when no word of the question is in the text.
    """
    spans = _spans(text, words)
    if not spans:
        return ()
    start = _best_start(text, spans)
    end = min(len(text), start + PASSAGE_CHARS)
    if end < len(text) and (space := text.rfind(" ", start, end)) > start:
        end = space
    shown = text[start:end].replace("\n", " ")
    inside = [(a - start, b - start) for a, b in spans if a >= start and b <= end]
    pieces = list(_pieces(shown, inside))
    before = [Piece("… ")] if start else []
    after = [Piece(" …")] if end < len(text) else []
    return (*before, *pieces, *after)


def _spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    if not (text and words):
        return []
    either = "|".join(map(re.escape, words))
    found = re.finditer(rf"(?<![a-z0-9])(?:{either})(?![a-z0-9])", text.translate(_FOLDED))
    return [match.span() for match in found]


def _best_start(text: str, spans: list[tuple[int, int]]) -> int:
    """Where to begin: at the line or word before the densest run of different words."""
    matches = [text[a:b].translate(_FOLDED) for a, b in spans]
    best, best_count, last = 0, 0, 0
    for first, (start, _) in enumerate(spans):
        last = max(last, first)
        while last < len(spans) and spans[last][1] <= start + PASSAGE_CHARS * 3 // 4:
            last += 1
        count = len(set(matches[first:last]))
        if count > best_count:
            best, best_count = start, count
    line = text.rfind("\n", 0, best) + 1
    if best - line <= PASSAGE_CHARS // 4:
        return line
    return text.rfind(" ", 0, best - PASSAGE_CHARS // 8) + 1


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    place = 0
    for start, end in spans:
        # Neighbouring words are marked as one run: "đăng ký", not "đăng" and "ký".
        if pieces and pieces[-1].marked and text[place:start] == " ":
            pieces[-1] = Piece(f"{pieces[-1].text} {text[start:end]}", marked=True)
        else:
            if start > place:
                pieces.append(Piece(text[place:start]))
            pieces.append(Piece(text[start:end], marked=True))
        place = end
    if place < len(text):
        pieces.append(Piece(text[place:]))
    return tuple(pieces)
