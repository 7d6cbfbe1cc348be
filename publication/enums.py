"""The words of announcing and publicising. Values are stable: API, events and files carry them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DecisionStatus(TextChoices):
    """Where an announcement decision stands; moves are in lifecycle.py.

    In force and lapsed are no statuses: they follow from days (lifecycle.standing).
    """

    DRAFT = "draft", _("Dự thảo")
    SUBMITTED = "submitted", _("Đã trình")
    RETURNED = "returned", _("Bị trả lại")
    APPROVED = "approved", _("Đã duyệt")
    ISSUED = "issued", _("Đã ban hành")
    WITHDRAWN = "withdrawn", _("Đã thu hồi")


class Standing(TextChoices):
    """Where a decision stands on a day, days counted in."""

    DRAFT = "draft", _("Dự thảo")
    SUBMITTED = "submitted", _("Đã trình")
    RETURNED = "returned", _("Bị trả lại")
    APPROVED = "approved", _("Đã duyệt")
    ISSUED = "issued", _("Đã ban hành, chưa hiệu lực")
    IN_FORCE = "in_force", _("Đang có hiệu lực")
    LAPSED = "lapsed", _("Hết hiệu lực")
    WITHDRAWN = "withdrawn", _("Đã thu hồi")


class DecisionActKind(TextChoices):
    """What people do with a decision; the log of acts carries these words."""

    ENTERED = "entered", _("Nhập")
    EDITED = "edited", _("Sửa")
    READ = "read", _("Xem")
    SUBMITTED = "submitted", _("Trình")
    RECALLED = "recalled", _("Rút lại")
    RETURNED = "returned", _("Trả lại")
    APPROVED = "approved", _("Duyệt")
    ISSUED = "issued", _("Ban hành")
    WITHDRAWN = "withdrawn", _("Thu hồi")


class ItemEffect(TextChoices):
    """What a decision does to a procedure (Decree 63/2010/NĐ-CP art. 14)."""

    NEW = "new", _("Mới ban hành")
    AMENDED = "amended", _("Sửa đổi, bổ sung")
    REPLACED = "replaced", _("Thay thế")
    ABOLISHED = "abolished", _("Bãi bỏ")


class ListingState(TextChoices):
    """A listing either offers a text or tells that the procedure has ended."""

    OFFERED = "offered", _("Đang công khai")
    ABOLISHED = "abolished", _("Đã bãi bỏ")


class ListingOrigin(TextChoices):
    """What brought a listing about."""

    ITEM = "item", _("Dòng của quyết định")
    REPLACEMENT = "replacement", _("Kết thúc vì được thay thế")
    WITHDRAWAL = "withdrawal", _("Trở lại vì một quyết định bị thu hồi")


class EventKind(TextChoices):
    """What changed for the public."""

    LISTING_PUBLISHED = "listing_published", _("Công khai")
    LISTING_SUPERSEDED = "listing_superseded", _("Thay bằng bản mới")
    LISTING_ABOLISHED = "listing_abolished", _("Bãi bỏ")
    LISTING_SET_ASIDE = "listing_set_aside", _("Gác lại")
    LISTING_CORRECTED = "listing_corrected", _("Đính chính")


# The events after which another listing is what the public sees.
BEGINNINGS = frozenset(
    {
        EventKind.LISTING_PUBLISHED,
        EventKind.LISTING_ABOLISHED,
        EventKind.LISTING_CORRECTED,
    }
)


class ReleaseState(TextChoices):
    """A release of the public site: built beside the last, made public by one switch."""

    BUILDING = "building", _("Đang dựng")
    PUBLIC = "public", _("Đang phục vụ")
    RETIRED = "retired", _("Đã thay")
    FAILED = "failed", _("Hỏng")


class DayUnit(TextChoices):
    """How the days of a deadline are counted; the law says "ngày" or "ngày làm việc"."""

    CALENDAR = "calendar", _("Ngày (kể cả ngày nghỉ)")
    WORKING = "working", _("Ngày làm việc")


class DeadlineAnchor(TextChoices):
    """The day a deadline is counted from, and in which direction."""

    BEFORE_EFFECT = "before_effect", _("Trước ngày văn bản có hiệu lực")
    AFTER_SIGNING = "after_signing", _("Sau ngày ký")
    AFTER_RECEIPT = "after_receipt", _("Sau ngày nhận")


class GapClosure(TextChoices):
    """Why a gap is closed."""

    ANSWERED = "answered", _("Đã công bố")
    NOT_APPLICABLE = "not_applicable", _("Không áp dụng tại tỉnh")
    NO_LONGER_CONCERNED = "no_longer_concerned", _("Không còn liên quan")


class GapStateKind(TextChoices):
    """How a gap stands on a day; follows from its days (gap_states.py), stored nowhere."""

    AT_RISK = "at_risk", _("Chưa công bố, còn hạn")
    DUE = "due", _("Đến hạn")
    OVERDUE = "overdue", _("Quá hạn")
    UNKNOWN = "unknown", _("Chưa công bố, chưa rõ hạn")
    ANSWERED_ON_TIME = "answered_on_time", _("Đã công bố đúng hạn")
    ANSWERED_LATE = "answered_late", _("Đã công bố muộn")
    ANSWERED = "answered", _("Đã công bố, chưa rõ hạn")
    NOT_APPLICABLE = "not_applicable", _("Không áp dụng tại tỉnh")
    NO_LONGER_CONCERNED = "no_longer_concerned", _("Không còn liên quan")


class AlarmKind(TextChoices):
    """What a refresh of the national register showed without a decision that explains it."""

    NEW = "new", _("Mã mới")
    RENAMED = "renamed", _("Đổi tên")
    CHANGED = "changed", _("Đổi nội dung")
    VANISHED = "vanished", _("Không còn trong danh mục")


class ReportPart(TextChoices):
    """Which part of a public text somebody finds wrong; the parts of the page, in its order."""

    FILING = "filing", _("Cách nộp, nơi nộp")
    TIME = "time", _("Thời hạn giải quyết")
    FEES = "fees", _("Phí, lệ phí")
    PAPERS = "papers", _("Giấy tờ, mẫu đơn")
    STEPS = "steps", _("Các bước thực hiện")
    CONDITIONS = "conditions", _("Điều kiện")
    RESULT = "result", _("Kết quả")
    AGENCY = "agency", _("Cơ quan thực hiện")
    BASES = "bases", _("Căn cứ pháp lý")
    PRACTICE = "practice", _("Nơi tiếp nhận làm khác nội dung công khai")
    PAGE = "page", _("Lỗi hiển thị của trang")
    OTHER = "other", _("Phần khác, tôi không chắc")


class ReportState(TextChoices):
    """Where a report stands."""

    SENT = "sent", _("Đã gửi, chờ tiếp nhận")
    RECEIVED = "received", _("Đã tiếp nhận, đang xử lý")
    ASKED = "asked", _("Chờ người gửi bổ sung")
    SUPPLIED = "supplied", _("Người gửi đã bổ sung, đang xử lý")
    ANSWERED = "answered", _("Đã trả lời")
    REJECTED = "rejected", _("Từ chối xử lý")


class ReportActKind(TextChoices):
    """What is done with a report, by staff and by its sender; the log carries these words."""

    RECEIVED = "received", _("Tiếp nhận")
    FORWARDED = "forwarded", _("Chuyển")
    ASKED = "asked", _("Đề nghị bổ sung")
    SUPPLIED = "supplied", _("Bổ sung")
    ANSWERED = "answered", _("Trả lời")
    REJECTED = "rejected", _("Từ chối")


class SubscriptionKind(TextChoices):
    """What one can be mailed about. Fields and agencies are shelves of that name."""

    FIELD = "field", _("Lĩnh vực")
    AGENCY = "agency", _("Cơ quan")
    PROCEDURE = "procedure", _("Thủ tục")


class MailingState(TextChoices):
    """What became of a mail of news."""

    PLANNED = "planned", _("Chờ gửi")
    SENDING = "sending", _("Đang gửi")
    SENT = "sent", _("Đã gửi")
    REFUSED = "refused", _("Máy chủ thư từ chối")
    UNCLEAR = "unclear", _("Không rõ đã gửi hay chưa")


class ApiScope(TextChoices):
    """What a key of the API is given for."""

    READ = "read", _("Đọc từng trang")
    BULK = "bulk", _("Tải toàn bộ danh sách (CSV, NDJSON)")


class WebhookState(TextChoices):
    """Whether changes are sent to a subscriber."""

    ACTIVE = "active", _("Đang hoạt động")
    PAUSED = "paused", _("Tạm ngừng")
    DISABLED = "disabled", _("Ngừng vì không gửi được")


class DeliveryState(TextChoices):
    """What became of one message to a subscriber."""

    SENDING = "sending", _("Đang chuyển")
    WAITING = "waiting", _("Chưa nhận, sẽ gửi lại")
    DELIVERED = "delivered", _("Đã nhận")
    FAILED = "failed", _("Không gửi được")
    DROPPED = "dropped", _("Bỏ, gửi lại bằng lượt khác")
