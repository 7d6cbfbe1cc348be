"""What answers consist of beside their bodies: statuses, headers, and the refusals all share."""

from typing import Any

from django.utils.translation import gettext_noop as _

Response = dict[str, Any]
_TEXT = {"type": "string"}
_PROBLEM = {
    "application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}
}

HEADERS: dict[str, dict[str, Any]] = {
    "ETag": {"description": _("Tên của câu trả lời; gửi lại trong If-None-Match.")},
    "Last-Modified": {"description": _("Thời điểm của thay đổi cuối, khi đã qua một phút.")},
    "Event-Sequence": {"description": _("Câu trả lời tính đến thay đổi số mấy.")},
    "Content-Location": {"description": _("Địa chỉ thường dùng của thủ tục.")},
    "RateLimit": {"description": _("Còn bao nhiêu lượt, và bao nhiêu giây đến kỳ sau.")},
    "RateLimit-Policy": {"description": _("Bao nhiêu lượt trong bao nhiêu giây.")},
    "Retry-After": {"description": _("Hãy thử lại sau ngần ấy giây.")},
    "WWW-Authenticate": {"description": _("Khóa sai ở đâu (RFC 6750).")},
    "Deprecation": {"description": _("Không còn nên dùng kể từ lúc nào (RFC 9745).")},
    "Sunset": {"description": _("Sau lúc nào có thể không còn (RFC 8594).")},
    "Link": {"description": _("Thông báo về điều sẽ thôi, với rel=deprecation.")},
}
_ALWAYS = ("RateLimit", "RateLimit-Policy")
_GOING = ("Deprecation", "Sunset", "Link")
_REFUSALS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "400": ("BadRequest", _("Tham số sai; mọi tham số sai đều được nêu."), ()),
    "401": ("Unauthorized", _("Khóa sai, hết hạn hoặc đã bị thu hồi."), ("WWW-Authenticate",)),
    "403": ("Forbidden", _("Khóa không được cấp phạm vi này."), ("WWW-Authenticate",)),
    "404": ("NotFound", _("Không có gì công khai ở địa chỉ này."), ()),
    "406": ("NotAcceptable", _("Không có định dạng được yêu cầu."), ()),
    "429": ("TooManyRequests", _("Quá nhiều yêu cầu."), ("Retry-After",)),
    "503": ("Unavailable", _("Tạm thời chưa trả lời được."), ("Retry-After",)),
}


def shape(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def page_of(name: str) -> dict[str, Any]:
    """A page of a list."""
    following = {
        "anyOf": [{"type": "string"}, {"type": "null"}],
        "description": _("Địa chỉ của trang sau; null ở trang cuối."),
    }
    return {
        "type": "object",
        "title": f"PageOf{name}",
        "properties": {"results": {"type": "array", "items": shape(name)}, "next": following},
        "required": ["results", "next"],
    }


def responses(
    content: dict[str, Any],
    words: str,
    *,
    named: tuple[str, ...] = (),
    conditional: bool = True,
    missing: bool = False,
    negotiated: bool = True,
) -> dict[str, Response]:
    """All that an address may answer. `named` are further headers of the answer itself."""
    own = ("ETag", *named) if conditional else named
    bodies = {kind: {"schema": schema} for kind, schema in content.items()}
    found = {"200": {"description": words, "headers": _headers(own), "content": bodies}}
    if conditional:
        words = _("Bản của người hỏi còn đúng.")
        found["304"] = {"description": words, "headers": _headers(own)}
    left_out = {"404": not missing, "406": not negotiated}
    for status, (name, _words, _more) in _REFUSALS.items():
        if not left_out.get(status):
            found[status] = {"$ref": f"#/components/responses/{name}"}
    return found


def refusals() -> dict[str, Response]:
    """The components."""
    return {
        name: {
            "description": words,
            "headers": {header: _reference(header) for header in more},
            "content": _PROBLEM,
        }
        for name, words, more in _REFUSALS.values()
    }


def headers() -> dict[str, Any]:
    """The components; those of every answer are required."""
    required = (*_ALWAYS, "ETag", "Retry-After")
    return {
        name: facts | {"schema": _TEXT, "required": name in required}
        for name, facts in HEADERS.items()
    }


def _headers(own: tuple[str, ...]) -> dict[str, Any]:
    return {name: _reference(name) for name in (*own, *_ALWAYS, *_GOING)}


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/headers/{name}"}
