"""What every address does, takes and answers, by the name of the view behind it."""

from typing import Any

from django.utils.translation import gettext_noop as _

from catalog.enums import AgencyKind, GovernmentLevel, LifeEventGroup
from publication.api import decisions, ministry_decisions, places
from publication.api.decision_facts import DECISION_FIELDS
from publication.api.procedure import DETAIL_FIELDS
from publication.api.schema import parameters as ask
from publication.api.schema.operation import (
    CHANGES,
    DECISIONS,
    DUTIES,
    EXPORTS,
    JSON,
    PLACES,
    PORTAL,
    PROCEDURES,
    Operation,
    json_answer,
    list_answer,
    one_answer,
)
from publication.api.schema.responses import page_of, responses, shape
from publication.enums import DayUnit
from publication.exports.vocabularies import LINKED_DATA, VOCABULARIES
from publication.lifecycle import PUBLIC
from publication.rule_book import DAY_PARAMETERS

_STREAM = {"type": "string"}
_LISTED = ("Last-Modified", "Event-Sequence")
_ON = ask.day("on", _("Một ngày đến hôm nay: điều có hiệu lực khi ấy."))
_CODE = ask.within(
    "code", _("Mã thủ tục, viết theo cách nào cũng được."), {"type": "string"}, "1.004873"
)
_NUMBER = ask.query("number", _("Số, ký hiệu, viết theo cách nào cũng được."), {"type": "string"})
_SIGNED = (
    ask.day("signed_from", _("Ký từ ngày này.")),
    ask.day("signed_to", _("Ký đến hết ngày này.")),
)
_PAGING = (ask.page_size(), ask.cursor())
_VOCABULARY = ask.within(
    "vocabulary",
    _("Chuẩn dữ liệu."),
    {"type": "string", "enum": list(VOCABULARIES)},
    "cpsv-ap",
)


def _slug(words: str, example: str) -> dict[str, Any]:
    return ask.within("slug", words, {"type": "string"}, example)


def _exported(of_one: bool) -> dict[str, Any]:
    """The media types of all vocabularies; which one it is depends on the vocabulary."""
    kinds = {it.one_type if of_one else it.all_type for it in VOCABULARIES.values()}
    schema = {"type": "object"} if of_one else {}
    return {kind: _STREAM if kind.endswith("ndjson") else schema for kind in sorted(kinds)}


_AGENCY_FILTERS = (
    ask.word("kind", _("Loại cơ quan."), AgencyKind.values),
    ask.word("level", _("Cấp của cơ quan."), GovernmentLevel.values),
)
_WHOLE_LISTS = {"application/x-ndjson": _STREAM, "text/csv": _STREAM, "text/html": _STREAM}

OPERATIONS: dict[str, Operation] = {
    "Root": Operation(
        "list_addresses",
        PORTAL,
        _("Các địa chỉ của API"),
        json_answer(
            {"type": "object", "additionalProperties": {"type": "string"}},
            _("Tên và địa chỉ."),
            conditional=False,
        ),
    ),
    "DocumentView": Operation(
        "get_document",
        PORTAL,
        _("Tài liệu OpenAPI này"),
        json_answer({"type": "object"}, _("Tài liệu OpenAPI 3.1.")),
        (ask.word("lang", _("Ngôn ngữ; thay cho tiêu đề Accept-Language."), ("vi", "en")),),
    ),
    "ProcedureList": Operation(
        "list_procedures",
        PROCEDURES,
        _("Danh sách thủ tục, theo thứ tự chữ cái hoặc theo câu hỏi"),
        responses(
            {JSON: page_of("ListedProcedure"), **_WHOLE_LISTS},
            _("Một trang JSON, hoặc trọn danh sách: NDJSON mỗi dòng một thủ tục, CSV, HTML."),
            named=_LISTED,
        ),
        tuple(ask.procedure_list()),
    ),
    "ProcedureDetail": Operation(
        "get_procedure",
        PROCEDURES,
        _("Một thủ tục, đầy đủ"),
        one_answer("ProcedureDetail", _("Thủ tục."), named=("Last-Modified", "Content-Location")),
        (_CODE, _ON, ask.fields(DETAIL_FIELDS)),
    ),
    "VersionList": Operation(
        "list_versions",
        PROCEDURES,
        _("Mọi bản đã từng công khai của một thủ tục"),
        list_answer("Version", _("Mới nhất trước."), missing=True, named=("Last-Modified",)),
        (_CODE,),
    ),
    "VersionDetail": Operation(
        "get_version",
        PROCEDURES,
        _("Bản bắt đầu từ một ngày"),
        one_answer("ProcedureDetail", _("Thủ tục theo bản ấy."), named=("Last-Modified",)),
        (
            _CODE,
            ask.within(
                "day",
                _("Ngày đầu của bản."),
                {"type": "string", "format": "date"},
                "2024-10-03",
            ),
            ask.fields(DETAIL_FIELDS),
        ),
    ),
    "DifferenceView": Operation(
        "compare_versions",
        PROCEDURES,
        _("Hai bản của một thủ tục khác nhau ở đâu"),
        one_answer("Difference", _("Những đoạn khác nhau."), named=("Last-Modified",)),
        (
            _CODE,
            ask.day("from", _("Ngày mà bản cũ có hiệu lực; bỏ trống là bản liền trước.")),
            ask.day("to", _("Ngày mà bản mới có hiệu lực; bỏ trống là bản hiện hành.")),
        ),
    ),
    "SearchView": Operation(
        "search_procedures",
        PROCEDURES,
        _("Tìm thủ tục, kèm đoạn văn trả lời"),
        list_answer("FoundProcedure", _("Khớp nhất trước.")),
        tuple(ask.procedure_list(required_question=True)),
    ),
    "ChangeList": Operation(
        "list_changes",
        CHANGES,
        _("Mọi thay đổi sau một số"),
        list_answer("Change", _("Theo số thứ tự."), named=_LISTED),
        (
            ask.query(
                "after",
                _("Chỉ những thay đổi có số lớn hơn."),
                {"type": "integer", "minimum": 0, "maximum": 2**63 - 1, "default": 0},
            ),
            ask.page_size(),
        ),
    ),
    "DailyHeads": Operation(
        "list_daily_heads",
        CHANGES,
        _("Thay đổi cuối cùng của mỗi ngày"),
        list_answer("DailyHead", _("Cũ nhất trước.")),
        (ask.day("after", _("Chỉ những ngày sau ngày này.")), ask.page_size()),
    ),
    "DecisionList": Operation(
        "list_decisions",
        DECISIONS,
        _("Quyết định công bố của tỉnh"),
        list_answer("Decision", _("Ký sau cùng trước.")),
        (
            ask.word("status", _("Đã ban hành, hoặc đã bị thu hồi."), sorted(PUBLIC)),
            *(_NUMBER, *_SIGNED, ask.fields(DECISION_FIELDS)),
            ask.expand(decisions.EXPAND, decisions.LARGEST_PAGE_WITH_ITEMS),
            *_PAGING,
        ),
    ),
    "DecisionDetail": Operation(
        "get_decision",
        DECISIONS,
        _("Một quyết định, kèm các dòng"),
        one_answer("Decision", _("Quyết định.")),
        (
            _slug(_("Tên của quyết định trong địa chỉ."), "3218-qd-ubnd-2024"),
            ask.fields((*DECISION_FIELDS, *decisions.EXPAND)),
        ),
    ),
    "MinistryDecisionList": Operation(
        "list_ministry_decisions",
        DECISIONS,
        _("Quyết định công bố của các bộ, đã được tỉnh xác nhận"),
        list_answer("MinistryDecision", _("Ký sau cùng trước; không rõ ngày ký thì ở cuối.")),
        (
            *(_NUMBER, *_SIGNED, ask.fields(ministry_decisions.FIELDS)),
            ask.expand(ministry_decisions.EXPAND, ministry_decisions.LARGEST_PAGE_WITH_ITEMS),
            *_PAGING,
        ),
    ),
    "MinistryDecisionDetail": Operation(
        "get_ministry_decision",
        DECISIONS,
        _("Một quyết định của bộ, kèm các dòng và quyết định của tỉnh đã thực hiện"),
        one_answer("MinistryDecision", _("Quyết định của bộ.")),
        (
            ask.within("key", _("Mã số trong cổng."), {"type": "integer", "minimum": 0}, 1),
            ask.fields((*ministry_decisions.FIELDS, *ministry_decisions.EXPAND)),
        ),
    ),
    "AgencyList": Operation(
        "list_agencies",
        PLACES,
        _("Cơ quan có tên trong các bản công khai"),
        list_answer("Agency", _("Theo slug.")),
        (*_AGENCY_FILTERS, ask.fields(places.AgencyList.columns), *_PAGING),
    ),
    "AgencyDetail": Operation(
        "get_agency",
        PLACES,
        _("Một cơ quan"),
        one_answer("Agency", _("Cơ quan.")),
        (
            _slug(_("Tên của cơ quan trong địa chỉ."), "so-tu-phap"),
            ask.fields(places.AgencyList.columns),
        ),
    ),
    "FieldList": Operation(
        "list_fields",
        PLACES,
        _("Lĩnh vực có thủ tục"),
        list_answer("ProcedureField", _("Theo slug.")),
        (ask.fields(places.FieldList.columns), *_PAGING),
    ),
    "FieldDetail": Operation(
        "get_field",
        PLACES,
        _("Một lĩnh vực"),
        one_answer("ProcedureField", _("Lĩnh vực.")),
        (
            _slug(_("Tên của lĩnh vực trong địa chỉ."), "ho-tich"),
            ask.fields(places.FieldList.columns),
        ),
    ),
    "LifeEventList": Operation(
        "list_life_events",
        PLACES,
        _("Sự kiện có thủ tục"),
        list_answer("LifeEvent", _("Theo slug.")),
        (
            ask.word("group", _("Nhóm sự kiện."), LifeEventGroup.values),
            ask.fields(places.LifeEventList.columns),
            *_PAGING,
        ),
    ),
    "LifeEventDetail": Operation(
        "get_life_event",
        PLACES,
        _("Một sự kiện"),
        one_answer("LifeEvent", _("Sự kiện.")),
        (
            _slug(_("Tên của sự kiện trong địa chỉ."), "co-con-nho"),
            ask.fields(places.LifeEventList.columns),
        ),
    ),
    "GapSummary": Operation(
        "get_gaps",
        DUTIES,
        _("Tỉnh đã công bố đến đâu, bằng số"),
        json_answer(shape("Gaps"), _("Số thủ tục theo từng tình trạng.")),
    ),
    "DeadlineView": Operation(
        "get_deadline",
        DUTIES,
        _("Hạn theo một quy tắc, và vì sao"),
        json_answer(shape("DeadlineAnswer"), _("Hạn và cách tính.")),
        (
            ask.query(
                "rule",
                _("Mã quy tắc; mã sai thì câu trả lời liệt kê các mã."),
                {"type": "string"},
                required=True,
                example="national_database_entry",
            ),
            ask.word("unit", _("Tính theo ngày làm việc hay ngày lịch."), DayUnit.values),
            *(
                ask.day(name, _("Ngày mà quy tắc tính từ đó; chỉ ghi đúng một ngày."))
                for name in DAY_PARAMETERS
            ),
        ),
    ),
    "ExportIndex": Operation(
        "get_data_set",
        EXPORTS,
        _("Bộ dữ liệu và mọi dạng tải về (DCAT-AP)"),
        responses(
            {LINKED_DATA: {"type": "object"}},
            _("Mô tả bộ dữ liệu."),
            named=("Last-Modified",),
            negotiated=False,
        ),
    ),
    "ExportAll": Operation(
        "export_all",
        EXPORTS,
        _("Mọi thủ tục đang công khai theo một chuẩn"),
        responses(
            _exported(of_one=False),
            _("Trọn bộ dữ liệu; kiểu nội dung tùy chuẩn."),
            named=("Last-Modified",),
            missing=True,
            negotiated=False,
        ),
        (_VOCABULARY,),
    ),
    "ExportOne": Operation(
        "export_one",
        EXPORTS,
        _("Một thủ tục theo một chuẩn"),
        responses(
            _exported(of_one=True),
            _("Một thủ tục; kiểu nội dung tùy chuẩn."),
            named=("Last-Modified",),
            missing=True,
            negotiated=False,
        ),
        (_VOCABULARY, _CODE),
    ),
}

HEALTH = Operation(
    "get_health",
    PORTAL,
    _("Cổng có đang chạy tốt không"),
    {
        "200": {
            "description": _("Trả lời được."),
            "content": {JSON: {"schema": shape("Health")}},
        },
        "503": {
            "description": _("Cơ sở dữ liệu hoặc hàng đợi không trả lời."),
            "content": {JSON: {"schema": shape("Health")}},
        },
    },
    anonymous=True,
)
