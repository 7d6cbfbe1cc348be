"""What lists and details of procedures answer, as types: a reader's contract, held by tests.

Views write JSON text, so nothing here runs when a request is answered. Names are compared with
what the views say (tests/publication/api/test_api_schema.py). Days are ISO 8601.
"""

from datetime import date, datetime
from typing import Annotated, Any

from django.utils.translation import gettext_noop as _
from pydantic import BaseModel, ConfigDict, Field

from catalog.enums import Audience, GovernmentLevel, OnlineLevel, ProcedureKind
from publication.announced_text import AnnouncedText
from publication.enums import ListingState

Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Code = Annotated[str, Field(description=_("Mã thủ tục, như 1.004873."), examples=["1.004873"])]
Address = Annotated[str, Field(description=_("Địa chỉ trang công khai; rỗng khi không có trang."))]
# The day of a decision that was announced without one is an empty text.
SignedOn = Annotated[str, Field(description=_("Ngày ký, YYYY-MM-DD; rỗng khi không rõ."))]


def told(words: str, **facts: Any) -> Any:
    return Field(description=words, **facts)


class Shape(BaseModel):
    """Closed here, so that tests find what is not told; open in the document (docs/api.md)."""

    model_config = ConfigDict(extra="forbid")


class NamedPlace(Shape):
    name: str = told(_("Tên như đã công bố."))
    slug: str = told(_("Tên trong địa chỉ, dùng để lọc."))


class DecisionReference(Shape):
    number: str = told(_("Số, ký hiệu của quyết định."))
    signed_on: SignedOn
    url: Address


class ProcedureRow(Shape):
    code: Code
    name: str = told(_("Tên thủ tục như đã công bố."))
    kind: ProcedureKind = told(_("Loại thủ tục."))
    online_level: OnlineLevel = told(_("Mức độ cung cấp trực tuyến."))
    levels: list[GovernmentLevel] = told(_("Các cấp thực hiện."))
    audiences: list[Audience] = told(_("Đối tượng thực hiện."))
    field: NamedPlace = told(_("Lĩnh vực."))
    lead_agency: NamedPlace | None = told(_("Cơ quan chủ trì; null khi không nêu."))
    state: ListingState = told(
        _("Đang công khai, hoặc đã bãi bỏ mà vẫn liệt kê để người đọc biết.")
    )
    valid_from: date = told(_("Ngày đầu của bản này."))
    decision: DecisionReference = told(_("Quyết định làm căn cứ."))
    digest: Digest = told(_("SHA-256 của JSON chuẩn tắc của văn bản đã công bố."))
    url: Address


class ListedProcedure(ProcedureRow):
    text: AnnouncedText | None = told(
        _("Văn bản đã công bố; chỉ có khi hỏi expand=text."), default=None
    )


class Piece(Shape):
    text: str = told(_("Một đoạn chữ."))
    marked: bool = told(_("Đoạn này khớp câu hỏi."))


class FoundProcedure(ProcedureRow):
    passage: list[Piece] = told(_("Đoạn văn trả lời câu hỏi, chia thành từng mảnh."))


class FormLink(Shape):
    name: str = told(_("Tên mẫu đơn, tờ khai."))
    file_name: str = told(_("Tên tệp."))
    url: str = told(_("Địa chỉ tải về; luôn là đúng những byte này."))
    size: int = told(_("Số byte."))
    media_type: str = told(_("Kiểu nội dung của tệp."))
    sha256: Digest = told(_("SHA-256 của tệp."))


class Version(Shape):
    valid_from: date = told(_("Ngày đầu của bản này."))
    valid_to: date | None = told(_("Ngày cuối; null khi bản còn hiệu lực đến khi có bản mới."))
    state: ListingState = told(_("Đang công khai, hoặc đã bãi bỏ."))
    decision: DecisionReference = told(_("Quyết định làm căn cứ."))
    change_note: str = told(_("Nội dung thay đổi so với bản trước."))
    digest: Digest = told(_("SHA-256 của JSON chuẩn tắc của văn bản đã công bố."))
    url: Address


class ProcedureDetail(ProcedureRow):
    change_note: str = told(_("Nội dung thay đổi so với bản trước."))
    successors: list[str] = told(_("Mã các thủ tục thay thế thủ tục đã bãi bỏ."))
    forms: list[FormLink] = told(_("Tệp mẫu đơn, tờ khai để tải về."))
    text: AnnouncedText = told(_("Văn bản đã công bố, đúng như khi tính mã băm."))
    versions: list[Version] = told(_("Mọi bản đã từng công khai, mới nhất trước."))


class Span(Shape):
    text: str = told(_("Một đoạn chữ."))
    changed: bool = told(_("Đoạn này khác bên kia."))


class DifferenceRow(Shape):
    before: list[Span] | None = told(_("Đoạn ở bản cũ; null khi bản cũ không có."))
    after: list[Span] | None = told(_("Đoạn ở bản mới; null khi bản mới không có."))


class DifferencePart(Shape):
    part: str = told(_("Phần của văn bản, bằng từ tiếng Anh cố định."), examples=["fees"])
    title: str = told(_("Tên phần, theo ngôn ngữ của người hỏi."))
    rows: list[DifferenceRow] = told(_("Những đoạn có thay đổi."))


class Difference(Shape):
    code: Code
    older: Version = told(_("Bản cũ."), alias="from")
    newer: Version = told(_("Bản mới."), alias="to")
    parts: list[DifferencePart] = told(_("Những phần khác nhau; rỗng khi hai bản giống nhau."))


class ChangedBy(Shape):
    number: str = told(_("Số, ký hiệu của quyết định."))
    signed_on: SignedOn
    issuer: str = told(_("Cơ quan ban hành."))


class ChangePayload(Shape):
    listing: int = told(_("Số của bản."))
    name: str = told(_("Tên thủ tục như đã công bố."))
    state: ListingState = told(_("Đang công khai, hoặc đã bãi bỏ."))
    valid_from: date = told(_("Ngày đầu của bản này."))
    digest: Digest = told(_("SHA-256 của JSON chuẩn tắc của văn bản đã công bố."))
    successors: list[str] = told(_("Mã các thủ tục thay thế thủ tục đã bãi bỏ."))
    decision: ChangedBy = told(_("Quyết định làm căn cứ."))


class Change(Shape):
    sequence: int = told(_("Số thứ tự của thay đổi: 1, 2, 3…, không khuyết số nào."))
    # Not an enum: a new kind is no breaking change, and generated clients refuse unknown values.
    kind: str = told(_("Loại thay đổi; loại mới có thể được thêm."), examples=["listing_published"])
    code: Code
    occurred_at: datetime = told(_("Thời điểm, giờ UTC."))
    payload: ChangePayload = told(_("Điều đã được cho biết."))
    previous: Digest = told(_("Mã băm của thay đổi liền trước."))
    digest: Digest = told(_("Mã băm của thay đổi này, tính cả mã băm liền trước."))
    procedure: ProcedureRow | None = told(
        _("Dòng như trong danh sách; null khi bản ấy không còn công khai.")
    )


class WebhookData(Shape):
    after: int = told(_("Số của thay đổi liền trước."), default=0)
    through: int = told(_("Số của thay đổi cuối."), default=0)
    results: list[Change] = told(_("Các thay đổi liền nhau, theo thứ tự."), default=[])


class WebhookMessage(Shape):
    type: str = told(_("changes; ping là gửi thử, không mang thay đổi nào."), examples=["changes"])
    timestamp: datetime = told(_("Lúc lập lượt gửi, giờ UTC."))
    data: WebhookData = told(_("Rỗng khi gửi thử."))


class DailyHead(Shape):
    day: date = told(_("Ngày."))
    sequence: int = told(_("Số của thay đổi cuối cùng trong ngày."))
    digest: Digest = told(_("Mã băm của thay đổi ấy."))
    final: bool = told(_("Ngày đã qua, nên số này không đổi nữa."))
