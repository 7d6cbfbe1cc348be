"""One operation of the document, and the answers that many of them share."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop as _

from publication.api.schema import parameters as ask
from publication.api.schema.responses import page_of, responses, shape

JSON = "application/json"
PROCEDURES, CHANGES, DECISIONS, PLACES, EXPORTS, DUTIES, PORTAL = (
    *("procedures", "changes", "decisions", "places", "exports", "duties", "portal"),
)
TAGS = {
    PROCEDURES: _("Thủ tục hành chính đã công bố."),
    CHANGES: _("Mọi thay đổi công khai, theo số thứ tự."),
    DECISIONS: _("Quyết định công bố của tỉnh và của các bộ."),
    PLACES: _("Cơ quan, lĩnh vực, sự kiện."),
    EXPORTS: _("Toàn bộ dữ liệu theo chuẩn của hệ thống khác."),
    DUTIES: _("Hạn công bố và tình hình thực hiện."),
    PORTAL: _("Về chính API này."),
}
_LANGUAGE = ask.header("Accept-Language", _("Ngôn ngữ của lời báo lỗi và của các tên: vi hoặc en."))
_KNOWN = ask.header("If-None-Match", _("ETag của bản đang có: bản ấy còn đúng thì trả lời 304."))


@dataclass(frozen=True)
class Operation:
    id: str
    tag: str
    summary: str
    responses: dict[str, Any]
    parameters: tuple[Any, ...] = ()
    anonymous: bool = field(default=False)

    def describe(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "operationId": self.id,
            "tags": [self.tag],
            "summary": self.summary,
            "parameters": [*self.parameters, *self._headers()],
            "responses": self.responses,
        }
        return told if self.anonymous else told | {"security": [{}, {"key": []}]}

    def _headers(self) -> list[Any]:
        """What every address of the API reads beside its own parameters."""
        conditional = [_KNOWN] if "304" in self.responses else []
        return [] if self.anonymous else [_LANGUAGE, *conditional]


def json_answer(schema: dict[str, Any], words: str, **more: Any) -> dict[str, Any]:
    return responses({JSON: schema}, words, **more)


def list_answer(name: str, words: str, **more: Any) -> dict[str, Any]:
    return json_answer(page_of(name), words, **more)


def one_answer(name: str, words: str, **more: Any) -> dict[str, Any]:
    return json_answer(shape(name), words, missing=True, **more)
