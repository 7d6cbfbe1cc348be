"""How texts become terms. Pure.

A Vietnamese word is mostly two syllables, each of which alone says little ("đăng ký", "kết hôn").
So besides the folded syllables every pair of neighbours is a term: "dang", "ki", "dangki".
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from catalog.vietnamese import clean_line, fold, nfc, search_form

_WORD = re.compile(r"[^\W_]+")
# "ký" and "kí", "lý" and "lí" are one word in two spellings; "tay" and "tai" are two words.
_Y_ALONE = re.compile(r"\b([bcdghklmnpqrstvx]{1,3}|qu)y\b")


def visible(text: str) -> str:
    """One clean line: control characters, which no keyboard types, become spaces."""
    return clean_line("".join(char if char.isprintable() else " " for char in text))


def sounds(text: str) -> str:
    """Folded words with one spelling of i and y, divided by spaces: what terms are made from."""
    return _Y_ALONE.sub(r"\1i", search_form(text))


@lru_cache(maxsize=8192)
def fold_word(word: str) -> str:
    """One word in small letters without its marks; a question asks it for each many times."""
    return fold(word)


@lru_cache(maxsize=8192)
def syllables_of(word: str) -> tuple[str, ...]:
    """The syllables of one word."""
    return tuple(syllables(word))


def syllables(text: str) -> list[str]:
    return sounds(text).split()


def pairs(words: Sequence[str]) -> list[str]:
    """Every two neighbours as one term."""
    return [first + second for first, second in pairwise(words)]


def spelt_words(text: str) -> list[str]:
    """The words of a text as they are spelt, in small letters and one tone placement."""
    return [tone_at_the_end(word) for word in _WORD.findall(nfc(text).casefold())]


def tone_at_the_end(word: str) -> str:
    """One spelling for old and new tone placement: "hòa" and "hoà" both give "hoa" with huyền."""
    return _TONE_PLACES.sub(lambda found: _TONE_MOVES[found[0]], word)


def _tone_moves() -> dict[str, str]:
    # The vowels of oa, oe, uy carry the tone on the first letter in the old spelling.
    toned = {"o": "òỏõóọ", "u": "ùủũúụ", "a": "àảãáạ", "e": "èẻẽéẹ", "y": "ỳỷỹýỵ"}
    return {
        old + second: first + new
        for first, second in ("oa", "oe", "uy")
        for old, new in zip(toned[first], toned[second], strict=True)
    }


_TONE_MOVES = _tone_moves()
_TONE_PLACES = re.compile(f"(?:{'|'.join(_TONE_MOVES)})(?!\\w)")
