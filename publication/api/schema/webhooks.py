"""What we send to subscribers, as the document tells it (docs/api.md)."""

from typing import Any

from django.utils.translation import gettext_noop as _

from publication.api.schema import parameters as ask
from publication.api.schema.operation import CHANGES, JSON
from publication.api.schema.responses import shape

_HEADERS = {
    "webhook-id": _("Mã của lượt gửi, như nhau ở mọi lần gửi lại: đã nhận thì bỏ qua."),
    "webhook-timestamp": _("Giây kể từ 1970; lệch quá năm phút thì không nhận."),
    "webhook-signature": _(
        "v1, và HMAC-SHA256 dạng Base64 của id.timestamp.body; hai chữ ký khi đang đổi khóa."
    ),
}
_ANSWERS = {
    "2XX": _("Đã nhận: các thay đổi sau mới được gửi đến."),
    "410": _("Không nhận nữa: ngừng gửi ngay."),
    "429": _("Hãy gửi lại sau; Retry-After được tôn trọng."),
    "default": _("Chưa nhận: lượt ấy được gửi lại, mỗi lần thưa hơn, trong 48 giờ."),
}


def webhooks() -> dict[str, Any]:
    """One message; signed by the rules of Standard Webhooks."""
    headers = [ask.header(name, words) | {"required": True} for name, words in _HEADERS.items()]
    told = {
        "operationId": "receive_changes",
        "tags": [CHANGES],
        "summary": _("Nhận các thay đổi ngay khi có, theo thứ tự"),
        "parameters": headers,
        "requestBody": {"required": True, "content": {JSON: {"schema": shape("WebhookMessage")}}},
        "responses": {status: {"description": words} for status, words in _ANSWERS.items()},
    }
    return {"changes": {"post": told}}
