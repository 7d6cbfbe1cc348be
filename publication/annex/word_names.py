"""Names of WordprocessingML, shared by what reads its parts. Pure."""

from typing import Any, Final

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def child(element: Any, *path: str) -> Any:
    """The first child of that name, or None; several names go down step by step."""
    for name in path:
        element = element.find(f"{W}{name}") if element is not None else None
    return element


def attribute(element: Any, name: str, default: str) -> str:
    value: str = element.get(f"{W}{name}", default)
    return value
