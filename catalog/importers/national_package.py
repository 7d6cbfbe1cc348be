"""The upper-case data package that the national database sends to a province, read. Pure.

The names of the two leading keys were never seen in public material; they are settings
(PORTAL_PACKAGE_CODE_KEY, PORTAL_PACKAGE_NAME_KEY), by default MATTHC and TENTTHC.
catalog/national_package.py writes what this reads.
"""

from typing import Any

from django.conf import settings

from catalog.content import (
    Content,
    Duration,
    Fee,
    FeeKind,
    FeeState,
    FilingMethod,
    FormReference,
    LegalBasis,
    Paper,
    PaperCase,
    Part,
    Presence,
    Step,
    StepCase,
    TimeOption,
)
from catalog.importers.cells import part_of, rows_of, text_of
from catalog.importers.content_parts import (
    conditions_of,
    legal_basis_of,
    recovery_of,
    results_of,
)
from catalog.importers.fees import CURRENCIES, amount, fee_of
from catalog.importers.parsed import ParsedProcedure, RecordRefused, Recovery, Remark
from catalog.importers.wording import (
    audiences,
    decision_number_of,
    duration,
    levels,
    listed,
    stated,
    time_unit,
)
from catalog.national_package import CHANNELS, REGULATIONS, ROLES, PackageKeys
from catalog.vietnamese import clean_line, fold


def package_keys() -> PackageKeys:
    return PackageKeys(
        code=str(settings.PORTAL_PACKAGE_CODE_KEY), name=str(settings.PORTAL_PACKAGE_NAME_KEY)
    )


def is_national_package(raw: dict[str, Any]) -> bool:
    return package_keys().code in raw and bool({"TRINHTUTHUCHIEN", "CACHTHUCTHUCHIEN"} & raw.keys())


def code_of(raw: dict[str, Any]) -> str:
    return text_of(raw, package_keys().code)


def fields_text_of(raw: dict[str, Any]) -> str:
    names = [text_of(row, "TENLINHVUC") for row in rows_of(raw, "LINHVUCTHUCHIEN")]
    return names[0] if len(names) == 1 else ""


def parse_national_package(
    raw: dict[str, Any],
    *,
    known_fields: frozenset[str] = frozenset(),  # noqa: ARG001  fields are rows here
) -> ParsedProcedure:
    """One package. Raises RecordRefused when a value has the wrong shape."""
    remarks: list[Remark] = []
    recovery: dict[Part, Recovery] = {}
    content = _content(raw, recovery, remarks)
    number, is_number = decision_number_of(text_of(part_of(raw, "quyetDinhCongBo"), "SOQUYETDINH"))
    if not is_number:
        remarks.append(Remark("SOQUYETDINH", f"“{number[:60]}” không phải số quyết định."))
    found_levels, strange = levels(", ".join(_names(raw, "CAPTHUCHIEN", "TENCAP")))
    found_audiences, rest = audiences(", ".join(_names(raw, "DOITUONGTHUCHIEN", "TENDOITUONG")))
    if strange:
        remarks.append(Remark("CAPTHUCHIEN", f"Không rõ cấp thực hiện “{strange}”."))
    if rest:
        remarks.append(Remark("DOITUONGTHUCHIEN", f"Không rõ đối tượng “{rest[:80]}”."))
    return ParsedProcedure(
        code=code_of(raw),
        name=clean_line(text_of(raw, package_keys().name)),
        content=content,
        raw=raw,
        decision_number=number,
        field_names=_names(raw, "LINHVUCTHUCHIEN", "TENLINHVUC") or None,
        levels=found_levels or None,
        audiences=found_audiences or None,
        local_regulation=REGULATIONS.get(clean_line(text_of(raw, "LOAITTHC"))),
        agencies={
            role: names for role, key in ROLES.items() if (names := _names(raw, key, "TENDONVI"))
        },
        recovery=recovery,
        remarks=tuple(remarks),
    )


def _names(raw: dict[str, Any], key: str, column: str) -> tuple[str, ...]:
    names = (clean_line(stated(text_of(row, column))) for row in rows_of(raw, key))
    return tuple(dict.fromkeys(name for name in names if name))


def _content(raw: dict[str, Any], recovery: dict[Part, Recovery], remarks: list[Remark]) -> Content:
    steps = _steps(raw)
    methods = _filing_methods(raw, recovery, remarks)
    cases = _paper_cases(raw)
    named = any(paper.forms for case in cases for paper in case.papers)
    results = results_of(
        [(text_of(row, "TENKETQUA"), "") for row in rows_of(raw, "KETQUATHUCHIEN")]
    )
    conditions = conditions_of(text_of(raw, "YEUCAU"))
    bases = _legal_bases(raw)
    recovery |= {
        Part.STEPS: recovery_of(rows=len(steps), lost=0),
        Part.PAPERS: recovery_of(rows=len(cases), lost=0),
        Part.FORMS: recovery_of(rows=int(named), lost=0),
        Part.RESULTS: recovery_of(rows=int(results.presence is not Presence.UNKNOWN), lost=0),
        Part.CONDITIONS: recovery_of(rows=int(conditions.presence is not Presence.UNKNOWN), lost=0),
        Part.LEGAL_BASES: recovery_of(rows=len(bases), lost=0),
    }
    return Content(
        summary=stated(text_of(raw, "MOTA")),
        keywords=listed(text_of(raw, "TUKHOA").replace(",", ";")),
        steps=steps,
        filing_methods=methods,
        reception_address=stated(text_of(raw, "DIACHITIEPNHAN")),
        paper_cases=cases,
        forms=Presence.HAS if named else Presence.UNKNOWN,
        results=results,
        conditions=conditions,
        legal_bases=bases,
    )


def _steps(raw: dict[str, Any]) -> tuple[StepCase, ...]:
    cases = []
    for row in rows_of(raw, "TRINHTUTHUCHIEN"):
        texts = [stated(text_of(step, "TENTRINHTU")) for step in rows_of(row, "TRINHTU")]
        steps = tuple(Step(text=text) for text in texts if text)
        if steps:
            cases.append(StepCase(case=stated(text_of(row, "TRUONGHOP")), steps=steps))
    return tuple(cases)


def _filing_methods(
    raw: dict[str, Any], recovery: dict[Part, Recovery], remarks: list[Remark]
) -> tuple[FilingMethod, ...]:
    methods: list[FilingMethod] = []
    for row in rows_of(raw, "CACHTHUCTHUCHIEN"):
        channel = CHANNELS.get(clean_line(text_of(row, "KENH")))
        if channel is None:
            raise RecordRefused("KENH", f"không rõ kênh nộp “{text_of(row, 'KENH')[:40]}”.")
        options = tuple(_time_option(time) for time in rows_of(row, "THOIGIAN"))
        methods.append(FilingMethod(channel=channel, options=options))
    options = tuple(option for method in methods for option in method.options)
    fees = [fee for option in options for fee in option.fees]
    unknown = sum(fee.state is FeeState.UNKNOWN for fee in fees)
    timed = sum(bool(option.statutory) for option in options)
    untold = sum(bool(option.note) and not option.statutory for option in options)
    recovery |= {
        Part.FILING_METHODS: recovery_of(rows=len(methods), lost=0),
        Part.PROCESSING_TIME: recovery_of(rows=timed, lost=untold),
        Part.FEES: recovery_of(rows=len(fees) - unknown, lost=unknown),
    }
    if unknown:
        remarks.append(Remark("PHILEPHI", "Có mức thu không rõ; nhập mức thu bằng tay."))
    return tuple(methods)


def _time_option(row: dict[str, Any]) -> TimeOption:
    value, unit = text_of(row, "THOIGIANGIAIQUYET"), text_of(row, "DONVITINH")
    found = duration(f"{value} {unit}") if time_unit(unit) else None
    words = "" if found else stated(f"{value} {unit}".strip())
    note = "\n".join(dict.fromkeys(filter(None, [words, stated(text_of(row, "MOTA"))])))
    return TimeOption(
        statutory=Duration(amount=found.amount, unit=found.unit) if found else None,
        fees=tuple(_fee(fee) for fee in rows_of(row, "PHILEPHI")),
        note=note,
    )


def _fee(row: dict[str, Any]) -> Fee:
    value, note = stated(text_of(row, "SOTIEN")), stated(text_of(row, "MOTA"))
    unit = fold(clean_line(text_of(row, "DONVI")))
    currency = CURRENCIES.get(unit)
    if currency is None:
        value, currency = f"{value} {text_of(row, 'DONVI')}", "VND"
    if not value and note and amount(note, "VND") is None and any(map(str.isdigit, note)):
        value, note = note, ""
    return fee_of(
        kind=FeeKind.UNSPECIFIED, value=value, currency=currency, note=note, as_announced=True
    )


def _paper_cases(raw: dict[str, Any]) -> tuple[PaperCase, ...]:
    cases = []
    for row in rows_of(raw, "THANHPHANHOSO"):
        papers: list[Paper] = []
        for line in rows_of(row, "GIAYTO"):
            paper = _paper(line)
            if papers and _is_same_paper(papers[-1], paper):
                papers[-1] = papers[-1].model_copy(update={"forms": papers[-1].forms + paper.forms})
            elif paper.name or paper.forms:
                papers.append(paper)
        if papers:
            cases.append(PaperCase(case=stated(text_of(row, "TRUONGHOP")), papers=tuple(papers)))
    return tuple(cases)


def _is_same_paper(last: Paper, paper: Paper) -> bool:
    """A paper with several forms comes as several rows that differ in the form alone."""
    same = (last.name, last.originals, last.copies) == (paper.name, paper.originals, paper.copies)
    return same and bool(last.forms and paper.forms) and paper.forms[0] not in last.forms


def _paper(row: dict[str, Any]) -> Paper:
    form = FormReference(name=stated(text_of(row, "TENMAUDON")), url=stated(text_of(row, "URL")))
    return Paper(
        name=stated(text_of(row, "TENGIAYTO")),
        forms=(form,) if form.name else (),
        originals=_count(row, "SOBANCHINH"),
        copies=_count(row, "SOBANSAO"),
    )


def _count(row: dict[str, Any], key: str) -> int | None:
    text = clean_line(text_of(row, key))
    if not text:
        return None
    if not text.isdecimal() or int(text) > 99:
        raise RecordRefused(key, f"số bản “{text[:20]}” không hợp lệ; sửa tại nguồn.")
    return int(text)


def _legal_bases(raw: dict[str, Any]) -> tuple[LegalBasis, ...]:
    found: list[LegalBasis] = []
    for row in rows_of(raw, "CANCUPHAPLY"):
        basis, _ = legal_basis_of(number=text_of(row, "SOVANBAN"), title=text_of(row, "TENVANBAN"))
        if basis and basis not in found:
            found.append(basis)
    return tuple(found)
