"""One record as the national portal's own service answers it (camelCase JSON). Pure.

Online facts: `isFullProcess` with an online channel says full; an online channel without it says
partial; `isOfflineOnly` or no online channel says none.
"""

from decimal import Decimal
from typing import Any, Final

from catalog.content import (
    Channel,
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
    StepCase,
    TimeOption,
    TimeUnit,
)
from catalog.enums import (
    AgencyRole,
    GovernmentLevel,
    LocalRegulation,
    OnlineLevel,
    ProcedureScope,
)
from catalog.importers.cells import part_of, rows_of, text_of
from catalog.importers.content_parts import (
    conditions_of,
    legal_basis_of,
    recovery_of,
    results_of,
)
from catalog.importers.fees import fee_of
from catalog.importers.parsed import ParsedProcedure, RecordRefused, Recovery, Remark
from catalog.importers.wording import audiences, decision_number_of, listed, stated, step_cases
from catalog.vietnamese import clean_line

_CHANNELS: Final = {
    "DIRECT": Channel.DIRECT,
    "ONLINE": Channel.ONLINE,
    "POSTAL": Channel.POSTAL,
}
_UNITS: Final = {
    "HOUR": TimeUnit.HOUR,
    "DAY": TimeUnit.DAY,
    "WORKING_DAY": TimeUnit.WORKING_DAY,
    "MONTH": TimeUnit.MONTH,
    "YEAR": TimeUnit.YEAR,
}
_FEE_KINDS: Final = {"FEE": FeeKind.FEE, "CHARGE": FeeKind.CHARGE}
_REGULATIONS: Final = {
    "ASSIGNED_REGULATION": LocalRegulation.ASSIGNED,
    "NOT_ASSIGNED_REGULATION": LocalRegulation.NOT_ASSIGNED,
    "OTHER": LocalRegulation.OTHER,
}
_LEVELS: Final = {
    "isMinistry": GovernmentLevel.MINISTRY,
    "isProvince": GovernmentLevel.PROVINCE,
    "isWard": GovernmentLevel.COMMUNE,
    "isOtherAgency": GovernmentLevel.OTHER,
}
_ROLES: Final = {
    AgencyRole.HANDLING: ("departmentsExecuting", "unitGroupsExecuting"),
    AgencyRole.COMPETENT: ("departmentsAuthority", "unitGroupsAuthority"),
    AgencyRole.AUTHORISED: ("departmentsAuthorized", "unitGroupsAuthorized"),
    AgencyRole.COORDINATING: ("departmentsCoordinating", "unitGroupsCoordinating"),
}
_INTERNAL_TYPES: Final = frozenset({"STANDARD_INTERNAL", "INTERCONNECTED_INTERNAL"})


def is_national_api(raw: dict[str, Any]) -> bool:
    return "code" in raw and ("executionMethods" in raw or "executionSteps" in raw)


def code_of(raw: dict[str, Any]) -> str:
    return text_of(raw, "codeNotation") or text_of(raw, "code")


def fields_text_of(raw: dict[str, Any]) -> str:
    names = [text_of(row, "name") for row in rows_of(raw, "categoriesDetails")]
    return names[0] if len(names) == 1 else ""


def parse_national_api(
    raw: dict[str, Any],
    *,
    known_fields: frozenset[str] = frozenset(),  # noqa: ARG001  fields are rows here
) -> ParsedProcedure:
    """One record. Raises RecordRefused when a value has the wrong shape."""
    remarks: list[Remark] = []
    recovery: dict[Part, Recovery] = {}
    content = _content(raw, recovery, remarks)
    proposal = part_of(raw, "procedureProposal")
    number, is_number = decision_number_of(
        text_of(raw, "decisionNo") or text_of(proposal, "proposalNumber")
    )
    if not is_number:
        remarks.append(Remark("decisionNo", f"“{number[:60]}” không phải số quyết định."))
    return ParsedProcedure(
        code=code_of(raw),
        name=clean_line(text_of(raw, "name")),
        content=content,
        raw=raw,
        decision_number=number,
        issuer=clean_line(text_of(raw, "departmentPromulgateName")) or None,
        field_names=_names(raw, "categoriesDetails") or None,
        levels=tuple(level.value for key, level in _LEVELS.items() if raw.get(key) is True) or None,
        audiences=_audiences(raw, remarks) or None,
        scope=_scope(raw),
        online_level=_online_level(raw, content),
        local_regulation=_REGULATIONS.get(text_of(raw, "formalityType")),
        agencies={
            role: names
            for role, keys in _ROLES.items()
            if (names := tuple(name for key in keys for name in _names(raw, key)))
        },
        recovery=recovery,
        remarks=tuple(remarks),
    )


def _names(raw: dict[str, Any], key: str) -> tuple[str, ...]:
    names = (clean_line(text_of(row, "name")) for row in rows_of(raw, key))
    return tuple(dict.fromkeys(name for name in names if name))


def _audiences(raw: dict[str, Any], remarks: list[Remark]) -> tuple[str, ...]:
    found: list[str] = []
    for name in _names(raw, "subjectTypesDetails"):
        known, rest = audiences(name)
        found += known
        if rest:
            remarks.append(Remark("subjectTypesDetails", f"Không rõ đối tượng “{name[:80]}”."))
    return tuple(dict.fromkeys(found))


def _scope(raw: dict[str, Any]) -> ProcedureScope:
    internal = raw.get("isInternal") is True or raw.get("type") in _INTERNAL_TYPES
    return ProcedureScope.INTERNAL if internal else ProcedureScope.CITIZEN


def _online_level(raw: dict[str, Any], content: Content) -> OnlineLevel:
    online = any(method.channel is Channel.ONLINE for method in content.filing_methods)
    if not online or raw.get("isOfflineOnly") is True:
        return OnlineLevel.NONE
    return OnlineLevel.FULL if raw.get("isFullProcess") is True else OnlineLevel.PARTIAL


def _content(raw: dict[str, Any], recovery: dict[Part, Recovery], remarks: list[Remark]) -> Content:
    steps = _steps(raw)
    methods = _filing_methods(raw, recovery, remarks)
    cases = _paper_cases(raw)
    papers = sum(len(case.papers) for case in cases)
    forms = (
        Presence.HAS if any(p.forms for case in cases for p in case.papers) else Presence.UNKNOWN
    )
    results = results_of(
        [(text_of(row, "name"), text_of(row, "code")) for row in rows_of(raw, "resultsDetails")]
    )
    conditions = conditions_of(text_of(raw, "requirementsAndConditions"))
    bases = _legal_bases(raw, remarks)
    recovery |= {
        Part.STEPS: recovery_of(rows=len(steps), lost=0),
        Part.PAPERS: recovery_of(rows=papers, lost=0),
        Part.FORMS: recovery_of(rows=int(forms is Presence.HAS), lost=0),
        Part.RESULTS: recovery_of(rows=int(results.presence is not Presence.UNKNOWN), lost=0),
        Part.CONDITIONS: recovery_of(rows=int(conditions.presence is not Presence.UNKNOWN), lost=0),
        Part.LEGAL_BASES: recovery_of(rows=len(bases), lost=0),
    }
    return Content(
        summary=stated(text_of(raw, "description")),
        keywords=listed(text_of(raw, "keywords").replace(",", ";")),
        steps=steps,
        filing_methods=methods,
        reception_address=stated(text_of(raw, "dossierReceivingAddresses")),
        paper_cases=cases,
        forms=forms,
        results=results,
        conditions=conditions,
        legal_bases=bases,
    )


def _steps(raw: dict[str, Any]) -> tuple[StepCase, ...]:
    cases: list[StepCase] = []
    for row in rows_of(raw, "executionSteps"):
        name = clean_line(text_of(row, "name"))
        cases += [
            StepCase(case=name, steps=case.steps)
            for case in step_cases(text_of(row, "description"))
        ]
    return tuple(cases)


def _filing_methods(
    raw: dict[str, Any], recovery: dict[Part, Recovery], remarks: list[Remark]
) -> tuple[FilingMethod, ...]:
    by_channel: dict[Channel, list[TimeOption]] = {}
    for row in rows_of(raw, "executionMethods"):
        word = text_of(row, "submissionMethod")
        if word not in _CHANNELS:
            raise RecordRefused("submissionMethod", f"không rõ kênh nộp “{word[:40]}”.")
        by_channel.setdefault(_CHANNELS[word], []).append(_time_option(row))
    options = [option for found in by_channel.values() for option in found]
    fees = [fee for option in options for fee in option.fees]
    unknown = sum(fee.state is FeeState.UNKNOWN for fee in fees)
    timed = sum(bool(option.statutory) for option in options)
    untold = sum(bool(option.note) and not option.statutory for option in options)
    recovery |= {
        Part.FILING_METHODS: recovery_of(rows=len(options), lost=0),
        Part.PROCESSING_TIME: recovery_of(rows=timed, lost=untold),
        Part.FEES: recovery_of(rows=len(fees) - unknown, lost=unknown),
    }
    if unknown:
        remarks.append(Remark("fees", "Có mức thu không rõ; nhập mức thu bằng tay."))
    return tuple(
        FilingMethod(channel=channel, options=tuple(found)) for channel, found in by_channel.items()
    )


def _time_option(row: dict[str, Any]) -> TimeOption:
    amount = _number(row, "processingTime")
    unit = _UNITS.get(text_of(row, "processingTimeUnit"))
    return TimeOption(
        statutory=Duration(amount=amount, unit=unit) if amount and unit else None,
        fees=tuple(_fee(fee) for fee in rows_of(row, "fees")),
        note=stated(text_of(row, "description")),
    )


def _fee(row: dict[str, Any]) -> Fee:
    value = _number(row, "value")
    return fee_of(
        kind=_FEE_KINDS.get(text_of(row, "type"), FeeKind.UNSPECIFIED),
        value="" if value is None else format(value.normalize(), "f"),
        currency="VND",
        note=text_of(row, "description"),
    )


def _number(row: dict[str, Any], key: str) -> Decimal | None:
    text = text_of(row, key)
    try:
        value = Decimal(text) if text else None
    except ArithmeticError as error:
        raise RecordRefused(key, f"“{text[:40]}” không phải một số.") from error
    if value is not None and (not value.is_finite() or not 0 <= value < 10**15):
        raise RecordRefused(key, f"số “{text[:40]}” nằm ngoài mức cho phép.")
    return value


def _paper_cases(raw: dict[str, Any]) -> tuple[PaperCase, ...]:
    cases = [
        PaperCase(
            case=stated(text_of(row, "name")),
            papers=tuple(_paper(paper) for paper in rows_of(row, "profileComponents")),
        )
        for row in rows_of(raw, "executionCases")
    ]
    return tuple(case for case in cases if case.papers)


def _paper(row: dict[str, Any]) -> Paper:
    return Paper(
        name=stated(text_of(row, "name")),
        forms=tuple(
            FormReference(name=text_of(file, "fileName"), url="")
            for file in rows_of(row, "attachments")
            if text_of(file, "fileName")
        ),
        originals=_count(row, "originalQty"),
        copies=_count(row, "copyQty"),
    )


def _count(row: dict[str, Any], key: str) -> int | None:
    value = _number(row, key)
    if value is None:
        return None
    if value != int(value) or value > 99:
        raise RecordRefused(key, f"số bản “{value}” không hợp lệ; sửa tại nguồn.")
    return int(value)


def _legal_bases(raw: dict[str, Any], remarks: list[Remark]) -> tuple[LegalBasis, ...]:
    found: list[LegalBasis] = []
    for row in rows_of(raw, "legalBasisesDetails"):
        basis, odd = legal_basis_of(number=text_of(row, "code"), title=text_of(row, "name"))
        remarks += odd
        if basis and basis not in found:
            found.append(basis)
    return tuple(found)
