"""Form file names out of a paper's text, where they stand glued behind the name.

"Đơn đề nghị cấp phép;Mẫu số 18.docx" is a name and a file. Where the file's name begins can only be
told from the glue: a letter or mark that ends a name, directly followed by a capital. File names
hold such places too ("Mau01-PhulucII_36.docx"), so the first sure one counts, and only when no
other place is as good.
"""

import re
from dataclasses import dataclass

_EXTENSION = re.compile(
    r"\.(?:docx|doc|pdf|xlsx|xls|rtf|odt|zip|rar|jpg|jpeg|png|xml)(?=[^\W_]|$|\s*$)", re.IGNORECASE
)
_FORM_WORD = re.compile(
    r"mẫu|mau|phụ lục|phu luc|phuluc|pl\s?\d|đơn|don|tờ khai|to khai|tờ trình|giấy|giay|biểu|bieu"
    r"|bản|ban |tk\s?\d|tk|bm|văn bản|van ban|thông báo|thong bao|danh sách|danh sach|báo cáo",
    re.IGNORECASE,
)
_LONGEST_FILE_NAME = 255


@dataclass(frozen=True)
class NamedPaper:
    """A paper's name with its form files; `sure` is False when a file could not be cut off."""

    name: str
    files: tuple[str, ...]
    sure: bool = True


def part_files(text: str) -> NamedPaper:
    """Cuts form files off the end of a paper's text. Without certainty the text stays whole."""
    ends = [found.end() for found in _EXTENSION.finditer(text)]
    ends = _unbroken_tail(text, ends)
    if not ends:
        return NamedPaper(text, ())
    start = _file_start(text, ends[0])
    if start is None:
        return NamedPaper(text, (), sure=False)
    starts = [start, *ends[:-1]]
    files = tuple(text[a:b].strip() for a, b in zip(starts, ends, strict=True))
    return NamedPaper(text[:start].strip(), files)


def _unbroken_tail(text: str, ends: list[int]) -> list[int]:
    """The ends of the files that close the text: a file named inside prose is not a form."""
    if not ends or text[ends[-1] :].strip():
        return []
    tail = [ends[-1]]
    for end in reversed(ends[:-1]):
        if tail[0] - end > _LONGEST_FILE_NAME or text[end : end + 1].isspace():
            break
        tail.insert(0, end)
    return tail


def _file_start(text: str, end: int) -> int | None:
    """Where the file that ends at `end` begins, or None when two places are equally good."""
    places = _glued_capitals(text, max(0, end - _LONGEST_FILE_NAME), end)
    if text[:end].startswith(text[:1]) and not places:
        return None
    for rank in (_ends_a_name, _is_full_stop, _is_any_glue):
        of_rank = [at for at in places if rank(text[at - 1])]
        if of_rank:
            return _the_sure_one(text, of_rank)
    return None


def _glued_capitals(text: str, start: int, end: int) -> list[int]:
    return [
        at
        for at in range(max(start, 1), end)
        if text[at].isupper()
        and (not text[at - 1].isupper() or _FORM_WORD.match(text, at))
        and not text[at - 1].isspace()
        and text[at - 1] not in "-_–(/[“\"'&+,"
    ]


def _the_sure_one(text: str, places: list[int]) -> int | None:
    named = [at for at in places if _FORM_WORD.match(text, at)]
    if not named:
        return places[0] if len(places) == 1 else None
    return named[0] if places[0] == named[0] and _alone(text, named) else None


def _alone(text: str, named: list[int]) -> bool:
    """Later places of the same rank are inside the file's name unless they follow a closing mark."""
    return all(text[at - 1] not in ";:)”" for at in named[1:])


def _ends_a_name(char: str) -> bool:
    return char in ";:)”\n" or char.islower()


def _is_full_stop(char: str) -> bool:
    return char == "."


def _is_any_glue(char: str) -> bool:
    return char.isdigit() or char.isupper()
