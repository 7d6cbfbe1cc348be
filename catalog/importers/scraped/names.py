"""Names out of comma lists whose members hold commas themselves, and titles that are no procedure.

A list is cut only where every piece is sure: against known names, or before a word that begins an
agency's name. Otherwise the whole string stays one name and a remark says so.
"""

import re
from functools import lru_cache

from catalog.enums import Audience, GovernmentLevel, LocalRegulation
from catalog.vietnamese import clean_line, fold, nfc, says_nothing

LEVELS = {
    "Cấp bộ": GovernmentLevel.MINISTRY,
    "Cấp tỉnh": GovernmentLevel.PROVINCE,
    "Cấp huyện": GovernmentLevel.DISTRICT,
    "Cấp xã": GovernmentLevel.COMMUNE,
    "Cơ quan khác": GovernmentLevel.OTHER,
}
AUDIENCES = {
    "Công dân Việt Nam": Audience.CITIZEN,
    "Người Việt Nam định cư ở nước ngoài": Audience.OVERSEAS_VIETNAMESE,
    "Người nước ngoài": Audience.FOREIGNER,
    "Cán bộ, công chức, viên chức": Audience.OFFICIAL,
    "Doanh nghiệp": Audience.ENTERPRISE,
    "Doanh nghiệp có vốn đầu tư nước ngoài": Audience.FOREIGN_INVESTED_ENTERPRISE,
    "Tổ chức (không bao gồm doanh nghiệp, HTX)": Audience.ORGANISATION,
    "Tổ chức nước ngoài": Audience.FOREIGN_ORGANISATION,
    "Hợp tác xã": Audience.COOPERATIVE,
    "Đảng viên": Audience.PARTY_MEMBER,
    "Tổ chức Đảng": Audience.PARTY_ORGANISATION,
}
WIDER_AUDIENCES = {
    "Doanh nghiệp Việt Nam": Audience.ENTERPRISE,
    "Người nước ngoài cư trú tại Việt Nam": Audience.FOREIGNER,
}
LOCAL_REGULATIONS = {
    "TTHC không được luật giao cho địa phương quy định": LocalRegulation.NOT_ASSIGNED,
    "TTHC được giao luật quy định chi tiết": LocalRegulation.ASSIGNED,
    "TTHC được luật giao quy định chi tiết": LocalRegulation.ASSIGNED,
    "Loại khác": LocalRegulation.OTHER,
}
_AGENCY_START = re.compile(
    r", (?=(?:Bộ|Cục|Tổng cục|Chi cục|Sở|Ủy ban|Uỷ ban|UBND|Công an|Chủ tịch|Thủ tướng|Văn phòng"
    r"|Phòng|Trung tâm|Ngân hàng|Cảng vụ|Thuế|Bảo hiểm|Kho bạc|Tòa án|Toà án|Viện|Vụ|Ban|Hội đồng"
    r"|Cơ quan|Cơ sở|Chi nhánh|Chi Cục|Bộ phận|Đơn vị|Thanh tra|Hải quan|Quỹ|Tổ chức|Tổng|Trường"
    r"|Đại sứ quán|Công đoàn|Biên phòng|Khu)\b)"
)
_COMMA_BEFORE_CAPITAL = re.compile(r", (?=[^\W\d_])")
_DECISION_TITLE = re.compile(
    r"(?:(?:quyet dinh|(?:ve )?viec|v/v) )*(?:cong bo|phe duyet) .{0,40}?"
    r"(?:danh muc|quy trinh noi bo|bo thu tuc|thu tuc hanh chinh|tthc)"
)
_OF_PROCEDURES = re.compile(
    r"quy trinh noi bo|(?:danh muc|cong bo|bo) (?:cac )?(?:thu tuc hanh chinh|tthc)"
)


def is_decision_title(name: str) -> bool:
    """Whether a name is a decision's title: "Công bố Danh mục và Quy trình nội bộ thủ tục …"."""
    words = fold(clean_line(name))[:400]
    begins = _DECISION_TITLE.match(words)
    return bool(begins and _OF_PROCEDURES.search(words))


def split_known(text: str, known: frozenset[str]) -> tuple[str, ...] | None:
    """The members of a comma list, all known; None when there is no cut or more than one."""
    line = clean_line(text)
    pieces = line.split(", ")
    if len(pieces) > 60:
        return None
    names = _folded(known)
    ways: list[list[tuple[str, ...]]] = [[] for _ in range(len(pieces) + 1)]
    ways[0].append(())
    for end in range(1, len(pieces) + 1):
        for start in range(max(0, end - 8), end):
            name = names.get(fold(", ".join(pieces[start:end])))
            if name is not None:
                ways[end] += [(*way, name) for way in ways[start]][:2]
    return ways[-1][0] if len(ways[-1]) == 1 else None


@lru_cache(maxsize=16)
def _folded(known: frozenset[str]) -> dict[str, str]:
    return {fold(nfc(name)): nfc(name) for name in known}


def field_names(text: str, known: frozenset[str]) -> tuple[tuple[str, ...] | None, str]:
    """Field names of a record and a doubt; without certainty the whole string is one name."""
    line = clean_line(text)
    if says_nothing(line):
        return None, ""
    if line in known or "," not in line:
        return (line,), ""
    told = split_known(line, known)
    if told:
        return told, ""
    return (
        line,
    ), "Tên lĩnh vực có dấu phẩy: giữ nguyên làm một tên, cần kiểm tra có phải nhiều lĩnh vực."


def agency_names(text: str) -> tuple[tuple[str, ...], str]:
    """Agency names of a record as written, and a doubt where a comma may part two of them."""
    line = clean_line(text)
    if says_nothing(line):
        return (), ""
    names = tuple(_AGENCY_START.split(line))
    for name in names:
        for comma in _COMMA_BEFORE_CAPITAL.finditer(name):
            if name[comma.end()].isupper():
                return names, f"Không rõ “{name}” là một hay nhiều cơ quan."
    return names, ""


def government_levels(text: str) -> tuple[tuple[str, ...] | None, str]:
    """Values of GovernmentLevel, and a doubt naming what is not one."""
    return _chosen(text, LEVELS)


def audiences(text: str) -> tuple[tuple[str, ...] | None, str]:
    """Values of Audience, and a doubt; a narrower group is filed under the wider one and named."""
    values, doubt = _chosen(text, AUDIENCES | WIDER_AUDIENCES)
    narrower = [name for name in WIDER_AUDIENCES if values and _has_member(text, name)]
    if narrower and not doubt:
        doubt = f"“{'”, “'.join(narrower)}” được ghi vào nhóm rộng hơn của danh mục đối tượng."
    return values, doubt


def local_regulation(text: str) -> tuple[LocalRegulation | None, str]:
    line = clean_line(text)
    if says_nothing(line):
        return None, ""
    if line in LOCAL_REGULATIONS:
        return LOCAL_REGULATIONS[line], ""
    return LocalRegulation.UNKNOWN, f"Loại thủ tục “{line[:80]}” không có trong danh mục."


def _chosen(
    text: str, words: dict[str, GovernmentLevel] | dict[str, Audience]
) -> tuple[tuple[str, ...] | None, str]:
    line = clean_line(text)
    if says_nothing(line):
        return None, ""
    told = split_known(line, frozenset(words))
    if told is None:
        return None, f"“{line[:120]}” có giá trị ngoài danh mục nên không được ghi nhận."
    values: dict[str, str] = {name: value.value for name, value in words.items()}
    return tuple(dict.fromkeys(values[name] for name in told)), ""


def _has_member(text: str, name: str) -> bool:
    return name in clean_line(text).split(", ")
