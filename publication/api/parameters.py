"""Reading the parameters of a request: all that is wrong is told at once, nothing passed over."""

import re
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, TypeVar

from django.http import QueryDict
from django.utils.translation import gettext

from publication.api.cursors import CursorError, read_cursor
from publication.api.problems import bad_request, parameter_error

PAGE_SIZE, LARGEST_PAGE = 50, 200
_LARGEST_NUMBER = 2**63 - 1  # of a column
_NUMBER = re.compile(r"[0-9]{1,19}", re.ASCII)
_C = TypeVar("_C")


class Reader:
    """One request's parameters. Every question notes what is wrong; `check` refuses for all."""

    def __init__(
        self,
        parameters: QueryDict,
        allowed: Collection[str],
        *,
        repeatable: Collection[str] = (),
    ) -> None:
        self.parameters = parameters
        self.errors = refuse_unknown(parameters, allowed)
        self.errors += refuse_repeated(parameters, set(allowed) - set(repeatable))

    def note(self, name: str, problem: str, allowed: Sequence[str] | None = None) -> None:
        self.errors.append(parameter_error(name, problem, allowed=allowed))

    def number(self, name: str, default: int, *, least: int, most: int = _LARGEST_NUMBER) -> int:
        text = self.parameters.get(name)
        if text is None:
            return default
        if _NUMBER.fullmatch(text) and least <= int(text) <= most:
            return int(text)
        words = gettext("“%(name)s” phải là số nguyên từ %(least)s đến %(most)s.")
        self.note(name, words % {"name": name, "least": least, "most": most})
        return default

    def page_size(self, *, most: int = LARGEST_PAGE) -> int:
        return self.number("page_size", min(PAGE_SIZE, most), least=1, most=most)

    def day(self, name: str) -> date | None:
        text = self.parameters.get(name)
        day = read_day(text) if text is not None else None
        if text is not None and day is None:
            self.note(name, gettext("“%(name)s” phải là ngày dạng YYYY-MM-DD.") % {"name": name})
        return day

    def past_day(self, name: str, *, today: date) -> date | None:
        """A day up to today: texts of days to come may be decided, and are nobody's to read yet."""
        day = self.day(name)
        if day and day > today:
            words = gettext("“%(name)s” không được sau hôm nay: bản của ngày sau chưa công khai.")
            self.note(name, words % {"name": name})
        return day

    def word(self, name: str, allowed: Sequence[str]) -> str:
        """One of the words, or "" when it is not given."""
        text = self.parameters.get(name)
        if text is None or text in allowed:
            return text or ""
        self._strange(name, text, allowed)
        return ""

    def words(self, name: str, allowed: Sequence[str]) -> tuple[str, ...]:
        """Words with commas between them, each once, in the order in which they are allowed."""
        text = self.parameters.get(name)
        if text is None:
            return ()
        given = text.split(",")
        if strangers := [word for word in given if word not in allowed]:
            self._strange(name, ", ".join(strangers), allowed)
        return tuple(word for word in allowed if word in given)

    def cursor(self, kind: type[_C]) -> _C | None:
        """A cursor of one kind of list does not fit another kind."""
        text = self.parameters.get("cursor")
        if not text:
            return None
        try:
            cursor = read_cursor(text)
        except CursorError:
            cursor = None
        if isinstance(cursor, kind):
            return cursor
        words = gettext("“cursor” không phải con trỏ lấy từ “next” của chính danh sách này.")
        self.note("cursor", words)
        return None

    def check(self) -> None:
        """Raises Problem (400) that names every wrong parameter."""
        if self.errors:
            raise bad_request(self.errors)

    def _strange(self, name: str, value: str, allowed: Sequence[str]) -> None:
        words = gettext("“%(value)s” không phải giá trị của “%(name)s”.")
        self.note(name, words % {"value": value[:60], "name": name}, allowed)


def read_day(text: str) -> date | None:
    """Only the written form of RFC 3339: Python would also take 20240920 and week dates."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def refuse_unknown(parameters: QueryDict, allowed: Collection[str]) -> list[dict[str, Any]]:
    """An error for each parameter that the address does not know: a typing slip must not widen."""
    return [
        parameter_error(
            name[:60],
            gettext("Không có tham số “%(name)s”.") % {"name": name[:60]},
            allowed=sorted(allowed),
        )
        for name in parameters
        if name not in allowed
    ]


def refuse_repeated(parameters: QueryDict, names: Collection[str]) -> list[dict[str, Any]]:
    text = gettext("Tham số “%(name)s” chỉ được ghi một lần.")
    return [
        parameter_error(name, text % {"name": name})
        for name in sorted(names)
        if len(parameters.getlist(name)) > 1
    ]
