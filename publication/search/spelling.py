"""Reading words as they were meant: marks put back, and slips of ear and finger mended. Pure.

The most likely spelling of the whole question, by how often words stand beside each other in the
texts of the portal, in its everyday words and in what people ask with (Viterbi's search over
pairs of neighbours). Words typed with marks keep them unless their neighbours speak strongly.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from publication.search.words import fold_word

# What it costs to read a word in another way than typed, in natural logarithms of likelihood.
_OTHER_MARKS, _LIKE_SOUND, _LIKE_KEYS = 6.0, 6.0, 6.0
_CANDIDATES, _KEPT = 6, 6  # a word; readings of a beginning
_ORDINARY_TEXT = 50_000  # words; a fixed number, so that one new text does not move the others
_NEIGHBOURS_SHARE = 0.9
_SHORTEST = 2  # letters of a word that is mended

_BEGINNINGS = {
    "tr": ("ch",), "ch": ("tr",), "s": ("x",), "x": ("s",), "gi": ("d", "r"), "d": ("gi", "r"),
    "r": ("d", "gi"), "l": ("n",), "n": ("l",), "k": ("c",), "c": ("k",), "g": ("gh",),
    "gh": ("g",), "ng": ("ngh",), "ngh": ("ng",), "v": ("d", "gi"), "": ("h",),
}  # fmt: skip
_ENDINGS = {"n": ("ng", "nh"), "ng": ("n",), "nh": ("n",), "t": ("c",), "c": ("t",),
            "i": ("y",), "y": ("i",)}  # fmt: skip
_PARTS = re.compile(
    r"(ngh|ng|nh|gh|gi|tr|ch|th|ph|kh|qu|[bcdghklmnpqrstvx]?)([aeiouy]+)(ng|nh|ch|[cmnpt]?)"
)
_LETTERS = "abcdeghiklmnopqrstuvxy"
_TELEX = (("aa", "a"), ("aw", "a"), ("dd", "d"), ("ee", "e"), ("oo", "o"), ("ow", "o"),
          ("uw", "u"), ("w", "u"))  # fmt: skip
_TELEX_TONE = re.compile(r"(?<=[aeiouy])[sfrxj](?=[a-z]*$)|[sfrxj]$")

Counts = Mapping[str, int]


class Lexicon(Protocol):
    """How words are spelt, and how often, in the texts of the portal."""

    def spellings(self, folded: Iterable[str]) -> Mapping[str, Counts]: ...

    def following(self, word: str) -> Counts: ...

    def in_texts(self, folded: Iterable[str]) -> set[str]: ...


@dataclass(frozen=True)
class _Candidate:
    word: str
    count: int
    cost: float


def read_words(words: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
    """The words as they were most likely meant, one for one."""
    candidates = [kept[:_CANDIDATES] for kept in _candidates(words, lexicon)]
    return _likeliest(candidates, lexicon)


class _Reading(NamedTuple):
    """The beginning of a question in one reading, how likely it is, and what may follow.

    `share` is what one time of following adds to the likelihood of the next word.
    """

    score: float
    path: tuple[str, ...]
    following: Counts
    share: float


def _likeliest(candidates: Sequence[Sequence[_Candidate]], lexicon: Lexicon) -> tuple[str, ...]:
    readings = [_Reading(0.0, (), {}, 0.0)]
    for choices in candidates:
        longer = [_best_before(readings, choice, lexicon) for choice in choices]
        readings = sorted(longer, key=_by_score, reverse=True)[:_KEPT]
    return readings[0].path


def _best_before(readings: Sequence[_Reading], word: _Candidate, lexicon: Lexicon) -> _Reading:
    alone = (1 - _NEIGHBOURS_SHARE) * min(1.0, (word.count + 0.1) / _ORDINARY_TEXT)
    scores = [
        before.score + math.log(alone + before.share * before.following.get(word.word, 0))
        for before in readings
    ]
    best = scores.index(max(scores))
    path = (*readings[best].path, word.word)
    share = _NEIGHBOURS_SHARE / (word.count + 2)
    return _Reading(scores[best] - word.cost, path, lexicon.following(word.word), share)


def _by_score(reading: _Reading) -> float:
    return reading.score


# --- what a typed word may have meant -----------------------------------------------------------


def _candidates(words: Sequence[str], lexicon: Lexicon) -> list[list[_Candidate]]:
    """By word, what it may have meant, the likeliest by itself first; never empty."""
    folded = [fold_word(word) for word in words]
    alike = {form: dict.fromkeys(_sounds_like(form), _LIKE_SOUND) for form in set(folded)}
    spelt = lexicon.spellings({*folded, *(other for forms in alike.values() for other in forms)})
    strange = {form for form in set(folded) if form not in spelt and _is_mended(form)}
    strange -= lexicon.in_texts(strange)
    near = {form: _near(form) for form in strange}
    spelt = {**spelt, **lexicon.spellings({other for forms in near.values() for other in forms})}
    return [
        _of_word(word, form, alike[form] | near.get(form, {}), spelt)
        for word, form in zip(words, folded, strict=True)
    ]


def _of_word(
    word: str, form: str, others: Mapping[str, float], spelt: Mapping[str, Counts]
) -> list[_Candidate]:
    is_marked = word != form
    same = spelt.get(form, {})
    found = {
        other: _Candidate(other, count, _OTHER_MARKS if is_marked and other != word else 0.0)
        for other, count in same.items()
    }
    if word not in found and (is_marked or not found):
        found[word] = _Candidate(word, 0, 0.0)
    if _is_mended(form):
        for like, cost in others.items():
            for other, count in spelt.get(like, {}).items():
                found.setdefault(other, _Candidate(other, count, cost))
    return sorted(found.values(), key=lambda one: (one.cost, -one.count, one.word))


def _is_mended(form: str) -> bool:
    return len(form) >= _SHORTEST and form.isalpha() and form.isascii()


def _sounds_like(form: str) -> Iterator[str]:
    """Folded syllables that some regions speak, or many people spell, like this one."""
    if not _is_mended(form) or not (parts := _PARTS.fullmatch(form)):
        return
    begin, middle, end = parts.groups()
    for other in _BEGINNINGS.get(begin, ()):
        yield other + middle + end
    if end in _ENDINGS:
        yield from (begin + middle + other for other in _ENDINGS[end])
    if not end and middle in ("i", "y"):
        yield begin + ("y" if middle == "i" else "i")


def _near(form: str) -> dict[str, float]:
    """Syllables one slip of a finger away, and what is left of marks that were typed as letters."""
    cuts = [(form[:at], form[at:]) for at in range(len(form) + 1)]
    slips = {before + after[1:] for before, after in cuts if after}
    slips |= {b + a[1] + a[0] + a[2:] for b, a in cuts if len(a) > 1}
    slips |= {b + letter + a[1:] for b, a in cuts if a for letter in _LETTERS}
    slips |= {b + letter + a for b, a in cuts for letter in _LETTERS}
    return dict.fromkeys(slips, _LIKE_KEYS) | {_without_telex(form): _LIKE_SOUND}


def _without_telex(form: str) -> str:
    """ "dduowcj" gives "duoc": marks of the Telex keyboard that nothing turned into marks."""
    plain = _TELEX_TONE.sub("", form)
    for typed, letter in _TELEX:
        plain = plain.replace(typed, letter)
    return plain
