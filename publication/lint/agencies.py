"""Levels against the agencies that handle, and against where the annex puts the procedure."""

from collections.abc import Iterator
from datetime import date

from catalog.vietnamese import nfc
from publication.lint.subject import Knowledge, Remark, Subject

_FIELD = "Cấp thực hiện"
_LEVEL_NAMES = {
    "ministry": "cấp bộ",
    "province": "cấp tỉnh",
    "district": "cấp huyện",
    "commune": "cấp xã",
}
_DECIDING_ROLES = frozenset({"handling", "competent"})
# The last day of the districts; procedures announced later have no district level.
_LAST_DAY_OF_DISTRICTS = date(2025, 6, 30)


def remarks(subject: Subject, known: Knowledge) -> Iterator[Remark]:
    if known.abolished_by:
        yield Remark(
            "Loại",
            f"bộ đã bãi bỏ mã này theo {known.abolished_by}: chọn “Bãi bỏ” hoặc kiểm tra lại mã.",
        )
    if not subject.levels:
        yield Remark(_FIELD, "chưa ghi: chọn cấp thực hiện của thủ tục.")
        return
    yield from _against_agencies(subject)
    yield from _against_annex(subject)
    if "district" in subject.levels and known.on > _LAST_DAY_OF_DISTRICTS:
        yield Remark(_FIELD, "cấp huyện đã kết thúc hoạt động từ 01/7/2025: chọn lại cấp.")


def _against_agencies(subject: Subject) -> Iterator[Remark]:
    bodies = [body for body in subject.bodies if body.role in _DECIDING_ROLES]
    known = [body for body in bodies if body.level in _LEVEL_NAMES]
    if known and not any(body.level in subject.levels for body in known):
        first = known[0]
        yield Remark(
            _FIELD,
            f"ghi {_named(subject.levels)} nhưng cơ quan giải quyết “{first.name}” thuộc "
            f"{_LEVEL_NAMES[first.level]}: sửa cấp hoặc cơ quan.",
        )


def _against_annex(subject: Subject) -> Iterator[Remark]:
    part = nfc(subject.part).casefold()
    for level, words in _LEVEL_NAMES.items():
        if words in part and level not in subject.levels:
            yield Remark(
                _FIELD,
                f"phụ lục xếp vào “{subject.part}” nhưng thủ tục ghi {_named(subject.levels)}: "
                "sửa phần, mục hoặc cấp.",
            )


def _named(levels: tuple[str, ...]) -> str:
    return ", ".join(_LEVEL_NAMES.get(level, "cơ quan khác") for level in levels)
