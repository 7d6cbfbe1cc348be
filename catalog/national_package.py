"""The upper-case data package of the national database: its words, and how a text is written in it.

Both ends of it: the register writes what it holds, the public side what was announced. KENH: 1
direct, 2 online, 3 postal. LOAITTHC: 1 not assigned to the province, 2 assigned, 3 other.
importers/national_package.py reads it back. The package has no place for some of what a text
says; `lost_in_package` names that, so that nothing is dropped in silence.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from catalog.content import (
    Channel,
    Content,
    Fee,
    FeeKind,
    FeeState,
    FilingMethod,
    FormReference,
    Paper,
    Presence,
    Step,
    TimeOption,
    TimeUnit,
)
from catalog.enums import AgencyRole, Audience, GovernmentLevel, LocalRegulation
from catalog.vietnamese import says_nothing

CHANNELS: Final = {"1": Channel.DIRECT, "2": Channel.ONLINE, "3": Channel.POSTAL}
REGULATIONS: Final = {
    "1": LocalRegulation.NOT_ASSIGNED,
    "2": LocalRegulation.ASSIGNED,
    "3": LocalRegulation.OTHER,
}
ROLES: Final = {
    AgencyRole.HANDLING: "COQUANTHUCHIEN",
    AgencyRole.COMPETENT: "COQUANCOTHAMQUYEN",
    AgencyRole.AUTHORISED: "COQUANDUOCUYQUYEN",
    AgencyRole.COORDINATING: "COQUANPHOIHOP",
}
_UNITS: Final = {
    TimeUnit.HOUR: "Giờ",
    TimeUnit.DAY: "Ngày",
    TimeUnit.WORKING_DAY: "Ngày làm việc",
    TimeUnit.MONTH: "Tháng",
    TimeUnit.YEAR: "Năm",
}
_LEVELS: Final = {
    GovernmentLevel.MINISTRY: "Cấp Bộ",
    GovernmentLevel.PROVINCE: "Cấp Tỉnh",
    GovernmentLevel.DISTRICT: "Cấp Huyện",
    GovernmentLevel.COMMUNE: "Cấp Xã",
    GovernmentLevel.OTHER: "Cơ quan khác",
}
# As the national database writes them; the names that staff read may be translated.
_AUDIENCES: Final = {
    Audience.CITIZEN: "Công dân Việt Nam",
    Audience.OVERSEAS_VIETNAMESE: "Người Việt Nam định cư ở nước ngoài",
    Audience.FOREIGNER: "Người nước ngoài",
    Audience.OFFICIAL: "Cán bộ, công chức, viên chức",
    Audience.ENTERPRISE: "Doanh nghiệp",
    Audience.FOREIGN_INVESTED_ENTERPRISE: "Doanh nghiệp có vốn đầu tư nước ngoài",
    Audience.ORGANISATION: "Tổ chức (không bao gồm doanh nghiệp, HTX)",
    Audience.FOREIGN_ORGANISATION: "Tổ chức nước ngoài",
    Audience.COOPERATIVE: "Hợp tác xã",
    Audience.PARTY_MEMBER: "Đảng viên",
    Audience.PARTY_ORGANISATION: "Tổ chức Đảng",
}
_KENH: Final = {channel: number for number, channel in CHANNELS.items()}
_LOAI: Final = {regulation: number for number, regulation in REGULATIONS.items()}
_NONE: Final = "Không"
_Row = dict[str, str]


@dataclass(frozen=True)
class PackageKeys:
    """The two leading keys, whose names were never seen in public material: settings."""

    code: str = "MATTHC"
    name: str = "TENTTHC"


@dataclass(frozen=True)
class PackageFacts:
    """What a package says of a procedure; agencies by role, the decision in the package's keys."""

    code: str
    name: str
    content: Content
    local_regulation: str = ""
    levels: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    agencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    decision: Mapping[str, Any] = field(default_factory=dict)


def package_of(facts: PackageFacts, *, keys: PackageKeys) -> dict[str, Any]:
    content = facts.content
    package: dict[str, Any] = {keys.code: facts.code, keys.name: facts.name}
    if facts.local_regulation in _LOAI:
        package["LOAITTHC"] = _LOAI[LocalRegulation(facts.local_regulation)]
    return package | {
        "CAPTHUCHIEN": [{"TENCAP": _LEVELS[GovernmentLevel(it)]} for it in facts.levels],
        "LINHVUCTHUCHIEN": [{"TENLINHVUC": name} for name in facts.fields],
        "TRINHTUTHUCHIEN": list(_cases("TRINHTU", _step_cases(content))),
        "CACHTHUCTHUCHIEN": [_method(method) for method in content.filing_methods],
        "THANHPHANHOSO": list(
            _cases("GIAYTO", ((it.case, list(_papers(it.papers))) for it in content.paper_cases))
        ),
        "DOITUONGTHUCHIEN": [{"TENDOITUONG": _AUDIENCES[Audience(it)]} for it in facts.audiences],
        **{
            key: [{"TENDONVI": name} for name in facts.agencies.get(role, ())]
            for role, key in ROLES.items()
        },
        **_texts(content),
        "quyetDinhCongBo": dict(facts.decision),
    }


def lost_in_package(content: Content) -> Iterator[tuple[str, str]]:
    """What a package cannot say of a text: (part, what is lost, in Vietnamese)."""
    options = [option for method in content.filing_methods for option in method.options]
    fees = [fee for option in options for fee in option.fees]
    papers = [paper for case in content.paper_cases for paper in case.papers]
    checks: Iterable[tuple[bool, str, str]] = (
        (any(o.local for o in options), "filing_methods", "thời hạn của tỉnh"),
        (any(o.label for o in options), "filing_methods", "tên trường hợp của thời hạn"),
        (
            any(fee.kind is not FeeKind.UNSPECIFIED for fee in fees),
            "fees",
            "việc khoản thu là phí hay lệ phí",
        ),
        (any(fee.basis for fee in fees), "fees", "căn cứ của mức thu"),
        (
            any(fee.valid_from or fee.valid_to for fee in fees),
            "fees",
            "thời gian áp dụng mức thu",
        ),
        (any(form.sha256 for p in papers for form in p.forms), "forms", "mã băm của mẫu"),
        (content.forms is Presence.DECLARED_NONE, "forms", "việc không có mẫu đơn"),
        (content.dossier_sets is not None, "papers", "số bộ hồ sơ"),
        (any(item.code for item in content.results.items), "results", "mã kết quả"),
        (
            any(basis.issued_on or basis.issuer for basis in content.legal_bases),
            "legal_bases",
            "ngày và cơ quan ban hành văn bản",
        ),
        (bool(content.as_written), "as_written", "phần chỉ có nguyên văn của nguồn"),
    )
    yield from ((part, words) for lost, part, words in checks if lost)


def _cases(key: str, cases: Iterable[tuple[str, list[_Row]]]) -> Iterator[dict[str, Any]]:
    """Rows by case; a case without any is left out, as rows without a word are."""
    yield from ({"TRUONGHOP": _said(case), key: rows} for case, rows in cases if rows)


def _said(text: str) -> str:
    return "" if says_nothing(text) else text


def _step_cases(content: Content) -> Iterator[tuple[str, list[_Row]]]:
    for case in content.steps:
        yield case.case, [{"TENTRINHTU": text} for it in case.steps if (text := _step(it))]


def _step(step: Step) -> str:
    return _said("\n".join(filter(None, [step.title, step.text])))


def _method(method: FilingMethod) -> dict[str, Any]:
    return {"KENH": _KENH[method.channel], "THOIGIAN": [_time(o) for o in method.options]}


def _time(option: TimeOption) -> dict[str, Any]:
    time = option.statutory
    return {
        "THOIGIANGIAIQUYET": format(time.amount.normalize(), "f") if time else "",
        "DONVITINH": _UNITS[time.unit] if time else "",
        "MOTA": "\n".join(filter(None, [option.label, option.note])),
        "PHILEPHI": [_fee(fee) for fee in option.fees],
    }


def _fee(fee: Fee) -> dict[str, Any]:
    if fee.state is FeeState.AMOUNT and fee.amount is not None:
        unit = "Đồng" if fee.currency == "VND" else fee.currency
        return {
            "MOTA": fee.note,
            "SOTIEN": format(fee.amount.normalize(), "f"),
            "DONVI": unit,
        }
    if fee.state is FeeState.FREE:
        return {"MOTA": fee.note, "SOTIEN": "0", "DONVI": "Đồng"}
    if fee.state is FeeState.NOT_REGULATED:
        return {"MOTA": fee.note, "SOTIEN": "Chưa quy định", "DONVI": ""}
    return {"MOTA": fee.note, "SOTIEN": "", "DONVI": ""}


def _papers(papers: Iterable[Paper]) -> Iterator[_Row]:
    for paper in papers:
        for form in paper.forms or (None,):
            if form or _said(paper.name):
                yield _paper(paper, form)


def _paper(paper: Paper, form: FormReference | None) -> _Row:
    return {
        "TENGIAYTO": _said(paper.name),
        "TENMAUDON": form.name if form else "",
        "URL": form.url if form else "",
        "SOBANCHINH": "" if paper.originals is None else str(paper.originals),
        "SOBANSAO": "" if paper.copies is None else str(paper.copies),
    }


def _texts(content: Content) -> dict[str, Any]:
    results = content.results
    declared = results.presence is Presence.DECLARED_NONE
    names = [_NONE] if declared else list(filter(_said, (item.name for item in results.items)))
    nothing = content.conditions.presence is Presence.DECLARED_NONE
    return {
        "DIACHITIEPNHAN": content.reception_address,
        "KETQUATHUCHIEN": [{"TENKETQUA": name} for name in names],
        "CANCUPHAPLY": [
            {"SOVANBAN": number, "TENVANBAN": title}
            # Two that differ in what a package cannot say are one in it.
            for number, title in dict.fromkeys((it.number, it.title) for it in content.legal_bases)
        ],
        "YEUCAU": _NONE if nothing else content.conditions.text,
        "TUKHOA": "; ".join(_keywords(content)),
        "MOTA": content.summary,
    }


def _keywords(content: Content) -> Iterator[str]:
    """Signs that divide keywords in a package divide them here, or another reader would."""
    for keyword in content.keywords:
        yield from filter(None, map(str.strip, re.split(r"[;,]", keyword)))
