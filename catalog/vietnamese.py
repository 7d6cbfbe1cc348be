"""Vietnamese text at the door: one Unicode form, accent folding, order, slugs. Pure."""

import re
import unicodedata

_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n\s*\n+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
# NUL among them: PostgreSQL stores none. One pattern each, for str.translate is ten times slower.
_HIDDEN = "\x00\u00ad\u200b\u200c\u200d\u2060\ufeff"
_INVISIBLE = re.compile(f"[{_HIDDEN}]")
# What a clean text has none of. Frozen texts are clean, and are read again for every page.
_UNUSUAL = re.compile(rf"[{_HIDDEN}]|[^\S \n]")
_RUNS = ("  ", "\n\n", " \n", "\n ")
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_NO_INFORMATION = frozenset({"không có thông tin", "chưa có thông tin", "--", "-", "null", "n/a"})

# The alphabet's order, which code points do not follow: đ is a letter of its own after d.
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # ngang is none; then huyền, hỏi, ngã, sắc, nặng
_LETTER_RANK = {letter: chr(0x100 + rank) for rank, letter in enumerate(_LETTERS)}


def nfc(text: str) -> str:
    """The same text in NFC, the form every door of the portal stores (TCVN 6909:2001)."""
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """One line of prose: NFC, line ends folded to spaces, invisible marks gone, single spaces."""
    return " ".join(nfc(_INVISIBLE.sub("", text)).split())


def clean_text(text: str) -> str:
    """A text of several lines: NFC, Unix line ends, no trailing spaces, no runs of blank lines."""
    if _is_clean(text):
        return text.strip()
    text = nfc(_INVISIBLE.sub("", text)).replace("\r\n", "\n").replace("\r", "\n")
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n", "\n".join(lines)).strip()


def _is_clean(text: str) -> bool:
    """Whether nothing is to be mended within a text; found in a quarter of the mending's time."""
    if any(run in text for run in _RUNS) or _UNUSUAL.search(text):
        return False
    return unicodedata.is_normalized("NFC", text)


def says_nothing(text: str) -> bool:
    """Whether a source's value only says that it has none ("Không có thông tin")."""
    return clean_line(text).casefold().strip(" .") in _NO_INFORMATION | {""}


def fold(text: str) -> str:
    """Lower case without any mark, for matching: "Đất đai" and "ĐẤT ĐAI" both give "dat dai"."""
    decomposed = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return _MARKS.sub("", decomposed)


def search_form(text: str) -> str:
    """Folded words divided by single spaces, punctuation gone; what search columns hold."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))


def slug(text: str) -> str:
    """A readable part of a URL: "Đăng ký khai sinh" gives "dang-ky-khai-sinh"."""
    return _NOT_SLUG.sub("-", fold(text)).strip("-")


def sort_key(text: str) -> str:
    """A string whose plain order is dictionary order in Vietnamese: letters first, then tones."""
    letters: list[str] = []
    tones: list[str] = []
    for char in nfc(text).casefold():
        letter, tone = _split_tone(char)
        letters.append(_LETTER_RANK.get(letter, letter))
        tones.append(tone)
    return "".join(letters) + "\u0001" + "".join(tones)


def initial(text: str) -> str:
    """The capital letter a name is filed under from A to Z, "#" where it begins with none."""
    for char in nfc(text).casefold():
        if char.isalnum():
            letter = _split_tone(char)[0]
            return letter.upper() if letter in _LETTERS else "#"
    return "#"


def _split_tone(char: str) -> tuple[str, str]:
    """A letter and the digit of its tone: "ế" gives ("ê", "4")."""
    parts = unicodedata.normalize("NFD", char)
    tone = next((str(_TONES.index(mark) + 1) for mark in parts if mark in _TONES), "0")
    bare = "".join(mark for mark in parts if mark not in _TONES)
    return unicodedata.normalize("NFC", bare), tone
