"""What decisions, places, gaps, deadlines and refusals answer, as types (see shapes)."""

from datetime import date
from typing import Literal

from django.utils.translation import gettext_noop as _

from catalog.enums import AgencyKind, GovernmentLevel, LifeEventGroup
from publication.api.schema.shapes import Address, Code, NamedPlace, Shape, SignedOn, told
from publication.enums import DayUnit, DeadlineAnchor, ItemEffect


class AnsweredDecision(Shape):
    number: str = told(_("Số, ký hiệu của quyết định."))
    signed_on: SignedOn
    issuer: str = told(_("Cơ quan ban hành."))


class DecisionItem(Shape):
    code: Code
    name: str = told(_("Tên thủ tục như đã công bố."))
    effect: str = told(_("Quyết định làm gì với thủ tục này."), examples=["amended"])
    part: str = told(_("Phần của phụ lục."))
    ordinal: int | None = told(_("Số thứ tự trong phụ lục."))
    change_note: str = told(_("Nội dung thay đổi so với bản trước."))
    successors: list[str] = told(_("Mã các thủ tục thay thế thủ tục đã bãi bỏ."))
    answers: AnsweredDecision | None = told(_("Quyết định của bộ mà dòng này thực hiện."))


class Decision(Shape):
    slug: str = told(_("Tên trong địa chỉ, dùng để lọc."))
    number: str = told(_("Số, ký hiệu của quyết định."))
    title: str = told(_("Trích yếu."))
    issuer: str = told(_("Cơ quan ban hành."))
    signed_on: date = told(_("Ngày ký."))
    signed_by: str = told(_("Người ký."))
    effective_on: date = told(_("Ngày có hiệu lực."))
    status: Literal["issued", "withdrawn"] = told(_("Đã ban hành, hoặc đã bị thu hồi."))
    withdrawn_on: date | None = told(_("Ngày thu hồi."))
    withdrawal_basis: str = told(_("Căn cứ thu hồi."))
    lead_agency: NamedPlace | None = told(_("Cơ quan trình."))
    corrects: str | None = told(_("Tên trong địa chỉ của quyết định được đính chính."))
    procedures: int = told(_("Số thủ tục."))
    url: Address
    items: list[DecisionItem] = told(
        _("Các dòng; trong danh sách chỉ có khi hỏi expand=items."), default=[]
    )


class LegalDocument(Shape):
    number: str = told(_("Số, ký hiệu của văn bản."))
    title: str = told(_("Tên văn bản."))
    issued_on: date | None = told(_("Ngày ban hành."))
    effective_on: date | None = told(_("Ngày có hiệu lực."))


class AnsweredBy(Shape):
    slug: str = told(_("Tên trong địa chỉ, dùng để lọc."))
    number: str = told(_("Số, ký hiệu của quyết định."))
    signed_on: SignedOn
    url: Address


class MinistryItem(Shape):
    code: Code
    name: str = told(_("Tên thủ tục như đã công bố."))
    effect: ItemEffect = told(_("Quyết định làm gì với thủ tục này."))
    levels: list[GovernmentLevel] = told(_("Các cấp thực hiện."))
    replaces: list[str] = told(_("Mã các thủ tục bị thay thế."))
    answered_by: list[AnsweredBy] = told(_("Quyết định công khai của tỉnh đã thực hiện."))


class MinistryDecision(Shape):
    id: int = told(_("Mã số trong cổng."))
    number: str = told(_("Số, ký hiệu của quyết định."))
    title: str = told(_("Trích yếu."))
    issuer: NamedPlace = told(_("Bộ, cơ quan ban hành."))
    signed_on: date | None = told(_("Ngày ký; null khi không rõ."))
    shortened_procedure: bool = told(_("Ban hành theo trình tự rút gọn."))
    legal_documents: list[LegalDocument] = told(_("Văn bản quy định thủ tục."))
    items: list[MinistryItem] = told(
        _("Các dòng; trong danh sách chỉ có khi hỏi expand=items."), default=[]
    )


class AgencyCode(Shape):
    scheme: str = told(_("Bảng mã."))
    code: str = told(_("Mã trong bảng."))
    valid_from: date | None = told(_("Ngày bắt đầu."))
    valid_to: date | None = told(_("Ngày kết thúc."))


class Agency(Shape):
    slug: str = told(_("Tên trong địa chỉ, dùng để lọc."))
    name: str = told(_("Tên cơ quan."))
    short_name: str = told(_("Tên viết tắt."))
    kind: AgencyKind = told(_("Loại cơ quan."))
    level: GovernmentLevel = told(_("Cấp của cơ quan."))
    parent: NamedPlace | None = told(_("Cơ quan cấp trên."))
    valid_from: date | None = told(_("Ngày bắt đầu."))
    valid_to: date | None = told(_("Ngày kết thúc."))
    successors: list[NamedPlace] = told(_("Cơ quan kế thừa."))
    codes: list[AgencyCode] = told(_("Mã của cơ quan trong các bảng mã."))
    address: str = told(_("Địa chỉ."))
    phone: str = told(_("Điện thoại."))
    procedures: int = told(_("Số thủ tục đang công khai."))
    url: Address


class ProcedureField(Shape):
    slug: str = told(_("Tên trong địa chỉ, dùng để lọc."))
    name: str = told(_("Tên lĩnh vực."))
    code: str = told(_("Mã lĩnh vực."))
    procedures: int = told(_("Số thủ tục đang công khai."))
    url: Address


class LifeEvent(Shape):
    slug: str = told(_("Tên trong địa chỉ, dùng để lọc."))
    name: str = told(_("Tên sự kiện."))
    group: LifeEventGroup = told(_("Nhóm sự kiện."))
    position: int = told(_("Thứ tự trong nhóm."))
    procedures: int = told(_("Số thủ tục đang công khai."))
    url: Address


class GapStates(Shape):
    at_risk: int = told(_("Chưa công bố, còn hạn."))
    due: int = told(_("Chưa công bố, đến hạn."))
    overdue: int = told(_("Chưa công bố, quá hạn."))
    unknown: int = told(_("Chưa công bố, không rõ hạn."))
    answered_on_time: int = told(_("Đã công bố đúng hạn."))
    answered_late: int = told(_("Đã công bố muộn."))
    answered: int = told(_("Đã công bố, không rõ hạn."))
    not_applicable: int = told(_("Không áp dụng tại tỉnh."))


class Gaps(Shape):
    on: date = told(_("Ngày tính."))
    total: int = told(_("Tổng số."))
    states: GapStates = told(_("Số thủ tục theo từng tình trạng."))


class NamedDay(Shape):
    day: date = told(_("Ngày."))
    name: str = told(_("Tên ngày nghỉ; rỗng khi là ngày cuối tuần thường."))


class DeadlineAnswer(Shape):
    rule: str = told(_("Mã quy tắc."))
    label: str = told(_("Tên quy tắc."))
    amount: int = told(_("Số ngày."))
    unit: DayUnit = told(_("Đơn vị đã tính."))
    anchor: DeadlineAnchor = told(_("Tính từ mốc nào."))
    effective_on: date | None = told(_("Ngày hiệu lực đã cho."), default=None)
    signed_on: date | None = told(_("Ngày ký đã cho."), default=None)
    received_on: date | None = told(_("Ngày nhận đã cho."), default=None)
    due_on: date = told(_("Ngày cuối cùng còn đúng hạn."))
    citation: str = told(_("Điều khoản làm căn cứ."))
    reasons: list[str] = told(_("Lý do, theo thứ tự tính."))
    skipped: list[NamedDay] = told(_("Ngày nghỉ đã bỏ qua."))
    added: list[NamedDay] = told(_("Ngày cuối tuần phải làm việc."))
    unconfirmed_years: list[int] = told(_("Năm chưa ai xác nhận ngày nghỉ: hạn còn có thể đổi."))


class Health(Shape):
    database: str = told(_("Cơ sở dữ liệu: ok hoặc down."))
    broker: str = told(_("Hàng đợi: ok hoặc down."))
    jobs: str = told(_("Chương trình nền: ok, degraded hoặc unknown."))
    silent: list[str] = told(_("Chương trình nền không còn báo."))


class ParameterError(Shape):
    parameter: str = told(_("Tham số sai."))
    problem: str = told(_("Sai ở đâu, viết cho người đọc."))
    allowed: list[str] | None = told(_("Những giá trị được nhận."), default=None)


class ProblemDocument(Shape):
    type: str = told(_("Luôn là about:blank."))
    title: str = told(_("Tên lỗi, viết cho người đọc."))
    status: int = told(_("Mã trạng thái HTTP."))
    detail: str = told(_("Giải thích, viết cho người đọc."))
    errors: list[ParameterError] | None = told(_("Mọi tham số sai."), default=None)
