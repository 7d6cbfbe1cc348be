"""A text of a procedure as paragraphs by part, for reading two or three side by side."""

from collections.abc import Iterator

from catalog.content import Content, FilingMethod, Paper, Part, Presence, TimeOption
from catalog.enums import (
    AgencyRole,
    Audience,
    GovernmentLevel,
    LocalRegulation,
    OnlineLevel,
    PartialOnlineReason,
    ProcedureKind,
)
from publication.announced_text import AnnouncedText
from publication.site.render.offer import CHANNELS
from publication.site.render.wording import FEE_KINDS, duration, fee_amount, file_size, iso_day

Paragraphs = dict[str, list[str]]

NAME = "Tên thủ tục"
FORM_FILES = "Tệp mẫu đơn, tờ khai"


def parts_of_text(text: AnnouncedText) -> Paragraphs:
    """Everything the public reads of a procedure."""
    return {
        NAME: [text.name],
        "Phân loại": list(_classification(text)),
        **parts_of_content(text.content),
        FORM_FILES: list(_form_files(text)),
        "Cơ quan": list(_agencies(text)),
    }


def parts_of_record(name: str, content: Content) -> Paragraphs:
    """What a national record says; it speaks of no classification and no agency of the province."""
    return {NAME: [name], **parts_of_content(content)}


def parts_of_content(content: Content) -> Paragraphs:
    parts: dict[str, tuple[Iterator[str], tuple[Part, ...]]] = {
        "Tóm tắt": (_summary(content), ()),
        "Trình tự thực hiện": (_steps(content), (Part.STEPS,)),
        "Cách thức, thời hạn": (_times(content), (Part.FILING_METHODS, Part.PROCESSING_TIME)),
        "Phí, lệ phí": (_fees(content), (Part.FEES,)),
        "Thành phần hồ sơ": (_papers(content), (Part.PAPERS, Part.FORMS)),
        "Kết quả": (_results(content), (Part.RESULTS,)),
        "Yêu cầu, điều kiện": (_conditions(content), (Part.CONDITIONS,)),
        "Căn cứ pháp lý": (_bases(content), (Part.LEGAL_BASES,)),
    }
    return {
        title: [*paragraphs, *_as_written(content, sources)]
        for title, (paragraphs, sources) in parts.items()
    }


def _classification(text: AnnouncedText) -> Iterator[str]:
    yield "Lĩnh vực: " + "; ".join(field.name for field in text.fields)
    if text.levels:
        levels = (str(GovernmentLevel(level).label) for level in text.levels)
        yield "Cấp thực hiện: " + ", ".join(levels)
    if text.audiences:
        audiences = (str(Audience(audience).label) for audience in text.audiences)
        yield "Đối tượng: " + ", ".join(audiences)
    yield f"Loại thủ tục: {ProcedureKind(text.kind).label}"
    yield f"Mức độ trực tuyến: {OnlineLevel(text.online_level).label}"
    if text.partial_reason:
        reason = str(PartialOnlineReason(text.partial_reason).label)
        basis = f" ({text.partial_reason_basis})" if text.partial_reason_basis else ""
        yield f"Chưa trực tuyến toàn trình vì: {reason}{basis}"
    yield f"Quy định của địa phương: {LocalRegulation(text.local_regulation).label}"
    if text.life_events:
        yield "Sự kiện: " + "; ".join(event.name for event in text.life_events)


def _form_files(text: AnnouncedText) -> Iterator[str]:
    """A new file of the same form is a change too, though no word of the text tells of it."""
    for file in text.form_files:
        facts = f"{file.file_name}, {file_size(file.size)}, mã băm {file.sha256[:16]}"
        yield f"{file.form}: {facts}"


def _agencies(text: AnnouncedText) -> Iterator[str]:
    if text.lead_agency:
        yield f"Cơ quan chủ trì: {text.lead_agency.name}"
    for agency in text.agencies:
        yield f"{AgencyRole(agency.role).label}: {agency.name}"


def _summary(content: Content) -> Iterator[str]:
    yield from _lines(content.summary)
    if content.keywords:
        yield "Từ khóa: " + ", ".join(content.keywords)


def _steps(content: Content) -> Iterator[str]:
    for case in content.steps:
        if case.case:
            yield f"Trường hợp: {case.case}"
        for number, step in enumerate(case.steps, start=1):
            first, *more = _lines(step.text) or [""]
            yield f"Bước {number}. {f'{step.title}: ' if step.title else ''}{first}"
            yield from more


def _times(content: Content) -> Iterator[str]:
    for method in content.filing_methods:
        for option in method.options or (TimeOption(),):
            yield _time(method, option)
    yield from (f"Nơi tiếp nhận: {line}" for line in _lines(content.reception_address))


def _time(method: FilingMethod, option: TimeOption) -> str:
    limit = option.local or option.statutory
    words = [duration(limit)] if limit else []
    if option.local and option.statutory and option.local != option.statutory:
        words.append(f"luật định {duration(option.statutory)}")
    if option.note:
        words.append(" ".join(_lines(option.note)))
    label = f" ({option.label})" if option.label else ""
    return f"{CHANNELS[method.channel]}{label}: {'; '.join(words) or 'chưa ghi thời hạn'}"


def _fees(content: Content) -> Iterator[str]:
    for method in content.filing_methods:
        for option in method.options:
            label = f" ({option.label})" if option.label else ""
            for fee in option.fees:
                kind = f"{FEE_KINDS[fee.kind]} " if str(FEE_KINDS[fee.kind]) else ""
                details = [
                    " ".join(_lines(fee.note)),
                    fee.basis,
                    f"từ {iso_day(fee.valid_from)}" if fee.valid_from else "",
                    f"đến hết {iso_day(fee.valid_to)}" if fee.valid_to else "",
                ]
                words = "; ".join([f"{kind}{fee_amount(fee)}", *filter(None, details)])
                yield f"{CHANNELS[method.channel]}{label}: {words}"


def _papers(content: Content) -> Iterator[str]:
    for case in content.paper_cases:
        if case.case:
            yield "Trường hợp: " + " ".join(_lines(case.case))
        for paper in case.papers:
            yield _paper(paper)
    if content.dossier_sets is not None:
        yield f"Số bộ hồ sơ: {content.dossier_sets}"
    if content.forms is Presence.DECLARED_NONE:
        yield "Không có mẫu đơn, tờ khai"


def _paper(paper: Paper) -> str:
    details = [
        f"{paper.originals} bản chính" if paper.originals else "",
        f"{paper.copies} bản sao" if paper.copies else "",
        *(f"mẫu: {form.name}" for form in paper.forms),
    ]
    named = "; ".join(filter(None, details))
    return " ".join(_lines(paper.name)) + (f" ({named})" if named else "")


def _results(content: Content) -> Iterator[str]:
    for result in content.results.items:
        code = f" ({result.code})" if result.code else ""
        yield " ".join(_lines(result.name)) + code
    if content.results.presence is Presence.DECLARED_NONE:
        yield "Không có"


def _conditions(content: Content) -> Iterator[str]:
    yield from _lines(content.conditions.text)
    if content.conditions.presence is Presence.DECLARED_NONE:
        yield "Không có"


def _bases(content: Content) -> Iterator[str]:
    for basis in content.legal_bases:
        issued = ", ".join(filter(None, (basis.issuer, iso_day(basis.issued_on))))
        named = " – ".join(filter(None, (basis.number, basis.title)))
        yield f"{named} ({issued})" if issued else named


def _as_written(content: Content, parts: tuple[Part, ...]) -> list[str]:
    """The source's own words, once where several parts share them."""
    texts = dict.fromkeys(content.as_written[part] for part in parts if part in content.as_written)
    return [line for text in texts for line in _lines(text)]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
