"""The portal's own export with real tables, parsed to JSON: `metadata`, `content`, `tables`. Pure.

Keys come with or without marks, composed or decomposed. The paper table's columns are shifted in
the source: the column "so_luong" often holds the form's file name and "ghi_chu" the counts, so a
cell is read by what it says, not by where it stands.
"""

from typing import Any, Final

from catalog.content import (
    Channel,
    Content,
    FeeState,
    FilingMethod,
    FormReference,
    LegalBasis,
    Paper,
    PaperCase,
    Part,
    Presence,
    TimeOption,
)
from catalog.enums import AgencyRole
from catalog.importers.agency_names import comma_listed_agencies
from catalog.importers.cells import part_of, plain_keys, rows_of, text_of
from catalog.importers.content_parts import (
    conditions_of,
    legal_basis_of,
    recovery_of,
    results_of,
)
from catalog.importers.fees import fees_of
from catalog.importers.field_names import split_fields
from catalog.importers.parsed import ParsedProcedure, Recovery, Remark
from catalog.importers.wording import (
    audiences,
    decision_number_of,
    duration,
    levels,
    listed,
    local_regulation,
    paper_counts,
    stated,
    step_cases,
)
from catalog.vietnamese import clean_line, clean_text, fold

CHANNELS: Final = {
    "truc tiep": Channel.DIRECT,
    "truc tuyen": Channel.ONLINE,
    "dich vu buu chinh": Channel.POSTAL,
    "buu chinh": Channel.POSTAL,
    "buu chinh cong ich": Channel.POSTAL,
    "dich vu buu chinh cong ich": Channel.POSTAL,
    "qua dich vu buu chinh cong ich": Channel.POSTAL,
}
_ROLES: Final = {
    AgencyRole.HANDLING: "co_quan_thuc_hien",
    AgencyRole.COMPETENT: "co_quan_co_tham_quyen",
    AgencyRole.AUTHORISED: "co_quan_duoc_uy_quyen",
    AgencyRole.COORDINATING: "co_quan_phoi_hop",
}
_NO_TIME_SET: Final = frozenset({"khong quy dinh", "khong quy dinh thoi han giai quyet"})


def is_exported_tables(raw: dict[str, Any]) -> bool:
    return isinstance(raw.get("metadata"), dict) and isinstance(raw.get("tables"), dict)


def code_of(raw: dict[str, Any]) -> str:
    return text_of(plain_keys(part_of(raw, "metadata")), "ma_thu_tuc") or text_of(raw, "thu_tuc_id")


def fields_text_of(raw: dict[str, Any]) -> str:
    return text_of(plain_keys(part_of(raw, "metadata")), "linh_vuc")


def parse_exported_tables(
    raw: dict[str, Any], *, known_fields: frozenset[str] = frozenset()
) -> ParsedProcedure:
    """One record. Raises RecordRefused when a value has the wrong shape."""
    facts = plain_keys(part_of(raw, "metadata")) | plain_keys(part_of(raw, "content"))
    tables = plain_keys(part_of(raw, "tables"))
    remarks: list[Remark] = []
    recovery: dict[Part, Recovery] = {}
    content = _content(facts, tables, recovery, remarks)
    number, is_number = decision_number_of(text_of(facts, "so_quyet_dinh"))
    if not is_number:
        remarks.append(Remark("so_quyet_dinh", f"“{number[:60]}” không phải số quyết định."))
    found_levels, strange = levels(text_of(facts, "cap_thuc_hien"))
    if strange:
        remarks.append(Remark("cap_thuc_hien", f"Không rõ cấp thực hiện “{strange}”."))
    found_audiences, left_over = audiences(text_of(facts, "doi_tuong_thuc_hien"))
    if left_over:
        remarks.append(Remark("doi_tuong_thuc_hien", f"Không rõ đối tượng “{left_over[:80]}”."))
    return ParsedProcedure(
        code=code_of(raw),
        name=clean_line(text_of(facts, "ten_thu_tuc")),
        content=content,
        raw=raw,
        decision_number=number,
        field_names=split_fields(text_of(facts, "linh_vuc"), known=known_fields) or None,
        levels=found_levels or None,
        audiences=found_audiences or None,
        local_regulation=local_regulation(text_of(facts, "loai_thu_tuc")),
        agencies={
            role: names
            for role, key in _ROLES.items()
            if (names := comma_listed_agencies(text_of(facts, key)))
        },
        recovery=recovery,
        remarks=tuple(remarks),
    )


def _content(
    facts: dict[str, Any],
    tables: dict[str, Any],
    recovery: dict[Part, Recovery],
    remarks: list[Remark],
) -> Content:
    as_written: dict[Part, str] = {}
    steps = step_cases(text_of(facts, "trinh_tu_thuc_hien"))
    methods = _filing_methods(rows_of(tables, "hinh_thuc_nop"), as_written, recovery, remarks)
    papers = _papers(rows_of(tables, "thanh_phan_ho_so"), recovery)
    bases = _legal_bases(rows_of(tables, "can_cu_phap_ly"), recovery, remarks)
    results = results_of([(text_of(facts, "ket_qua_thuc_hien"), "")])
    conditions = conditions_of(text_of(facts, "yeu_cau_dieu_kien_thuc_hien"))
    forms = Presence.HAS if any(paper.forms for paper in papers) else Presence.UNKNOWN
    recovery |= {
        Part.STEPS: recovery_of(rows=len(steps), lost=0),
        Part.FORMS: recovery_of(rows=int(forms is Presence.HAS), lost=0),
        Part.RESULTS: recovery_of(rows=int(results.presence is not Presence.UNKNOWN), lost=0),
        Part.CONDITIONS: recovery_of(rows=int(conditions.presence is not Presence.UNKNOWN), lost=0),
    }
    return Content(
        summary=stated(text_of(facts, "mo_ta")),
        keywords=listed(text_of(facts, "tu_khoa").replace(",", ";")),
        steps=steps,
        filing_methods=methods,
        reception_address=stated(text_of(facts, "dia_chi_tiep_nhan_hs")),
        paper_cases=(PaperCase(papers=papers),) if papers else (),
        forms=forms,
        results=results,
        conditions=conditions,
        legal_bases=bases,
        as_written=as_written,
    )


def _filing_methods(
    rows: list[dict[str, Any]],
    as_written: dict[Part, str],
    recovery: dict[Part, Recovery],
    remarks: list[Remark],
) -> tuple[FilingMethod, ...]:
    by_channel: dict[Channel, list[TimeOption]] = {}
    strange: list[str] = []
    for row in map(plain_keys, rows):
        channel = CHANNELS.get(fold(clean_line(text_of(row, "hinh_thuc"))))
        if channel is None:
            strange.append(" | ".join(clean_text(text_of(row, key)) for key in row))
        else:
            by_channel.setdefault(channel, []).append(_time_option(row))
    if strange:
        as_written[Part.FILING_METHODS] = "\n".join(strange)
        remarks.append(Remark("hinh_thuc_nop", f"Không rõ kênh nộp: {strange[0][:80]}"))
    options = [option for found in by_channel.values() for option in found]
    recovery[Part.FILING_METHODS] = recovery_of(rows=len(options), lost=len(strange))
    _report_times(rows, options, recovery, remarks)
    _report_fees(options, recovery, remarks)
    return tuple(
        FilingMethod(channel=channel, options=tuple(found)) for channel, found in by_channel.items()
    )


def _time_option(row: dict[str, Any]) -> TimeOption:
    time = clean_line(text_of(row, "thoi_han_giai_quyet"))
    found = duration(time)
    note = stated(text_of(row, "mo_ta"))
    words = "" if found else stated(time)
    return TimeOption(
        statutory=found,
        fees=fees_of(text_of(row, "phi_le_phi")),
        note="\n".join(dict.fromkeys(filter(None, [words, note]))),
    )


def _report_times(
    rows: list[dict[str, Any]],
    options: list[TimeOption],
    recovery: dict[Part, Recovery],
    remarks: list[Remark],
) -> None:
    said = [clean_line(text_of(plain_keys(row), "thoi_han_giai_quyet")) for row in rows]
    lost = [
        time
        for time in said
        if stated(time) and not duration(time) and fold(time).strip(" .") not in _NO_TIME_SET
    ]
    told = sum(bool(option.statutory or option.note) for option in options)
    recovery[Part.PROCESSING_TIME] = recovery_of(rows=max(told - len(lost), 0), lost=len(lost))
    remarks += [
        Remark("thoi_han_giai_quyet", f"Thời hạn “{time[:60]}” chỉ giữ được nguyên văn.")
        for time in dict.fromkeys(lost)
    ]


def _report_fees(
    options: list[TimeOption], recovery: dict[Part, Recovery], remarks: list[Remark]
) -> None:
    fees = [fee for option in options for fee in option.fees]
    lost = [fee for fee in fees if fee.state is FeeState.UNKNOWN]
    recovery[Part.FEES] = recovery_of(rows=len(fees) - len(lost), lost=len(lost))
    remarks += [
        Remark("phi_le_phi", f"Không rõ mức thu: “{note[:80] or 'để trống'}”; nhập bằng tay.")
        for note in dict.fromkeys(fee.note for fee in lost)
    ]


def _papers(rows: list[dict[str, Any]], recovery: dict[Part, Recovery]) -> tuple[Paper, ...]:
    papers = tuple(paper for row in map(plain_keys, rows) if (paper := _paper(row)))
    recovery[Part.PAPERS] = recovery_of(rows=len(papers), lost=len(rows) - len(papers))
    return papers


def _paper(row: dict[str, Any]) -> Paper | None:
    """A paper from its row; None for a row without a name."""
    name = stated(text_of(row, "ten_giay_to"))
    if not name:
        return None
    counts: tuple[int, int] | None = None
    forms: list[str] = []
    for cell in (text_of(row, key) for key in row if key != "ten_giay_to"):
        found = paper_counts(cell)
        counts = found or counts
        forms += () if found else listed(cell)
    return Paper(
        name=name,
        forms=tuple(FormReference(name=form) for form in forms),
        originals=counts[0] if counts else None,
        copies=counts[1] if counts else None,
    )


def _legal_bases(
    rows: list[dict[str, Any]], recovery: dict[Part, Recovery], remarks: list[Remark]
) -> tuple[LegalBasis, ...]:
    found: list[LegalBasis] = []
    for row in map(plain_keys, rows):
        basis, odd = legal_basis_of(
            number=text_of(row, "so_ky_hieu"),
            title=text_of(row, "trich_yeu"),
            issued_on=text_of(row, "ngay_ban_hanh"),
            issuer=text_of(row, "co_quan_ban_hanh"),
        )
        remarks += odd
        if basis and basis not in found:
            found.append(basis)
    recovery[Part.LEGAL_BASES] = recovery_of(rows=len(found), lost=0)
    return tuple(found)
