"""How questions and texts become terms. Pure.

A Vietnamese word is mostly two syllables, each of which alone says little ("đăng ký", "kết hôn").
So besides the folded syllables every pair of neighbours is a term: "dang", "ky", "dangky".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from catalog.codes import CodeError, procedure_code
from catalog.vietnamese import clean_line, fold, nfc, search_form

MAX_QUESTION_CHARS = 500
MAX_TERMS = 64

# Folded syllables that a question is asked with, and that say nothing of what is asked for.
_ASKED_WITH = """
a ai anh ba bac bao bi cac can cau chau chi cho chu co con cua da dang dau de do duoc em gi giup
hay hoac hoi khi khong la lam ma minh moi mot nao nay neu nha nhe nhi nhieu nhu nhung o oi phai
roi se tai the thi toi tren trong tu va vay ve vi voi xin yeu
"""
_QUESTION_WORDS = frozenset(_ASKED_WITH.split())
_WORD = re.compile(r"[^\W_]+")
_CODE = re.compile(r"(?<![\d.])\d\.?\d{6}(?:\.[\w.]+)?(?![\d.]*\d)", re.ASCII)
_NUMBER = re.compile(r"(\d{1,5}[a-z]?)\s*/\s*(qd[a-z0-9&-]*)")
_NUMBER_ALONE = re.compile(
    r"(?:thu tuc )?(?:theo )?(?:quyet dinh|qd)?\s*(?:so)?\s*(\d{1,5}[a-z]?)(?: nam \d{4})?"
)


@dataclass(frozen=True)
class Question:
    """A question as the index is asked.

    `codes` are procedure codes in their usual form; `decision` is how the folded number of a
    decision begins, "" when none is asked for; `marked` are the words typed with their marks;
    `to_mark` are the folded words and pairs of words that are shown marked in an answer.
    """

    text: str
    syllables: tuple[str, ...]
    terms: tuple[str, ...]
    to_mark: tuple[str, ...]
    marked: frozenset[str]
    codes: tuple[str, ...]
    decision: str

    @property
    def is_empty(self) -> bool:
        return not (self.terms or self.codes or self.decision)


def read_question(text: str) -> Question:
    """A question in any spelling; at most MAX_QUESTION_CHARS of it are read."""
    text = visible(text)[:MAX_QUESTION_CHARS]
    words = [
        (word, folded) for word in spelt_words(text) for folded in [search_form(word)] if folded
    ]
    telling = [pair for pair in words if pair[1] not in _QUESTION_WORDS] or words
    syllables = tuple(dict.fromkeys(folded for _, folded in telling))
    neighbours = list(pairwise(folded for _, folded in words))
    return Question(
        text=text,
        syllables=syllables,
        terms=tuple(dict.fromkeys((*syllables, *map("".join, neighbours))))[:MAX_TERMS],
        to_mark=tuple(dict.fromkeys((*_phrases(neighbours, set(syllables)), *syllables))),
        marked=frozenset(word for word, folded in words if word != folded),
        codes=tuple(dict.fromkeys(_codes(text))),
        decision=_decision(text),
    )


def visible(text: str) -> str:
    """One clean line: control characters, which no keyboard types, become spaces."""
    return clean_line("".join(char if char.isprintable() else " " for char in text))


def syllables(text: str) -> list[str]:
    return search_form(text).split()


def pairs(words: list[str]) -> list[str]:
    """Every two neighbours as one term."""
    return [first + second for first, second in pairwise(words)]


def spelt_words(text: str) -> list[str]:
    """The words of a text as they are spelt, in small letters and one tone placement."""
    return [tone_at_the_end(word) for word in _WORD.findall(nfc(text).casefold())]


def tone_at_the_end(word: str) -> str:
    """One spelling for old and new tone placement: "hòa" and "hoà" both give "hoa" with huyền."""
    return _TONE_PLACES.sub(lambda found: _TONE_MOVES[found[0]], word)


def _phrases(neighbours: list[tuple[str, str]], telling: set[str]) -> list[str]:
    return [" ".join(both) for both in neighbours if telling & set(both)]


def _codes(text: str) -> Iterator[str]:
    for found in _CODE.finditer(text):
        try:
            yield procedure_code(found[0])
        except CodeError:
            # A number that only begins like a code, such as a telephone number.
            continue


def _decision(text: str) -> str:
    folded = fold(text)
    if found := _NUMBER.search(folded):
        return f"{found[1]}/{found[2]}"
    alone = _NUMBER_ALONE.fullmatch(search_form(text))
    return f"{alone[1]}/" if alone else ""


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
