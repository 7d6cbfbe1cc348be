"""The facts of one row: what its cells say, what headings hand down, what is guessed. Pure."""

import re
from dataclasses import dataclass
from typing import Final

from catalog.enums import GovernmentLevel
from catalog.vietnamese import clean_line, clean_text, fold
from publication.annex.annex_rows import AnnexRow, Known, Origin, ReplacedProcedure
from publication.annex.code_cells import CodeCell, codes_in_text, read_code_cell, without_codes
from publication.annex.columns import Column, Columns
from publication.annex.headings import Headings, levels_in, read_heading
from publication.annex.tables import Cell, Table
from publication.enums import ItemEffect

NOTE_LIMIT: Final = 1000  # of the item's change note
_LEVEL_COLUMNS: Final = {
    Column.LEVEL_PROVINCE: GovernmentLevel.PROVINCE.value,
    Column.LEVEL_DISTRICT: GovernmentLevel.DISTRICT.value,
    Column.LEVEL_COMMUNE: GovernmentLevel.COMMUNE.value,
}
_LEVEL_WORDS: Final = {
    r"\bbo\b|trung uong": GovernmentLevel.MINISTRY.value,
    r"\btinh\b": GovernmentLevel.PROVINCE.value,
    r"\bhuyen\b": GovernmentLevel.DISTRICT.value,
    r"\bxa\b": GovernmentLevel.COMMUNE.value,
}
_BULLET: Final = re.compile(r"\n\s*(?=[-–+•]|\d{1,2}[.)]\s)")


@dataclass(frozen=True)
class RowCells:
    """The cells of one row by what their columns hold."""

    table: Table
    row: int
    columns: Columns

    def cells(self, *wanted: Column) -> list[Cell]:
        found: dict[Cell, None] = {}
        for column in wanted:
            for place in self.columns.of(column):
                cell = self.table.at(self.row, place)
                if cell and cell.line:
                    found[cell] = None
        return list(found)

    def text(self, *wanted: Column) -> str:
        return "\n".join(clean_text(cell.text) for cell in self.cells(*wanted))

    def line(self, *wanted: Column) -> str:
        return clean_line(self.text(*wanted))

    def begins(self, *wanted: Column) -> bool:
        """Whether a cell of these columns begins here and is not merged from above."""
        return any(cell.row == self.row for cell in self.cells(*wanted))


def read_row(cells: RowCells, headings: Headings, *, own_ordinal: str) -> AnnexRow:
    """One row of an annex; what it does not say comes from the headings above it."""
    code, name, name_known = _code(cells), _name(cells), _name_known(cells)
    remarks = [code.remark] if code.remark else []
    effect, effect_known, why = _effect(cells, headings)
    levels, levels_known = _levels(cells, headings)
    field, field_known = _field(cells, headings)
    note, note_remark = _note(cells)
    remarks += [remark for remark in (why, note_remark, _unsure_owner(cells, code)) if remark]
    return AnnexRow(
        place=cells.table.place_of(cells.row),
        part=headings.path(),
        ordinal=own_ordinal,
        code_text=code.text,
        code=code.code,
        name=name,
        effect=effect,
        levels=levels,
        field=field,
        replaced=_replaced(cells),
        note=note,
        origin=Origin(
            code=_code_known(cells, code),
            name=name_known,
            effect=effect_known,
            levels=levels_known,
            field=field_known,
            note="read" if note else "unknown",
        ),
        remarks=tuple(remarks),
    )


def _code(cells: RowCells) -> CodeCell:
    held = cells.cells(Column.CODE)
    if held:
        return read_code_cell("\n".join(cell.text for cell in held), is_number=held[0].is_number)
    both = cells.text(Column.NAME_AND_CODE, Column.NAME)
    codes = codes_in_text(both)
    if len(codes) == 1:
        named = bool(cells.cells(Column.NAME_AND_CODE))
        remark = "" if named else "mã lấy từ ô tên thủ tục"
        return CodeCell(codes[0], codes[0], codes, is_guess=not named, remark=remark)
    if codes:
        return CodeCell(both, codes=codes, remark=f"ô có nhiều mã ({', '.join(codes)})")
    return CodeCell("")


def _code_known(cells: RowCells, code: CodeCell) -> Known:
    if not code.code:
        return "unknown"
    merged = bool(cells.cells(Column.CODE)) and not cells.begins(Column.CODE)
    return "guessed" if code.is_guess or merged or _unsure_owner(cells, code) else "read"


def _unsure_owner(cells: RowCells, code: CodeCell) -> str:
    """The form of replaced procedures has one code column for two names."""
    columns = cells.columns
    if code.code and columns.has(Column.OLD_NAME) and not columns.has(Column.OLD_CODE):
        return "chưa rõ mã là của thủ tục cũ hay của thủ tục mới"
    if code.code and cells.cells(Column.CODE) and not cells.begins(Column.CODE):
        return "một ô mã gộp cho nhiều dòng"
    return ""


def _name(cells: RowCells) -> str:
    columns = cells.columns
    name = cells.line(Column.NAME, Column.NAME_AND_CODE)
    if not columns.has(Column.NAME, Column.NAME_AND_CODE):
        name = cells.line(Column.OLD_NAME)
    return without_codes(name) if codes_in_text(name) else name


def _name_known(cells: RowCells) -> Known:
    if not _name(cells):
        return "unknown"
    named = cells.cells(Column.NAME, Column.NAME_AND_CODE)
    if not named:
        return "guessed"
    return "read" if cells.begins(Column.NAME, Column.NAME_AND_CODE) else "inherited"


def _effect(cells: RowCells, headings: Headings) -> tuple[ItemEffect | None, Known, str]:
    said = read_heading(cells.line(Column.EFFECT)).effects
    if len(said) == 1:
        return next(iter(said)), "read", ""
    above, head = headings.effects, cells.columns.effects
    if len(above) == 1:
        effect = next(iter(above))
        if head and effect not in head:
            return effect, "guessed", "tiêu đề mục và tên cột nói hai loại khác nhau"
        return effect, "inherited", ""
    candidates = (above & head) or above or head
    if len(candidates) == 1:
        return next(iter(candidates)), "guessed", "loại suy từ tên cột, không có tiêu đề mục"
    if not candidates:
        return None, "unknown", "không thấy tiêu đề nói loại (mới, sửa đổi, thay thế, bãi bỏ)"
    words = ", ".join(sorted(str(effect.label) for effect in candidates))
    return None, "unknown", f"tiêu đề nói nhiều loại ({words}): chọn một"


def _levels(cells: RowCells, headings: Headings) -> tuple[tuple[str, ...], Known]:
    ticked = [level for column, level in _LEVEL_COLUMNS.items() if cells.line(column)]
    written = fold(cells.line(Column.LEVEL))
    named = [level for words, level in _LEVEL_WORDS.items() if re.search(words, written)]
    if ticked or named:
        return tuple(ticked or named), "read"
    if headings.levels:
        return headings.levels, "inherited"
    guessed = levels_in(cells.line(Column.AGENCY))
    return guessed, "guessed" if guessed else "unknown"


def _field(cells: RowCells, headings: Headings) -> tuple[str, Known]:
    written = cells.line(Column.FIELD)
    if written:
        return written, "read"
    if headings.field:
        return headings.field, "inherited"
    silent = [held for held in headings.stack if held.is_section and not held.says_something]
    return (silent[-1].bare, "guessed") if silent else ("", "unknown")


def _note(cells: RowCells) -> tuple[str, str]:
    change, basis = cells.line(Column.CHANGE), cells.line(Column.CHANGE_BASIS)
    main = change or (f"Theo {basis}" if basis else "")
    note = "; ".join(part for part in (main, cells.line(Column.NOTE)) if part)
    if len(note) > NOTE_LIMIT:
        return "", f"nội dung thay đổi dài {len(note)} ký tự, quá {NOTE_LIMIT}: chưa đưa vào"
    return note, ""


def _replaced(cells: RowCells) -> tuple[ReplacedProcedure, ...]:
    if not cells.columns.has(Column.NAME, Column.NAME_AND_CODE):
        return ()
    codes, name = cells.text(Column.OLD_CODE), cells.text(Column.OLD_NAME)
    found = read_code_cell(codes).codes or codes_in_text(name)
    names = [clean_line(without_codes(piece)) for piece in _BULLET.split(name)]
    names = [piece.lstrip("-–+• ") for piece in names if piece.strip("-–+• ")]
    if len(found) == len(names) or not names:
        pairs = zip(found, names or [""] * len(found), strict=True)
        return tuple(ReplacedProcedure(code=code, name=one) for code, one in pairs) or (
            (ReplacedProcedure(text=clean_line(codes)),) if codes else ()
        )
    if found:
        return tuple(ReplacedProcedure(code=code, text=clean_line(name)) for code in found)
    return tuple(ReplacedProcedure(name=one, text=clean_line(codes)) for one in names)
