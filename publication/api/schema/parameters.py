"""The parameters of addresses, described by the very declarations that views read them with."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_noop as _

from publication.api.asked import EXPAND, FIELDS, LARGEST_PAGE_OF_TEXTS
from publication.api.filters import SLUGS, ProcedureFilters
from publication.api.formats import FORMATS
from publication.api.parameters import LARGEST_PAGE, PAGE_SIZE
from publication.search.question import MAX_QUESTION_CHARS

Parameter = dict[str, Any]
_FILTERS = {
    "kind": _("Loại thủ tục; ghi nhiều lần thì khớp một trong các giá trị."),
    "online_level": _("Mức độ trực tuyến; ghi nhiều lần thì khớp một trong các giá trị."),
    "state": _("Đang công khai hoặc đã bãi bỏ."),
    "level": _("Cấp thực hiện; ghi nhiều lần thì khớp một trong các giá trị."),
    "field": _("Lĩnh vực, theo slug."),
    "agency": _("Cơ quan, theo slug."),
}


def query(name: str, words: str, schema: dict[str, Any], **more: Any) -> Parameter:
    return {"in": "query", "name": name, "description": words, "schema": schema} | more


def within(name: str, words: str, schema: dict[str, Any], example: Any) -> Parameter:
    """A part of the path."""
    place = {"in": "path", "name": name, "required": True, "description": words}
    return place | {"schema": schema, "example": example}


def header(name: str, words: str) -> Parameter:
    return {"in": "header", "name": name, "description": words, "schema": {"type": "string"}}


def day(name: str, words: str) -> Parameter:
    return query(name, words, {"type": "string", "format": "date"})


def word(name: str, words: str, allowed: Sequence[str]) -> Parameter:
    return query(name, words, {"type": "string", "enum": list(allowed)})


def several(name: str, words: str, allowed: Sequence[str]) -> Parameter:
    """Words with commas between them."""
    items = {"type": "string", "enum": list(allowed)}
    schema = {"type": "array", "items": items, "minItems": 1}
    return query(name, words, schema, style="form", explode=False)


def fields(allowed: Sequence[str]) -> Parameter:
    return several("fields", _("Chỉ những cột này, cách nhau bằng dấu phẩy."), allowed)


def expand(allowed: Sequence[str], most: int) -> Parameter:
    words = _("Thêm phần đầy đủ vào mỗi dòng; trang nhỏ hơn.")
    return several("expand", words, allowed) | {"x-largest-page": most}


def page_size(most: int = LARGEST_PAGE) -> Parameter:
    schema = {"type": "integer", "minimum": 1, "maximum": most, "default": min(PAGE_SIZE, most)}
    return query("page_size", _("Số dòng của một trang."), schema)


def cursor() -> Parameter:
    words = _("Nơi trang sau bắt đầu; chỉ lấy từ next, không tự viết.")
    return query("cursor", words, {"type": "string"})


def procedure_list(*, required_question: bool = False) -> list[Parameter]:
    """What `asked.read_parameters` reads."""
    question = {"type": "string", "maxLength": MAX_QUESTION_CHARS}
    more: dict[str, Any] = {}
    if required_question:
        question, more = question | {"minLength": 1, "pattern": r"\S"}, {"required": True}
    return [
        query("q", _("Câu hỏi, mã thủ tục hoặc số quyết định."), question, **more),
        day("on", _("Một ngày đến hôm nay: điều có hiệu lực khi ấy.")),
        *(_filter(name) for name in ProcedureFilters.base_filters),
        fields(FIELDS),
        expand(EXPAND, LARGEST_PAGE_OF_TEXTS),
        word("format", _("Định dạng; thay cho tiêu đề Accept."), FORMATS),
        page_size(),
        cursor(),
    ]


def _filter(name: str) -> Parameter:
    items: dict[str, Any] = {"type": "string"}
    if name in SLUGS:
        items["pattern"] = "^[a-z0-9-]{1,200}$"
    else:
        choices = ProcedureFilters.base_filters[name].extra["choices"]
        items["enum"] = [key for key, _label in choices]
    schema = {"type": "array", "items": items}
    return query(name, _FILTERS[name], schema, style="form", explode=True)
