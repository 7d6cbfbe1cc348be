"""The parts of an announced text below its facts: papers, steps, conditions, results, bases."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from catalog.content import Content, Paper, PaperCase, Part, Presence, StepCase
from catalog.enums import AgencyRole
from publication.announced_text import AnnouncedForm, AnnouncedText
from publication.site.form_files import form_address
from publication.site.page import PageKind
from publication.site.render.frame import Link, to
from publication.site.render.language import gettext, label, ngettext
from publication.site.render.prose import as_written_html, prose_html
from publication.site.render.wording import NONE, UNKNOWN, file_size, iso_day, number

_CASE_NAME_LENGTH = 220


@dataclass(frozen=True)
class AsWritten:
    """A part in the words of the announced source, because its rows could not all be told apart."""

    title: str
    html: SafeString


@dataclass(frozen=True)
class Form:
    """A form by name; `address` is "" where there is no file to fetch, `size` of our own alone."""

    name: str
    address: str
    size: str = ""  # "DOCX, 35 KB"


@dataclass(frozen=True)
class PaperRow:
    name: SafeString
    forms: tuple[Form, ...]
    count: str


@dataclass(frozen=True)
class PaperGroup:
    """The papers of one case; `more` is what a long case says beyond its first line."""

    case: str
    more: SafeString
    rows: tuple[PaperRow, ...]
    tally: str


@dataclass(frozen=True)
class StepRow:
    title: str
    text: SafeString


@dataclass(frozen=True)
class StepGroup:
    case: str
    steps: tuple[StepRow, ...]


@dataclass(frozen=True)
class Basis:
    number: str
    title: str
    details: str


@dataclass(frozen=True)
class Role:
    name: str
    agencies: tuple[Link, ...]


_PART_TITLES = {
    Part.STEPS: gettext_lazy("Trình tự thực hiện"),
    Part.FILING_METHODS: gettext_lazy("Cách thức thực hiện"),
    Part.PROCESSING_TIME: gettext_lazy("Thời hạn giải quyết"),
    Part.FEES: gettext_lazy("Phí, lệ phí"),
    Part.PAPERS: gettext_lazy("Thành phần hồ sơ"),
    Part.FORMS: gettext_lazy("Mẫu đơn, tờ khai"),
    Part.RESULTS: gettext_lazy("Kết quả"),
    Part.CONDITIONS: gettext_lazy("Yêu cầu, điều kiện"),
    Part.LEGAL_BASES: gettext_lazy("Căn cứ pháp lý"),
}


def as_written(content: Content, *parts: Part) -> list[AsWritten]:
    """The wording kept for some parts; parts that share one wording are shown once."""
    shown: dict[str, list[str]] = {}
    for part in parts:
        if words := content.as_written.get(part):
            shown.setdefault(words, []).append(str(_PART_TITLES[part]))
    return [AsWritten(", ".join(titles), as_written_html(text)) for text, titles in shown.items()]


def paper_groups(text: AnnouncedText) -> list[PaperGroup]:
    files = form_files(text)
    cases = text.content.paper_cases
    return [_paper_group(case, files) for case in cases if case.papers or case.case]


def form_files(text: AnnouncedText) -> dict[str, AnnouncedForm]:
    """The announced file of each form, by the name that papers call it."""
    return {file.form: file for file in text.form_files}


def form_addresses(text: AnnouncedText) -> dict[str, Form]:
    """Every form that can be fetched, once each, by its address in the order of the papers."""
    files = form_files(text)
    papers = [paper for case in text.content.paper_cases for paper in case.papers]
    forms = [form for paper in papers for form in forms_of(paper, files) if form.address]
    return {form.address: form for form in forms}


def has_forms(content: Content) -> bool:
    return any(paper.forms for case in content.paper_cases for paper in case.papers)


def has_counts(content: Content) -> bool:
    return any(paper_count(paper) for case in content.paper_cases for paper in case.papers)


def forms_note(content: Content) -> str:
    """What to say about forms when no paper names one."""
    if has_forms(content) or Part.FORMS in content.as_written:
        return ""
    if content.forms is Presence.DECLARED_NONE:
        return str(NONE)
    if content.forms is Presence.HAS:
        return gettext("Có, theo quy định nêu trong thành phần hồ sơ")
    return str(UNKNOWN)


def step_groups(content: Content) -> list[StepGroup]:
    return [_step_group(case) for case in content.steps if case.steps]


def bases(content: Content) -> list[Basis]:
    return [
        Basis(
            number=basis.number,
            title=basis.title if basis.title != basis.number else "",
            details=" · ".join(part for part in (basis.issuer, iso_day(basis.issued_on)) if part),
        )
        for basis in content.legal_bases
    ]


def roles(text: AnnouncedText) -> list[Role]:
    """The agencies by what they do, each with a link to what else it does."""
    by_role: dict[str, list[Link]] = {}
    for agency in text.agencies:
        link = Link(agency.name, to(PageKind.AGENCY, agency.slug))
        by_role.setdefault(agency.role, []).append(link)
    named = [Role(label(role), tuple(by_role[role])) for role in AgencyRole if role in by_role]
    if text.lead_agency:
        lead = Link(text.lead_agency.name, to(PageKind.AGENCY, text.lead_agency.slug))
        named.append(Role(gettext("Cơ quan chủ trì công bố"), (lead,)))
    return named


def _paper_group(case: PaperCase, files: Mapping[str, AnnouncedForm]) -> PaperGroup:
    first, _, more = case.case.partition("\n")
    if len(first) > _CASE_NAME_LENGTH:
        first, more = gettext("Trường hợp sau"), case.case
    tally = ngettext("%(count)s giấy tờ", "%(count)s giấy tờ", len(case.papers)) % {
        "count": number(len(case.papers))
    }
    return PaperGroup(
        case=first,
        more=prose_html(more),
        rows=tuple(
            PaperRow(prose_html(paper.name), forms_of(paper, files), paper_count(paper))
            for paper in case.papers
        ),
        tally=tally,
    )


def forms_of(paper: Paper, files: Mapping[str, AnnouncedForm]) -> tuple[Form, ...]:
    """The announced file where there is one, else the address that a source gives."""
    return tuple(
        _own_form(files[it.name]) if it.name in files else Form(it.name, _web_address(it.url))
        for it in paper.forms
    )


def _own_form(file: AnnouncedForm) -> Form:
    kind = file.file_name.rpartition(".")[2].upper()
    return Form(file.form, form_address(file), f"{kind}, {file_size(file.size)}")


def _web_address(url: str) -> str:
    """Only web addresses become links: a source may name a file, or say anything."""
    return url if url.startswith(("https://", "http://", "/files/")) else ""


def paper_count(paper: Paper) -> str:
    """ "1 bản chính, 2 bản sao"; empty when the source gives no count."""
    parts = []
    if paper.originals:
        words = ngettext("%(count)s bản chính", "%(count)s bản chính", paper.originals)
        parts.append(words % {"count": paper.originals})
    if paper.copies:
        words = ngettext("%(count)s bản sao", "%(count)s bản sao", paper.copies)
        parts.append(words % {"count": paper.copies})
    return ", ".join(parts)


def _step_group(case: StepCase) -> StepGroup:
    return StepGroup(
        case.case, tuple(StepRow(step.title, prose_html(step.text)) for step in case.steps)
    )
