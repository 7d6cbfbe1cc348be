"""One record of the scraped national register as a parsed procedure. Pure: no database.

What could be told for sure becomes rows; a part of which anything could not be told also keeps its
whole source text in `content.as_written`, and a remark says what and why. Nothing is guessed.
"""

from typing import Any

from catalog.codes import CodeError, decision_number, procedure_code
from catalog.content import Conditions, Content, Part, Presence
from catalog.enums import AgencyRole
from catalog.importers.parsed import ParsedProcedure, RecordRefused, Recovery, Remark
from catalog.importers.scraped.filing_methods import Filing, holds_filing_rows, read_filing
from catalog.importers.scraped.legal_bases import HEADING as LEGAL_HEADING
from catalog.importers.scraped.legal_bases import read_legal_bases
from catalog.importers.scraped.names import (
    agency_names,
    audiences,
    field_names,
    government_levels,
    is_decision_title,
    local_regulation,
)
from catalog.importers.scraped.papers import read_papers
from catalog.importers.scraped.reading import Reading
from catalog.importers.scraped.results import Closing, cut_closing, read_results
from catalog.importers.scraped.steps import read_steps
from catalog.vietnamese import clean_line, clean_text, fold, says_nothing

LONGEST_TEXT = 200_000  # what the content document holds
LONGEST_RAW_TEXT = 3 * LONGEST_TEXT  # decomposed letters and spaces shrink when cleaned
LONGEST_NAME = 1500

PROSE_FIELDS = (
    "trinh_tu_thuc_hien",
    "cach_thuc_thuc_hien",
    "thanh_phan_ho_so",
    "can_cu_phap_ly",
    "yeu_cau_dieu_kien",
    "ket_qua_xu_ly",
    "dia_chi_tiep_nhan",
)
LINE_FIELDS = (
    "ma_thu_tuc",
    "ten_thu_tuc",
    "so_quyet_dinh",
    "cap_thuc_hien",
    "loai_thu_tuc",
    "linh_vuc",
    "doi_tuong_thuc_hien",
    "co_quan_co_tham_quyen",
    "co_quan_duoc_uy_quyen",
    "co_quan_phoi_hop",
    "co_quan_thuc_hien",
    "thu_tuc_lien_quan",
)
AGENCY_FIELDS = {
    "co_quan_thuc_hien": AgencyRole.HANDLING,
    "co_quan_co_tham_quyen": AgencyRole.COMPETENT,
    "co_quan_phoi_hop": AgencyRole.COORDINATING,
    "co_quan_duoc_uy_quyen": AgencyRole.AUTHORISED,
}
SOURCE_FIELDS = {
    Part.STEPS: "trinh_tu_thuc_hien",
    Part.FILING_METHODS: "cach_thuc_thuc_hien",
    Part.PROCESSING_TIME: "cach_thuc_thuc_hien",
    Part.FEES: "cach_thuc_thuc_hien",
    Part.PAPERS: "thanh_phan_ho_so",
    Part.FORMS: "thanh_phan_ho_so",
    Part.RESULTS: "ket_qua_xu_ly",
    Part.CONDITIONS: "yeu_cau_dieu_kien",
    Part.LEGAL_BASES: "can_cu_phap_ly",
}
_DECLARED_NONE = frozenset(
    {
        "khong",
        "khong co",
        "khong quy dinh",
        "khong co quy dinh",
        "khong yeu cau",
        "khong co yeu cau",
    }
)


def parse_record(
    raw: dict[str, Any], *, known_fields: frozenset[str] = frozenset()
) -> ParsedProcedure:
    """The record as a parsed procedure. Raises RecordRefused, whose message names the mend.

    `known_fields` are names of fields already in the register; with them a comma list of fields
    is cut where the cut is sure.
    """
    texts = _texts(raw)
    code, name = _code(texts["ma_thu_tuc"]), _name(texts["ten_thu_tuc"])
    content, recovery, remarks = _content(texts)
    number, number_remarks = _decision_number(texts["so_quyet_dinh"])
    fields, field_doubt = field_names(texts["linh_vuc"], known_fields)
    levels, level_doubt = government_levels(texts["cap_thuc_hien"])
    served, served_doubt = audiences(texts["doi_tuong_thuc_hien"])
    local, local_doubt = local_regulation(texts["loai_thu_tuc"])
    agencies, agency_remarks = _agencies(texts)
    doubts = {
        "linh_vuc": field_doubt,
        "cap_thuc_hien": level_doubt,
        "doi_tuong_thuc_hien": served_doubt,
        "loai_thu_tuc": local_doubt,
    }
    return ParsedProcedure(
        code=code,
        name=name,
        content=content,
        raw=raw,
        decision_number=number,
        field_names=fields,
        levels=levels,
        audiences=served,
        local_regulation=local,
        agencies=agencies,
        recovery=recovery,
        remarks=(
            *number_remarks,
            *(Remark(key, doubt) for key, doubt in doubts.items() if doubt),
            *agency_remarks,
            *_related(texts["thu_tuc_lien_quan"]),
            *remarks,
        ),
    )


def _texts(raw: dict[str, Any]) -> dict[str, str]:
    """Every field that is read, as clean text; a missing one is empty."""
    texts = {}
    for key in (*LINE_FIELDS, *PROSE_FIELDS):
        value = raw.get(key)
        if value is None:
            value = ""
        if not isinstance(value, str):
            kind = type(value).__name__
            raise RecordRefused(key, f"Trường này phải là chuỗi ký tự, nhưng là {kind}.")
        texts[key] = _cleaned(key, value)
    return texts


def _cleaned(key: str, value: str) -> str:
    limit = LONGEST_TEXT if key in PROSE_FIELDS else LONGEST_TEXT // 10
    text = "" if len(value) > LONGEST_RAW_TEXT else clean_text(value)
    if len(value) > LONGEST_RAW_TEXT or len(text) > limit:
        raise RecordRefused(
            key, f"Trường này dài {len(value)} ký tự, quá giới hạn {limit}; hãy kiểm tra tệp nguồn."
        )
    return text


def _code(text: str) -> str:
    if says_nothing(text):
        raise RecordRefused("ma_thu_tuc", "thiếu mã thủ tục; bổ sung tại nguồn.")
    try:
        return procedure_code(text)
    except CodeError as error:
        raise RecordRefused("ma_thu_tuc", str(error)) from error


def _name(text: str) -> str:
    name = clean_line(text)
    if says_nothing(name):
        raise RecordRefused("ten_thu_tuc", "thiếu tên thủ tục; bổ sung tại nguồn.")
    if len(name) > LONGEST_NAME:
        raise RecordRefused(
            "ten_thu_tuc", f"Tên thủ tục dài {len(name)} ký tự, quá {LONGEST_NAME}."
        )
    if is_decision_title(name):
        raise RecordRefused(
            "ten_thu_tuc",
            "Đây là tên một quyết định công bố chứ không phải thủ tục; hãy nhập các thủ tục nêu"
            " trong quyết định đó.",
        )
    return name


def _decision_number(text: str) -> tuple[str, list[Remark]]:
    line = clean_line(text)
    if says_nothing(line):
        return "", []
    try:
        return decision_number(line), []
    except CodeError as error:
        return line, [Remark("so_quyet_dinh", f"{error} Giữ nguyên như nguồn ghi.")]


def _agencies(texts: dict[str, str]) -> tuple[dict[AgencyRole, tuple[str, ...]], list[Remark]]:
    agencies = {}
    remarks = []
    for key, role in AGENCY_FIELDS.items():
        names, doubt = agency_names(texts[key])
        if names:
            agencies[role] = names
        if doubt:
            remarks.append(Remark(key, doubt))
    return agencies, remarks


def _related(text: str) -> list[Remark]:
    if says_nothing(text):
        return []
    message = f"Thủ tục liên quan chỉ được giữ trong bản ghi gốc: {clean_line(text)[:120]}"
    return [Remark("thu_tuc_lien_quan", message)]


def _content(
    texts: dict[str, str],
) -> tuple[Content, dict[Part, Recovery], list[Remark]]:
    conditions_end = cut_closing(texts["yeu_cau_dieu_kien"])
    results_end = cut_closing(texts["ket_qua_xu_ly"])
    closing = results_end if results_end.found else conditions_end
    filing = read_filing(texts["cach_thuc_thuc_hien"])
    papers = read_papers(texts["thanh_phan_ho_so"])
    steps = read_steps(texts["trinh_tu_thuc_hien"])
    lost = papers.misplaced + texts["can_cu_phap_ly"].partition(LEGAL_HEADING)[0]
    if holds_filing_rows(lost):
        filing = Filing(filing.methods, {p: _cut_short(r) for p, r in filing.parts.items()})
    elif papers.misplaced:
        steps = _cut_short(steps)
    results = read_results(results_end.body)
    conditions = _conditions(conditions_end)
    bases = read_legal_bases(texts["can_cu_phap_ly"])
    readings: dict[Part, Reading[Any]] = {
        Part.STEPS: steps,
        **filing.parts,
        Part.PAPERS: papers.cases,
        Part.FORMS: papers.forms,
        Part.RESULTS: results,
        Part.CONDITIONS: conditions,
        Part.LEGAL_BASES: bases,
    }
    sources = texts | {"ket_qua_xu_ly": results_end.body, "yeu_cau_dieu_kien": conditions_end.body}
    content = Content(
        summary=closing.summary,
        keywords=closing.keywords,
        steps=steps.rows,
        filing_methods=filing.methods,
        reception_address=""
        if says_nothing(texts["dia_chi_tiep_nhan"])
        else texts["dia_chi_tiep_nhan"],
        paper_cases=papers.cases.rows,
        forms=papers.forms.rows,
        results=results.rows,
        conditions=conditions.rows,
        legal_bases=bases.rows,
        as_written=_as_written(readings, sources),
    )
    recovery = {part: reading.recovery for part, reading in readings.items()}
    return content, recovery, _remarks(readings)


def _cut_short(reading: Reading[Any]) -> Reading[Any]:
    doubt = "Bị cắt ngang khi thu thập; đoạn sau nằm lẫn trong một phần khác của bản ghi."
    return Reading(reading.rows, Recovery.PARTLY, (*reading.doubts, doubt))


def _conditions(closing: Closing) -> Reading[Conditions]:
    """Declared none ("Không"), silent ("Không có thông tin"), or the text itself."""
    text = closing.body
    if says_nothing(text):
        return Reading(Conditions(), Recovery.ABSENT)
    words = fold(clean_line(text)).strip(" .;:-/")
    if words in _DECLARED_NONE:
        return Reading(Conditions(presence=Presence.DECLARED_NONE), Recovery.RECOVERED)
    if words == "co":
        doubt = "Nguồn chỉ ghi “có” mà không nêu yêu cầu, điều kiện nào."
        return Reading(Conditions(), Recovery.REFUSED, (doubt,))
    return Reading(Conditions(presence=Presence.HAS, text=text), Recovery.RECOVERED)


def _as_written(readings: dict[Part, Reading[Any]], sources: dict[str, str]) -> dict[Part, str]:
    unsure = (Recovery.PARTLY, Recovery.REFUSED)
    return {
        part: sources[SOURCE_FIELDS[part]]
        for part, reading in readings.items()
        if reading.recovery in unsure
    }


def _remarks(readings: dict[Part, Reading[Any]]) -> list[Remark]:
    told = {
        (SOURCE_FIELDS[part], doubt): None
        for part, reading in readings.items()
        for doubt in reading.doubts
    }
    return [Remark(key, doubt) for key, doubt in told]
