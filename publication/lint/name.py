"""Names that a copy has cut short or broken apart."""

import re
from collections.abc import Iterator

from catalog.vietnamese import clean_line
from publication.lint.subject import Knowledge, Remark, Subject

_FIELD = "Tên thủ tục"
# A name goes on after these. Words that also end names ("nước ngoài", "hàng không") are left out.
_GOES_ON = re.compile(
    r"và|hoặc|hay|của|cho|với|cùng|từ|đến|tại|về|theo|trong|bởi|do|để|nhằm|khi|nếu|là|các|những"
    r"|một|bằng|gồm|vào",
    re.IGNORECASE,
)
_PAIRS = (("(", ")", "ngoặc đơn"), ("[", "]", "ngoặc vuông"), ("“", "”", "ngoặc kép"))
_CONSONANT = "bcdđghklmnpqrstvx"
_VOWEL = "aăâeêioôơuưyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
# A letter that names a point or a class ("điểm c", "a, b và c") is a word of its own.
_LETTER_NAMED = "".join(
    rf"(?<!\b{word} )" for word in ("và", "hoặc", "điểm", "loại", "nhóm", "hạng", "mẫu", "mục")
)
_APART = re.compile(rf"(?<![,;] ){_LETTER_NAMED}(?<!\w)[{_CONSONANT}] [{_VOWEL}]\w*")


def remarks(subject: Subject, known: Knowledge) -> Iterator[Remark]:
    for message in faults(subject.name):
        yield Remark(_FIELD, message)
    official = clean_line(known.national_name)
    if official and clean_line(subject.name).casefold() != official.casefold():
        yield Remark(_FIELD, f"khác tên trong cơ sở dữ liệu quốc gia: “{official}”.")


def faults(name: str) -> Iterator[str]:
    """What looks broken in a name, in words."""
    words = name.split()
    if not words:
        return
    last = words[-1].rstrip(".")
    if _GOES_ON.fullmatch(last):
        yield f"có thể bị cắt, kết thúc bằng chữ “{last}”: ghi đủ tên như trong quyết định."
    if name.rstrip()[-1] in ",;:-–/(":
        yield f"có thể bị cắt, kết thúc bằng dấu “{name.rstrip()[-1]}”: ghi đủ tên."
    for opening, closing, words_of in _PAIRS:
        if name.count(opening) != name.count(closing):
            yield f"thiếu một dấu {words_of}: ghi đủ tên hoặc bỏ dấu thừa."
    if apart := _APART.search(name):
        yield f"chữ bị tách rời “{apart[0]}”: nối lại."
    if "  " in name:
        yield "có hai dấu cách liền nhau: bỏ bớt một."
