"""Agency names as national sources write them: lists taken apart, kind and level told. Pure."""

import re
from typing import Final

from catalog.enums import AgencyKind, GovernmentLevel
from catalog.importers.wording import listed
from catalog.vietnamese import clean_line, fold

_KINDS: Final[tuple[tuple[str, AgencyKind, GovernmentLevel], ...]] = (
    (r"(?:uy ban nhan dan|ubnd) cap xa$", AgencyKind.COMMUNE, GovernmentLevel.COMMUNE),
    (
        r"(?:uy ban nhan dan|ubnd) (?:xa|phuong|thi tran|dac khu)\b",
        AgencyKind.COMMUNE,
        GovernmentLevel.COMMUNE,
    ),
    (
        r"(?:uy ban nhan dan|ubnd) (?:cap huyen$|huyen\b|quan\b|thi xa\b)",
        AgencyKind.DISTRICT,
        GovernmentLevel.DISTRICT,
    ),
    (
        r"(?:uy ban nhan dan|ubnd) (?:cap tinh$|tinh\b)",
        AgencyKind.PROVINCE,
        GovernmentLevel.PROVINCE,
    ),
    (
        r"trung tam phuc vu hanh chinh cong\b",
        AgencyKind.SERVICE_CENTRE,
        GovernmentLevel.PROVINCE,
    ),
    (r"so (?!giao dich\b)[a-z]", AgencyKind.DEPARTMENT, GovernmentLevel.PROVINCE),
    (r"(?:tong cuc|van phong chinh phu$)\b", AgencyKind.CENTRAL_UNIT, GovernmentLevel.MINISTRY),
)
# The ministries that have existed since 2007, so that "Bộ phận Một cửa" or "Bộ Tư lệnh" is none.
_MINISTRY: Final = re.compile(
    r"bo (?:cong an|cong thuong|dan toc va ton giao|giao duc va dao tao|giao thong van tai"
    r"|ke hoach va dau tu|khoa hoc va cong nghe|lao dong,? ?(?:-|–)? ?thuong binh va xa hoi"
    r"|ngoai giao|noi vu|nong nghiep va (?:moi truong|phat trien nong thon)|quoc phong"
    r"|tai chinh|tai nguyen va moi truong|thong tin va truyen thong|tu phap"
    r"|van hoa,? the thao va du lich|xay dung|y te)$"
    r"|ngan hang nha nuoc viet nam$|thanh tra chinh phu$|uy ban dan toc$|van phong chinh phu$"
)
_COMMA_IN_NAME: Final = re.compile(
    r"so (?:van hoa, the thao|lao dong, thuong binh)[^,]*$|uy ban nhan dan xa, phuong, thi tran\.?$"
)
# A comma divides two agencies only where a new agency's own first words follow it.
_BEGINNINGS: Final = (
    "sở|bộ (?:phận|chỉ huy|tư lệnh|tổng|công|quốc|tài|tư|xây|y|nội|ngoại|nông|giáo|văn|khoa)"
    "|ủy ban|uỷ ban|ubnd|hội đồng|cục|chi cục|tổng cục|vụ|phòng|đội|ban|trung tâm|viện|công an"
    "|chủ tịch|văn phòng|tòa án|toà án|kho bạc|ngân hàng|cảng vụ|trạm|thanh tra|hải quan|thuế"
    "|biên phòng|bảo hiểm xã hội|cơ quan|tổ chức|doanh nghiệp|trường|bệnh viện|tập đoàn|quỹ"
)
_DIVIDING_COMMA: Final = re.compile(rf"\s*,\s*(?=(?:{_BEGINNINGS})\b)", re.IGNORECASE)


def kind_and_level(name: str) -> tuple[AgencyKind, GovernmentLevel]:
    """What an agency's first words say for sure; OTHER where they do not."""
    folded = fold(clean_line(name))
    if _MINISTRY.match(folded):
        return AgencyKind.MINISTRY, GovernmentLevel.MINISTRY
    if "," in folded and not _COMMA_IN_NAME.match(folded):
        return AgencyKind.OTHER, GovernmentLevel.OTHER  # perhaps several agencies
    for beginning, kind, level in _KINDS:
        if re.match(beginning, folded):
            return kind, level
    return AgencyKind.OTHER, GovernmentLevel.OTHER


def listed_agencies(text: str) -> tuple[str, ...]:
    """Agencies of a cell: one a line or divided by semicolons; each once, in order."""
    return listed(text)


def comma_listed_agencies(text: str) -> tuple[str, ...]:
    """Agencies of a comma list. A comma inside a name ("Sở Văn hóa, Thể thao …") divides nothing.

    Only a comma before a capital letter and an agency's usual first words divides; everything
    else stays whole, for a name made up by cutting would be worse than a long one.
    """
    names: list[str] = []
    for line in listed(text):
        start = 0
        for comma in _DIVIDING_COMMA.finditer(line):
            if line[comma.end()].isupper():
                names.append(line[start : comma.start()])
                start = comma.end()
        names.append(line[start:])
    return tuple(dict.fromkeys(filter(None, map(clean_line, names))))
