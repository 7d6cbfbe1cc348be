"""Form file names out of a paper's text, where they stand glued behind the name.

"Đơn đề nghị cấp phép;Mẫu số 18.docx" is a name and a file. Where the file's name begins can only be
told from the glue: a letter or mark that ends a name, directly followed by something a file's name
begins with. Files hold such places too ("Mau01-PhulucII_36.docx"), so the first place counts, and
only when nothing before it could be one and the places behind it belong to the file.
"""

import re
from dataclasses import dataclass

_EXTENSION = re.compile(
    r"\.(?:docx|doc|pdf|xlsx|xls|rtf|odt|zip|rar|jpg|jpeg|png|xml)(?=[^\W_]| ?$)", re.IGNORECASE
)
_FORM_WORD = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3})*[-._]+ ?)?"
    r"(?:mẫu|mãu|mau|mus?\d|phụ lục|phu luc|phuluc|phlc|đơn|don[ _-]|tờ khai|to khai|tờ trình"
    r"|to trinh|giấy|giay[ _-]|biểu|bieu|tk ?\d|tk_|bm|tp-|văn bản|van ban|thông báo"
    r"|thong bao|danh sách|danh sach|báo cáo|bao cao)"
    r"|\d\.\d{6}(?:[_ .(-])",
    re.IGNORECASE,
)
_SMALL_FORM_WORD = re.compile(
    r"(?:mau|mẫu|mãu) s[oố]|mau_|mẫu (?:đơn|tờ)|văn bản đề nghị|tờ trình|đơn đề nghị|m\d\d|\d"
)
_COUNTED_NOUN = re.compile(r"(?:mẫu|mau|số|so|lục|luc|biểu|điều|khoản|tk|pl) ?$", re.IGNORECASE)
_SYLLABLE = re.compile(r"(?:^|[\s(])[^\W\d_]{1,7}$")
_LONGEST_FILE_NAME = 255
_JOINERS = "-_–(/[“\"'&+*•"
_LONGEST_INSIDE = 20  # "PHỤ LỤC VIII." before "MẪU …" in one file's name


@dataclass(frozen=True)
class NamedPaper:
    """A paper's name with its form files; `sure` is False when a file could not be cut off."""

    name: str
    files: tuple[str, ...]
    sure: bool = True


def part_files(text: str) -> NamedPaper:
    """Cuts form files off the end of a paper's text. Without certainty the text stays whole."""
    ends = _unbroken_tail(text, [found.end() for found in _EXTENSION.finditer(text)])
    if not ends:
        return NamedPaper(text, ())
    start = _file_start(text, ends[0])
    if start is None:
        return NamedPaper(text, (), sure=False)
    starts = [start, *ends[:-1]]
    if _is_in_an_address(text[:start]) or " bản chính" in text[start:]:
        return NamedPaper(text, (), sure=False)
    files = tuple(text[a:b].strip() for a, b in zip(starts, ends, strict=True))
    return NamedPaper(text[:start].strip(), files)


def _is_in_an_address(before: str) -> bool:
    """Whether the place stands inside a web address, whose end cannot be told."""
    word = before.rpartition(" ")[2]
    return "://" in word or "www." in word


def _unbroken_tail(text: str, ends: list[int]) -> list[int]:
    """The ends of the files that close the text: a file named inside prose is not a form."""
    if not ends or text[ends[-1] :].strip():
        return []
    tail = [ends[-1]]
    for end in reversed(ends[:-1]):
        if tail[-1] - end > _LONGEST_FILE_NAME or text[end : end + 1].isspace():
            break
        tail.append(end)
    return tail[::-1]


def _file_start(text: str, end: int) -> int | None:
    """Where the file that ends at `end` begins, or None when two places are equally good."""
    places = [
        (at, strength)
        for at in range(max(1, end - _LONGEST_FILE_NAME), end)
        if (strength := _strength(text, at))
    ]
    named = [at for at, strength in places if strength == 3]
    if named:
        sure = places[0][0] == named[0] and _inside_a_file(text, named)
        only = len(named) == 1 and text[named[0] - 1] == ";"
        return named[0] if sure or only else None
    for wanted in (2, 1):
        of_strength = [at for at, strength in places if strength == wanted]
        if of_strength:
            return _first_when_sure(text[:end], places[0][0], of_strength)
    return None


def _strength(text: str, at: int) -> int:
    """How much a place looks like the border: 3 a form word or ";", 2 a name's end, 1 any glue."""
    before, here = text[at - 1], text[at]
    if (
        before.isspace()
        or before in _JOINERS
        or not here.isalnum()
        or _EXTENSION.match(text, at - 1)
    ):
        return 0
    if before == ";" or (_FORM_WORD.match(text, at) and _may_precede_a_file(text, at)):
        return 3
    if before == "." and here.islower() and _SMALL_FORM_WORD.match(text, at):
        return 3
    if before in ".," and text[at - 2 : at - 1].isdigit():
        return 0  # "12.TC", "2025.TT": inside a code
    if here.isupper() and not before.isupper() and not before.isdigit():
        return 1 if before in ".," else 2
    if here.isdigit() and before in ")”:":
        return 2
    return int(here.isdigit() and before.islower() and _ends_a_syllable(text, at))


def _ends_a_syllable(text: str, at: int) -> bool:
    """A whole written syllable stands before `at`, and not one that a number goes with."""
    before = text[max(0, at - 9) : at]
    return bool(_SYLLABLE.search(before)) and not _COUNTED_NOUN.search(before)


def _may_precede_a_file(text: str, at: int) -> bool:
    before, here = text[at - 1], text[at]
    if here.isdigit() and (before.isdigit() or before.isupper() or before == "."):
        return before == "." and not text[at - 2 : at - 1].isdigit()
    if here.islower() and (before.isalpha() or before == "."):
        return bool(_SMALL_FORM_WORD.match(text, at))
    return here.isupper() or here.isdigit() or before in ").:”" or before.isalpha()


def _inside_a_file(text: str, places: list[int]) -> bool:
    """Whether the places behind the first one can only belong to that file's own name."""
    first, *others = places
    near = all(at - first <= _LONGEST_INSIDE for at in others)
    return not others or (near and all(text[at - 1] not in ";:”" for at in others))


def _first_when_sure(text: str, first: int, places: list[int]) -> int | None:
    """The only place, or the first of all when no space follows: then all of it is one file."""
    if len(places) == 1 and places[0] == first:
        return first
    return first if not any(char.isspace() for char in text[first:]) else None
