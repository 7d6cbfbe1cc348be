"""The content document: the typed text of a procedure.

One schema for import, admin form, completeness, difference, digest, page and API. It holds the
components of Decree 63/2010/NĐ-CP art. 8.2; the "when applicable" ones (forms, results,
conditions, fees) say *has*, *declared none* or *unknown*, because only the last is a defect.
The shape follows the national data package: steps and papers by case, channel → time options →
fees. Amounts and times are decimals written as strings; units are words.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    model_validator,
)

from catalog.canonical import digest
from catalog.vietnamese import clean_line, clean_text


class Presence(StrEnum):
    """Whether a "when applicable" part exists (art. 8.2 h)."""

    HAS = "has"
    DECLARED_NONE = "declared_none"
    UNKNOWN = "unknown"


class Channel(StrEnum):
    """KENH of the national package: 1, 2, 3."""

    DIRECT = "direct"
    ONLINE = "online"
    POSTAL = "postal"


class TimeUnit(StrEnum):
    """DONVITINH. A day and a working day are different units and never converted."""

    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    YEAR = "year"


class FeeKind(StrEnum):
    """Phí and lệ phí are two notions of law (Law 97/2015/QH13); some sources do not tell."""

    FEE = "fee"
    CHARGE = "charge"
    UNSPECIFIED = "unspecified"


class FeeState(StrEnum):
    FREE = "free"
    NOT_REGULATED = "not_regulated"
    AMOUNT = "amount"
    FORMULA = "formula"
    UNKNOWN = "unknown"


class Part(StrEnum):
    """The parts of a document, as completeness, recovery reports and differences name them."""

    STEPS = "steps"
    FILING_METHODS = "filing_methods"
    PROCESSING_TIME = "processing_time"
    FEES = "fees"
    PAPERS = "papers"
    FORMS = "forms"
    RESULTS = "results"
    CONDITIONS = "conditions"
    LEGAL_BASES = "legal_bases"


def _plain(amount: Decimal) -> str:
    text = format(amount.normalize(), "f")
    return text if text != "-0" else "0"


Line = Annotated[str, BeforeValidator(lambda v: clean_line(v) if isinstance(v, str) else v)]
Prose = Annotated[str, BeforeValidator(lambda v: clean_text(v) if isinstance(v, str) else v)]
Amount = Annotated[Decimal, Field(ge=0, max_digits=18), PlainSerializer(_plain, return_type=str)]


def _real_day(text: str) -> str:
    try:
        return text and date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ValueError(
            f"“{text}” không phải ngày có thật; ghi năm-tháng-ngày, ví dụ 2024-09-30."
        ) from error


IsoDay = Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$"), AfterValidator(_real_day)]


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=200_000)


class Step(_Document):
    title: Line = ""
    text: Prose


class StepCase(_Document):
    """The steps of one case (trường hợp); the only case has no name."""

    case: Line = ""
    steps: tuple[Step, ...] = ()


class Duration(_Document):
    amount: Amount
    unit: TimeUnit


class Fee(_Document):
    """One fee or charge; `note` says per what, `basis` which document sets it."""

    kind: FeeKind = FeeKind.UNSPECIFIED
    state: FeeState
    amount: Amount | None = None
    currency: Literal["VND", "USD", "EUR"] = "VND"
    note: Prose = ""
    basis: Line = ""
    valid_from: IsoDay = ""
    valid_to: IsoDay = ""

    @model_validator(mode="after")
    def _amount_belongs_to_its_state(self) -> "Fee":
        if (self.state is FeeState.AMOUNT) != (self.amount is not None):
            raise ValueError("Số tiền phải có khi và chỉ khi trạng thái là “có mức thu”.")
        if self.state is FeeState.FORMULA and not self.note:
            raise ValueError("Mức thu theo công thức phải ghi rõ công thức.")
        return self


class TimeOption(_Document):
    """One time limit on a channel and what it costs.

    `statutory` is the limit of the law, `local` the shorter one the province promises;
    `note` is the announced wording, `label` tells several options of one channel apart.
    """

    label: Line = ""
    statutory: Duration | None = None
    local: Duration | None = None
    fees: tuple[Fee, ...] = ()
    note: Prose = ""


class FilingMethod(_Document):
    channel: Channel
    options: tuple[TimeOption, ...] = ()


class FormReference(_Document):
    name: Line
    url: Line = ""
    sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""


class Paper(_Document):
    """One paper of the dossier; None means that the source gives no count."""

    name: Prose
    forms: tuple[FormReference, ...] = ()
    originals: Annotated[int, Field(ge=0, le=99)] | None = None
    copies: Annotated[int, Field(ge=0, le=99)] | None = None


class PaperCase(_Document):
    case: Prose = ""
    papers: tuple[Paper, ...] = ()


class Result(_Document):
    name: Prose
    code: Line = ""


class Results(_Document):
    presence: Presence = Presence.UNKNOWN
    items: tuple[Result, ...] = ()

    @model_validator(mode="after")
    def _items_when_present(self) -> "Results":
        if (self.presence is Presence.HAS) != bool(self.items):
            raise ValueError("Kết quả: chọn “có” thì phải ghi kết quả, và ngược lại.")
        return self


class Conditions(_Document):
    presence: Presence = Presence.UNKNOWN
    text: Prose = ""

    @model_validator(mode="after")
    def _text_when_present(self) -> "Conditions":
        if (self.presence is Presence.HAS) != bool(self.text):
            raise ValueError("Yêu cầu, điều kiện: chọn “có” thì phải ghi nội dung, và ngược lại.")
        return self


class LegalBasis(_Document):
    number: Line = ""
    title: Line = ""
    issued_on: IsoDay = ""
    issuer: Line = ""

    @model_validator(mode="after")
    def _named_somehow(self) -> "LegalBasis":
        if not (self.number or self.title):
            raise ValueError("Căn cứ pháp lý phải có số ký hiệu hoặc tên văn bản.")
        return self


class Content(_Document):
    """The whole text of a procedure.

    `as_written` keeps, for a part whose rows could not all be recovered from a source, the
    source's own words: pages show them instead of leaving something out.
    """

    schema_version: Literal[1] = 1
    summary: Prose = ""
    keywords: tuple[Line, ...] = ()
    steps: tuple[StepCase, ...] = ()
    filing_methods: tuple[FilingMethod, ...] = ()
    reception_address: Prose = ""
    paper_cases: tuple[PaperCase, ...] = ()
    dossier_sets: Annotated[int, Field(ge=0, le=99)] | None = None
    forms: Presence = Presence.UNKNOWN
    results: Results = Results()
    conditions: Conditions = Conditions()
    legal_bases: tuple[LegalBasis, ...] = ()
    as_written: dict[Part, Prose] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _forms_agree_with_papers(self) -> "Content":
        named = any(paper.forms for case in self.paper_cases for paper in case.papers)
        if named and self.forms is not Presence.HAS:
            raise ValueError("Có giấy tờ kèm mẫu đơn thì phần mẫu đơn phải là “có”.")
        return self

    def to_json(self) -> dict[str, Any]:
        """JSON-ready data with every key, the form that is stored and digested."""
        return self.model_dump(mode="json")

    @property
    def digest(self) -> str:
        return digest(self.to_json())


def read_content(data: dict[str, Any]) -> Content:
    """A stored document as a typed one; {} is the empty one. Raises pydantic.ValidationError."""
    return Content.model_validate(data)


def named_forms(content: Content) -> list[FormReference]:
    """Every form that papers name, each once, in the order of the papers."""
    named = (form for case in content.paper_cases for paper in case.papers for form in paper.forms)
    by_name: dict[str, FormReference] = {}
    for form in named:
        if form.name and (form.name not in by_name or not by_name[form.name].url):
            by_name[form.name] = form
    return list(by_name.values())
