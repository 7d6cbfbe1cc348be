"""Errors of the API as `application/problem+json` (RFC 9457), in the client's language."""

import logging
from collections.abc import Sequence
from typing import Any

from django.db import OperationalError
from django.http import Http404
from django.utils.translation import get_language, gettext
from rest_framework.exceptions import APIException, MethodNotAllowed, NotAcceptable
from rest_framework.response import Response
from rest_framework.views import exception_handler

logger = logging.getLogger(__name__)
_RETRY_SECONDS = 60  # the timetable wakes the consumers every minute


class Problem(APIException):
    """A refusal; `errors` name parameters, what is wrong with them and what is allowed."""

    def __init__(
        self,
        status: int,
        title: str,
        detail: str,
        *,
        errors: Sequence[dict[str, Any]] = (),
        retry_after: int | None = None,
        challenge: str = "",
    ) -> None:
        super().__init__(detail)
        self.status_code = status
        self.title = title
        self.errors = list(errors)
        self.wait = retry_after
        if challenge:
            self.auth_header = challenge  # DRF writes both into headers of the answer


def bad_request(errors: Sequence[dict[str, Any]]) -> Problem:
    """400 for wrong parameters, each of them named."""
    title = gettext("Yêu cầu không hợp lệ")
    return Problem(400, title, " ".join(error["problem"] for error in errors), errors=errors)


def not_found(detail: str = "") -> Problem:
    detail = detail or gettext("Không có gì ở địa chỉ này. Xem danh sách địa chỉ tại /api/v1/.")
    return Problem(404, gettext("Không tìm thấy"), detail)


def search_unavailable() -> Problem:
    return Problem(
        503,
        gettext("Chưa tìm được"),
        gettext("Chỉ mục tìm kiếm đang được dựng. Hãy thử lại sau một phút."),
        retry_after=_RETRY_SECONDS,
    )


def database_unavailable() -> Problem:
    return Problem(
        503,
        gettext("Chưa đọc được dữ liệu"),
        gettext("Cơ sở dữ liệu tạm thời không trả lời. Hãy thử lại sau một phút."),
        retry_after=_RETRY_SECONDS,
    )


def parameter_error(
    parameter: str, problem: str, *, allowed: Sequence[str] | None = None
) -> dict[str, Any]:
    """One entry of `errors`; `allowed` is left out where it cannot be listed."""
    error: dict[str, Any] = {"parameter": parameter, "problem": problem}
    if allowed is not None:
        error["allowed"] = list(allowed)
    return error


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every error a client meets becomes a problem document."""
    if isinstance(error, Http404):
        error = not_found()
    elif isinstance(error, OperationalError):
        logger.error("database: %s", error)
        error = database_unavailable()
    response = exception_handler(error, context)
    if response is None:
        return None
    response.data = _document(error, response)
    response.content_type = "application/problem+json"
    response["Content-Language"] = get_language() or "vi"
    return response


def _document(error: Exception, response: Response) -> dict[str, Any]:
    title, detail, errors = _words(error)
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": response.status_code,
        "detail": detail,
    }
    return document | ({"errors": errors} if errors else {})


def _words(error: Exception) -> tuple[str, str, list[dict[str, Any]]]:
    if isinstance(error, Problem):
        return error.title, str(error.detail), error.errors
    if isinstance(error, MethodNotAllowed):
        detail = gettext("Địa chỉ này chỉ nhận GET, HEAD và OPTIONS.")
        return gettext("Không nhận phương thức này"), detail, []
    if isinstance(error, NotAcceptable):
        detail = gettext("API trả lời bằng application/json.")
        return gettext("Không có định dạng được yêu cầu"), detail, []
    title = gettext("Yêu cầu không thực hiện được")
    return title, str(getattr(error, "detail", "")) or title, []
