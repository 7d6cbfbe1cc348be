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
# The ministries that have existed since 2007, so that "Bộ phận Một cửa" or "Bộ Tư lệnh" is none,
# and the mark that each puts into its decision numbers ("163/QĐ-BTP").
_MINISTRIES: Final = {
    "bo cong an": "BCA",
    "bo cong thuong": "BCT",
    "bo dan toc va ton giao": "BDTTG",
    "bo giao duc va dao tao": "BGDĐT",
    "bo giao thong van tai": "BGTVT",
    "bo ke hoach va dau tu": "BKHĐT",
    "bo khoa hoc va cong nghe": "BKHCN",
    "bo lao dong thuong binh va xa hoi": "BLĐTBXH",
    "bo ngoai giao": "BNG",
    "bo noi vu": "BNV",
    "bo nong nghiep va moi truong": "BNNMT",
    "bo nong nghiep va phat trien nong thon": "BNN",
    "bo quoc phong": "BQP",
    "bo tai chinh": "BTC",
    "bo tai nguyen va moi truong": "BTNMT",
    "bo thong tin va truyen thong": "BTTTT",
    "bo tu phap": "BTP",
    "bo van hoa the thao va du lich": "BVHTTDL",
    "bo xay dung": "BXD",
    "bo y te": "BYT",
    "ngan hang nha nuoc viet nam": "NHNN",
    "thanh tra chinh phu": "TTCP",
    "uy ban dan toc": "UBDT",
    "van phong chinh phu": "VPCP",
}
_NO_WORD: Final = re.compile(r"[\s,–-]+")
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
    if ministry_mark(name):
        return AgencyKind.MINISTRY, GovernmentLevel.MINISTRY
    folded = fold(clean_line(name))
    if "," in folded and not _COMMA_IN_NAME.match(folded):
        return AgencyKind.OTHER, GovernmentLevel.OTHER  # perhaps several agencies
    for beginning, kind, level in _KINDS:
        if re.match(beginning, folded):
            return kind, level
    return AgencyKind.OTHER, GovernmentLevel.OTHER


def ministry_mark(name: str) -> str:
    """The short name that a ministry has in its decision numbers; "" for what is no ministry."""
    return _MINISTRIES.get(_NO_WORD.sub(" ", fold(clean_line(name))), "")


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
