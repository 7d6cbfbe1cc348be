"""What stands in the way of making items of a reviewed annex, row by row with the mend. Pure."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from publication.annex.matching import Register
from publication.annex.proposals import Proposal, Take
from publication.annex.revising import significant
from publication.enums import ItemEffect

PART_LIMIT = 200
NOTE_LIMIT = 1000


@dataclass(frozen=True)
class RowError:
    """One mistake; `row` is the row of the review from 1, 0 for the whole."""

    row: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"Dòng {self.row}, {self.field}: {self.message}" if self.row else self.message


def find_errors(
    proposals: Sequence[Proposal], register: Register, *, kept: Mapping[str, int]
) -> list[RowError]:
    """All mistakes; `kept` are the codes that stay in the decision, with their ordinals."""
    errors = [
        error
        for row, proposal in enumerate(proposals, 1)
        for error in _of_row(row, proposal, register, kept)
    ]
    if not errors and not any(one.choice.take == Take.TAKE for one in proposals):
        errors.append(RowError(0, "", "Chưa dòng nào được chọn “Đưa vào”: chọn ít nhất một dòng."))
    return errors + list(_twice(proposals))


def replaced_codes(typed: str) -> list[str]:
    """The codes typed into the field of replaced procedures."""
    pieces = [piece for piece in re.split(r"[\s,;]+", typed) if piece]
    return list(dict.fromkeys(significant(piece) for piece in pieces))


def _of_row(
    row: int, proposal: Proposal, register: Register, kept: Mapping[str, int]
) -> Iterator[RowError]:
    choice = proposal.choice
    if choice.take == Take.OPEN:
        why = "; ".join((*proposal.match.remarks, *proposal.row.remarks))
        because = f" ({why})" if why else ""
        yield RowError(row, "quyết định", f"chọn “Đưa vào” hoặc “Bỏ qua”{because}.")
    if choice.take != Take.TAKE:
        return
    yield from _of_code(row, choice.code, register, kept)
    if choice.effect not in ItemEffect.values:
        yield RowError(row, "loại", "chọn mới, sửa đổi, thay thế hoặc bãi bỏ.")
    for value, limit, name in (
        (choice.part, PART_LIMIT, "phần, mục"),
        (choice.note, NOTE_LIMIT, "nội dung thay đổi"),
    ):
        if len(value) > limit:
            yield RowError(row, name, f"dài {len(value)} ký tự, rút còn {limit}.")
    yield from _of_replaced(row, proposal, register)


def _of_code(
    row: int, code: str, register: Register, kept: Mapping[str, int]
) -> Iterator[RowError]:
    if not code:
        yield RowError(row, "mã", "nhập mã thủ tục, hoặc chọn “Bỏ qua”.")
    elif code not in register.by_code:
        yield RowError(
            row,
            "mã",
            f"{code} không có trong kho thủ tục anh/chị được dùng: sửa mã hoặc thêm thủ tục.",
        )
    elif code in kept:
        yield RowError(
            row,
            "mã",
            f"{code} đã có ở dòng {kept[code]} của quyết định: chọn “Bỏ qua”, hoặc thay mọi dòng.",
        )


def _of_replaced(row: int, proposal: Proposal, register: Register) -> Iterator[RowError]:
    codes, field = replaced_codes(proposal.choice.replaces), "thay thế cho"
    if codes and proposal.choice.effect != ItemEffect.REPLACED:
        yield RowError(row, field, "chỉ loại “Thay thế” mới ghi: đổi loại hoặc xóa các mã này.")
    for code in codes:
        if code not in register.by_code:
            yield RowError(row, field, f"{code} không có trong kho thủ tục anh/chị được dùng.")
        if code == proposal.choice.code:
            yield RowError(row, field, f"{code} không thể thay thế chính nó.")


def _twice(proposals: Sequence[Proposal]) -> Iterator[RowError]:
    first: dict[str, int] = {}
    for row, proposal in enumerate(proposals, 1):
        code = proposal.choice.code
        if proposal.choice.take != Take.TAKE or not code:
            continue
        if code in first:
            yield RowError(row, "mã", f"{code} trùng với dòng {first[code]}: bỏ qua một dòng.")
        first.setdefault(code, row)
    yield from _replaced_and_own(proposals, first)


def _replaced_and_own(proposals: Sequence[Proposal], own: Mapping[str, int]) -> Iterator[RowError]:
    taken: Collection[Proposal] = [one for one in proposals if one.choice.take == Take.TAKE]
    for proposal in taken:
        for code in replaced_codes(proposal.choice.replaces):
            if code in own and code != proposal.choice.code:
                yield RowError(
                    own[code], "mã", f"{code} vừa có dòng riêng vừa bị thay thế: bỏ một trong hai."
                )
