"""Titles of announcement decisions that stand in a register as if they were procedures. Pure."""

import re
from typing import Final

from catalog.vietnamese import search_form

_TITLE: Final = re.compile(
    r"^(?:quyet dinh )?(?:so [\w ]{1,30}? )?(?:ve viec |v v |viec )?"
    r"(?:cong bo|phe duyet|ban hanh|chuan hoa) (?:\w+ ){0,6}?(?:danh muc|bo|quy trinh noi bo) "
    r"(?:\w+ ){0,8}?(?:thu tuc hanh chinh|tthc)\b"
)
MESSAGE: Final = (
    "tên này là tiêu đề một quyết định công bố, phê duyệt, không phải tên thủ tục. "
    "Nhập quyết định ở mục quyết định; sửa tên thủ tục tại nguồn rồi nhập lại."
)


def is_decision_title(name: str) -> bool:
    """Whether a name announces, approves or issues procedures rather than being one."""
    return _TITLE.match(search_form(name)) is not None
