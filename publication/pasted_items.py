"""Rows copied from a spreadsheet as items of a ministry decision: read, looked at, then added."""

import csv
from dataclasses import dataclass, field
from datetime import datetime
from io import StringIO
from typing import Any

from django.db import transaction
from django.db.models import Max
from simple_history.utils import bulk_create_with_history

from catalog.codes import CodeError, procedure_code
from catalog.models import Procedure, name_of
from catalog.vietnamese import clean_line, search_form
from publication.enums import ItemEffect
from publication.models import MinistryDecision, MinistryItem
from publication.wake import wake_gaps

_EFFECTS = {
    "moi": ItemEffect.NEW,
    "moi ban hanh": ItemEffect.NEW,
    "sua doi": ItemEffect.AMENDED,
    "sua doi bo sung": ItemEffect.AMENDED,
    "bo sung": ItemEffect.AMENDED,
    "sdbs": ItemEffect.AMENDED,
    "thay the": ItemEffect.REPLACED,
    "bai bo": ItemEffect.ABOLISHED,
    "huy bo": ItemEffect.ABOLISHED,
}
_ORDINAL = 4  # digits; a code typed without its point has seven
_NAME_LENGTH = MinistryItem._meta.get_field("name").max_length or 0


@dataclass
class PastedRow:
    """One line as it will be added; `faults` say what is wrong with it and how to mend it."""

    number: int
    code: str = ""
    name: str = ""
    effect: str = ""
    levels: list[str] = field(default_factory=list)
    from_register: bool = False
    faults: list[str] = field(default_factory=list)

    @property
    def effect_label(self) -> str:
        return str(ItemEffect(self.effect).label) if self.effect else ""

    def refuse(self, fault: str) -> None:
        named = f", mã {self.code[:20]}" if self.code else ""
        self.faults.append(f"Dòng {self.number}{named}: {fault}")


class PasteRefused(Exception):
    """Rows that cannot be added; the rows say why, and none was added."""


def read_pasted(text: str, *, decision: MinistryDecision, effect: str = "") -> list[PastedRow]:
    """Columns code, name, kind, divided by tabs as spreadsheets copy them; writes nothing.

    A heading and a column of ordinals in front are passed over. A name left out comes from the
    register, a kind left out is `effect`. Two queries, however many rows.
    """
    try:
        rows = [_row(number, cells, effect) for number, cells in _lines(text)]
    except csv.Error:
        return [_unreadable()]
    _fill_from_register(rows)
    held = set(decision.items.values_list("code", flat=True))
    first: dict[str, int] = {}
    for row in rows:
        if row.code in held:
            row.refuse("đã có trong quyết định này; bỏ dòng này.")
        elif row.code and first.setdefault(row.code, row.number) != row.number:
            row.refuse(f"đã có ở dòng {first[row.code]}; bỏ một trong hai dòng.")
        if not row.name and not row.faults:
            row.refuse("mã chưa có trong kho thủ tục, ghi tên ở cột thứ hai.")
    return rows


def add_pasted_items(
    *, decision_id: int, text: str, effect: str, by: Any, now: datetime
) -> list[MinistryItem]:
    """Add all rows or none. Raises PasteRefused when a row is wrong or there is none."""
    with transaction.atomic():
        locked = MinistryDecision.objects.select_for_update(of=("self",))
        decision = locked.get(pk=decision_id)
        rows = read_pasted(text, decision=decision, effect=effect)
        if not rows or any(row.faults for row in rows):
            raise PasteRefused("Còn dòng chưa đúng, chưa thêm dòng nào.")
        first = 1 + (decision.items.aggregate(last=Max("ordinal"))["last"] or 0)
        items: list[MinistryItem] = bulk_create_with_history(
            [
                MinistryItem(
                    decision=decision,
                    ordinal=ordinal,
                    code=row.code,
                    name=row.name,
                    effect=row.effect,
                    levels=row.levels,
                )
                for ordinal, row in enumerate(rows, start=first)
            ],
            MinistryItem,
            batch_size=500,
            default_user=by,
            default_date=now,
            default_change_reason="Dán danh sách",
            custom_historical_attrs={"actor_name": name_of(by)},
        )
        transaction.on_commit(wake_gaps)
        return items


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """Numbered lines that say something, without a heading."""
    found: list[tuple[int, list[str]]] = []
    for number, cells in enumerate(csv.reader(StringIO(text), delimiter="\t"), start=1):
        cleaned = [clean_line(cell) for cell in cells]
        if not any(cleaned) or (not found and not any(map(str.isdigit, "".join(cleaned)))):
            continue
        found.append((number, _without_ordinal(cleaned)))
    return found


def _unreadable() -> PastedRow:
    row = PastedRow(1)
    row.refuse("có dấu ngoặc kép mở mà không đóng; bỏ dấu ngoặc kép rồi dán lại.")
    return row


def _without_ordinal(cells: list[str]) -> list[str]:
    first = cells[0].rstrip(".")
    return cells[1:] if len(cells) > 1 and first.isdigit() and len(first) <= _ORDINAL else cells


def _row(number: int, cells: list[str], effect: str) -> PastedRow:
    code, name, kind = (*cells, "", "", "")[:3]
    row = PastedRow(number, code=code, name=name)
    try:
        row.code = procedure_code(code)
    except CodeError as error:
        row.refuse(str(error))
    if len(name) > _NAME_LENGTH:
        row.refuse(f"tên dài {len(name)} ký tự, quá {_NAME_LENGTH}; rút gọn.")
    row.effect = _EFFECTS.get(search_form(kind), "") if kind else effect
    if not row.effect:
        words = ", ".join(str(label) for label in ItemEffect.labels)
        row.refuse(f"loại “{kind[:40]}” không rõ; ghi một trong: {words}.")
    return row


def _fill_from_register(rows: list[PastedRow]) -> None:
    codes = [row.code for row in rows if not row.faults]
    known = Procedure.objects.only("code", "name", "levels").in_bulk(codes, field_name="code")
    for row in rows:
        procedure = known.get(row.code)
        if procedure is not None:
            row.levels = procedure.levels
            row.from_register = not row.name
            row.name = row.name or procedure.name
