"""A register text as the upper-case national package (national_package.py reads it back).

The package has no place for some of what the register knows; `lost_in_national_package` names
that, so that nothing is dropped in silence.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from catalog.content import (
    Content,
    Fee,
    FeeState,
    FilingMethod,
    FormReference,
    Paper,
    Presence,
    Step,
    TimeOption,
    TimeUnit,
)
from catalog.enums import GovernmentLevel, LocalRegulation, RecordSource
from catalog.importers.national_package import CHANNELS, REGULATIONS, ROLES, code_key, name_key
from catalog.importers.parsed import Remark
from catalog.models import NationalRecord, Procedure

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
_KENH: Final = {channel: number for number, channel in CHANNELS.items()}
_LOAI: Final = {regulation: number for number, regulation in REGULATIONS.items()}
_NONE: Final = "Không"


def to_national_package(procedure: Procedure) -> dict[str, Any]:
    """The package of one procedure. Read it with `for_announcing()` and prefetch its records."""
    content = procedure.document
    package: dict[str, Any] = {code_key(): procedure.code, name_key(): procedure.name}
    if loai := _LOAI.get(LocalRegulation(procedure.local_regulation)):
        package["LOAITTHC"] = loai
    package |= {
        "CAPTHUCHIEN": [{"TENCAP": _LEVELS[GovernmentLevel(level)]} for level in procedure.levels],
        "LINHVUCTHUCHIEN": [
            {"TENLINHVUC": row.name} for row in (procedure.field, *procedure.further_fields.all())
        ],
        "TRINHTUTHUCHIEN": [
            {
                "TRUONGHOP": case.case,
                "TRINHTU": [{"TENTRINHTU": _step(step)} for step in case.steps],
            }
            for case in content.steps
        ],
        "CACHTHUCTHUCHIEN": [_method(method) for method in content.filing_methods],
        "THANHPHANHOSO": [
            {"TRUONGHOP": case.case, "GIAYTO": list(_papers(case.papers))}
            for case in content.paper_cases
        ],
        "DOITUONGTHUCHIEN": [{"TENDOITUONG": label} for label in procedure.audience_labels],
    }
    package |= _agencies(procedure)
    return package | _texts(content) | {"quyetDinhCongBo": _decision(procedure)}


def lost_in_national_package(procedure: Procedure) -> tuple[Remark, ...]:
    """What the register knows of a procedure and the package cannot say."""
    return tuple(_losses(procedure.document))


def _losses(content: Content) -> Iterator[Remark]:
    options = [option for method in content.filing_methods for option in method.options]
    papers = [paper for case in content.paper_cases for paper in case.papers]
    checks: Iterable[tuple[bool, str, str]] = (
        (any(o.local for o in options), "filing_methods", "thời hạn của tỉnh"),
        (any(o.label for o in options), "filing_methods", "tên trường hợp của thời hạn"),
        (any(f.basis for o in options for f in o.fees), "fees", "căn cứ của mức thu"),
        (
            any(f.valid_from or f.valid_to for o in options for f in o.fees),
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
    for lost, part, words in checks:
        if lost:
            yield Remark(part, f"Gói dữ liệu quốc gia không có chỗ cho {words}.")


def _step(step: Step) -> str:
    return "\n".join(filter(None, [step.title, step.text]))


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


def _papers(papers: Iterable[Paper]) -> Iterator[dict[str, Any]]:
    for paper in papers:
        for form in paper.forms or (None,):
            yield _paper(paper, form)


def _paper(paper: Paper, form: FormReference | None) -> dict[str, Any]:
    return {
        "TENGIAYTO": paper.name,
        "TENMAUDON": form.name if form else "",
        "URL": form.url if form else "",
        "SOBANCHINH": "" if paper.originals is None else str(paper.originals),
        "SOBANSAO": "" if paper.copies is None else str(paper.copies),
    }


def _agencies(procedure: Procedure) -> dict[str, Any]:
    rows = list(procedure.roles.all())
    return {
        key: [
            {"TENDONVI": row.name_as_written or row.agency.name} for row in rows if row.role == role
        ]
        for role, key in ROLES.items()
    }


def _texts(content: Content) -> dict[str, Any]:
    results = content.results
    declared = results.presence is Presence.DECLARED_NONE
    names = [_NONE] if declared else [item.name for item in results.items]
    nothing = content.conditions.presence is Presence.DECLARED_NONE
    return {
        "DIACHITIEPNHAN": content.reception_address,
        "KETQUATHUCHIEN": [{"TENKETQUA": name} for name in names],
        "CANCUPHAPLY": [
            {"SOVANBAN": basis.number, "TENVANBAN": basis.title} for basis in content.legal_bases
        ],
        "YEUCAU": _NONE if nothing else content.conditions.text,
        "TUKHOA": "; ".join(content.keywords),
        "MOTA": content.summary,
    }


def _decision(procedure: Procedure) -> dict[str, Any]:
    """The ministry decision as the newest record names it; a package's own words unchanged."""
    records = [record for record in procedure.national_records.all() if record.latest]
    for record in records:
        if record.source == RecordSource.NATIONAL_PACKAGE:
            return dict(record.raw.get("quyetDinhCongBo") or {})
    return {"SOQUYETDINH": _number(records), "NGAYQUYETDINH": "", "TRICHYEU": ""}


def _number(records: list[NationalRecord]) -> str:
    return next((record.decision_number for record in records if record.decision_number), "")
