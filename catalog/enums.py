"""The words the register chooses from. Values are stable: API, exports and texts carry them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProcedureScope(TextChoices):
    """Whom a procedure serves (Decree 63/2010/NĐ-CP art. 1 leaves out the State's inner life)."""

    CITIZEN = "citizen", _("Người dân, doanh nghiệp")
    INTERNAL = "internal", _("Nội bộ cơ quan nhà nước")


class ProcedureKind(TextChoices):
    """What the client calls a procedure; derived from scope and online facts, never entered."""

    INTERNAL = "internal", _("Thủ tục nội bộ")
    ONLINE_ELIGIBLE = "online_eligible", _("Đủ điều kiện trực tuyến")
    REGULAR = "regular", _("Thủ tục thông thường")


class OnlineLevel(TextChoices):
    """Decree 42/2022/NĐ-CP, replaced from 2026-07-01 by Decree 224/2026/NĐ-CP art. 14."""

    NONE = "none", _("Chưa cung cấp trực tuyến")
    PARTIAL = "partial", _("Trực tuyến một phần")
    FULL = "full", _("Trực tuyến toàn trình")


class PartialOnlineReason(TextChoices):
    """Why a procedure is not online from end to end (Decree 224/2026/NĐ-CP art. 14)."""

    IN_PERSON = "in_person", _("Phải có mặt trực tiếp")
    ON_SITE_CHECK = "on_site_check", _("Phải kiểm tra thực địa")
    TECHNICAL_FAULT = "technical_fault", _("Sự cố kỹ thuật")
    OTHER_TECHNICAL = "other_technical", _("Lý do kỹ thuật khác")


class GovernmentLevel(TextChoices):
    """Cấp thực hiện. Districts ended on 2025-06-30; their procedures stay readable."""

    MINISTRY = "ministry", _("Cấp bộ")
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Cấp xã")
    OTHER = "other", _("Cơ quan khác")


class Audience(TextChoices):
    """Đối tượng thực hiện, as the national database writes them."""

    CITIZEN = "citizen", _("Công dân Việt Nam")
    OVERSEAS_VIETNAMESE = "overseas_vietnamese", _("Người Việt Nam định cư ở nước ngoài")
    FOREIGNER = "foreigner", _("Người nước ngoài")
    OFFICIAL = "official", _("Cán bộ, công chức, viên chức")
    ENTERPRISE = "enterprise", _("Doanh nghiệp")
    FOREIGN_INVESTED_ENTERPRISE = (
        "foreign_invested_enterprise",
        _("Doanh nghiệp có vốn đầu tư nước ngoài"),
    )
    ORGANISATION = "organisation", _("Tổ chức (không bao gồm doanh nghiệp, HTX)")
    FOREIGN_ORGANISATION = "foreign_organisation", _("Tổ chức nước ngoài")
    COOPERATIVE = "cooperative", _("Hợp tác xã")
    PARTY_MEMBER = "party_member", _("Đảng viên")
    PARTY_ORGANISATION = "party_organisation", _("Tổ chức Đảng")


class LocalRegulation(TextChoices):
    """LOAITTHC: whether a law leaves the province something to regulate."""

    NOT_ASSIGNED = "not_assigned", _("Không được luật giao cho địa phương quy định")
    ASSIGNED = "assigned", _("Được luật giao quy định chi tiết")
    OTHER = "other", _("Loại khác")
    UNKNOWN = "unknown", _("Chưa rõ")


class AgencyKind(TextChoices):
    MINISTRY = "ministry", _("Bộ, cơ quan ngang bộ")
    CENTRAL_UNIT = "central_unit", _("Đơn vị của trung ương")
    PROVINCE = "province", _("Ủy ban nhân dân tỉnh")
    DEPARTMENT = "department", _("Sở, ban, ngành")
    SERVICE_CENTRE = "service_centre", _("Trung tâm Phục vụ hành chính công")
    DISTRICT = "district", _("Ủy ban nhân dân cấp huyện")
    COMMUNE = "commune", _("Ủy ban nhân dân cấp xã")
    OTHER = "other", _("Cơ quan khác")


class CodeScheme(TextChoices):
    """Where an agency's code comes from; one agency carries several, for different periods."""

    QCVN_102 = "qcvn_102", "QCVN 102:2016/BTTTT"
    DECISION_20_2020 = "decision_20_2020", "QĐ 20/2020/QĐ-TTg"
    GSO = "gso", _("Tổng cục Thống kê")


class LifeEventGroup(TextChoices):
    CITIZEN = "citizen", _("Công dân")
    BUSINESS = "business", _("Doanh nghiệp")


class AgencyRole(TextChoices):
    """Three roles that people confuse: taking in at a place does not make an agency competent."""

    RECEPTION = "reception", _("Nơi tiếp nhận")
    HANDLING = "handling", _("Cơ quan giải quyết")
    COMPETENT = "competent", _("Cơ quan có thẩm quyền")
    COORDINATING = "coordinating", _("Cơ quan phối hợp")
    AUTHORISED = "authorised", _("Cơ quan được ủy quyền")


class RecordSource(TextChoices):
    """Where an imported national text came from."""

    SCRAPED_REGISTER = "scraped_register", _("Cổng Dịch vụ công quốc gia (bản thu thập)")
    EXPORTED_TABLES = "exported_tables", _("Cổng Dịch vụ công quốc gia (bản xuất có bảng)")
    NATIONAL_API = "national_api", _("Bản ghi JSON quốc gia")
    NATIONAL_PACKAGE = "national_package", _("Gói dữ liệu quốc gia")
    NATIONAL_LIST = "national_list", _("Danh mục quốc gia")
    SPREADSHEET = "spreadsheet", _("Bảng Excel của cổng")


class Role(TextChoices):
    """What a member of staff is to the announcing; the value is the name of the Django group."""

    OFFICER = "officer", _("Cán bộ sở, ngành")
    HEAD = "head", _("Lãnh đạo sở, ngành")
    CONTROLLER = "controller", _("Kiểm soát thủ tục hành chính, Văn phòng UBND tỉnh")
    ADMINISTRATOR = "administrator", _("Quản trị hệ thống")
