"""Kinds, online levels and levels of government as short labels."""

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.enums import GovernmentLevel, OnlineLevel, ProcedureKind
from publication.site.render.language import gettext, label

KIND_ORDER = (ProcedureKind.ONLINE_ELIGIBLE, ProcedureKind.REGULAR, ProcedureKind.INTERNAL)


@dataclass(frozen=True)
class Tag:
    label: str
    color: str
    icon: str = ""


def kind_note(kind: str) -> str:
    """What the kind means to a reader."""
    return {
        ProcedureKind.ONLINE_ELIGIBLE: gettext(
            "Nộp được qua mạng, toàn trình hoặc một phần, và vẫn nộp được tại bộ phận một cửa."
        ),
        ProcedureKind.REGULAR: gettext(
            "Nộp trực tiếp tại bộ phận một cửa hoặc qua bưu chính, chưa nộp được qua mạng."
        ),
        ProcedureKind.INTERNAL: gettext(
            "Giải quyết giữa các cơ quan nhà nước trong tỉnh, công khai để người dân giám sát."
        ),
    }[ProcedureKind(kind)]


def tags(kind: str, online_level: str, levels: Iterable[str]) -> tuple[Tag, ...]:
    """How a procedure is filed, its kind and its levels, in a few words each."""
    online = [_online_tag(online_level)] if online_level != OnlineLevel.NONE else []
    by_kind = [] if online and kind == ProcedureKind.ONLINE_ELIGIBLE else [_kind_tag(kind)]
    return (*online, *by_kind, *(_level_tag(level) for level in levels))


def _online_tag(level: str) -> Tag:
    return Tag(label(OnlineLevel(level)), "jade", "laptop")


def _kind_tag(kind: str) -> Tag:
    if kind == ProcedureKind.INTERNAL:
        return Tag(label(ProcedureKind.INTERNAL), "gold", "institution")
    return Tag(label(ProcedureKind(kind)), "neutral")


def _level_tag(level: str) -> Tag:
    return Tag(label(GovernmentLevel(level)), "neutral")
