"""The list of gaps as a file: CSV or Excel, one row a gap, in the order of the list."""

import csv
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from publication.gap_reading import GapReader, GapReading
from publication.gap_states import Holder, Span
from publication.gap_words import (
    holder_name,
    holder_words,
    ministry_late_words,
    partial_words,
    state_words,
)
from publication.models import AnnouncementGap

_CHUNK = 1000
# A spreadsheet would run a cell that begins so as a formula.
_FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")


def sheet_rows(gaps: Any, *, reader: GapReader) -> Iterator[list[Any]]:
    """The headings, then a row for each gap of a queryset `with_decisions`."""
    yield _headings()
    rows = gaps.iterator(chunk_size=_CHUNK)
    while chunk := list(islice(rows, _CHUNK)):
        for gap, reading in zip(chunk, reader.read(chunk), strict=True):
            yield _cells(gap, reading)


def as_csv(rows: Iterable[list[Any]]) -> bytes:
    """With a byte order mark, without which Excel misreads Vietnamese."""
    text = StringIO()
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Iterable[list[Any]]) -> bytes:
    from openpyxl import Workbook  # heavy, and most processes never write a sheet

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Chưa công bố"))
    sheet.freeze_panes = "C2"
    for place, width in enumerate(_WIDTHS):
        sheet.column_dimensions["ABCDEFGHIJKLMNOPQRST"[place]].width = width
    for row in rows:
        sheet.append([_text_cell(sheet, cell) if isinstance(cell, str) else cell for cell in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


_WIDTHS = (11, 60, 16, 26, 12, 30, 26, 40, 12, 12, 12, 12, 12, 12, 12, 12, 12, 24, 30, 34)


def _headings() -> list[str]:
    return [
        _("Mã thủ tục"),
        _("Tên thủ tục"),
        _("Loại"),
        _("Quyết định của bộ"),
        _("Ngày ký"),
        _("Bộ, ngành"),
        _("Cơ quan phải công bố"),
        _("Tình trạng"),
        _("Hạn theo luật"),
        _("Hạn của Văn phòng"),
        _("Chậm (ngày)"),
        _("Chậm (ngày làm việc)"),
        _("Ngày tờ trình"),
        _("Ngày công bố"),
        *(_("%(who)s giữ (ngày làm việc)") % {"who": holder_name(holder)} for holder in _STAGES),
        _("Đang giữ"),
        _("Bộ công bố"),
        _("Trả lời một phần"),
    ]


_STAGES = (Holder.MINISTRY, Holder.DEPARTMENT, Holder.OFFICE)


def _cells(gap: AnnouncementGap, reading: GapReading) -> list[Any]:
    item, decision = gap.ministry_item, gap.ministry_item.decision
    late = reading.state.deciding.late or Span(0, 0)
    held = {stage.holder: stage.span.working_days for stage in reading.stages}
    return [
        item.code,
        item.name,
        item.get_effect_display(),
        decision.number,
        decision.signed_on,
        decision.issuer_name,
        gap.agency.name if gap.agency else "",
        state_words(reading),
        gap.legal_due_on,
        gap.office_due_on,
        late.days,
        late.working_days,
        gap.drafted_on,
        gap.closed_on,
        *(held.get(holder, 0) for holder in _STAGES),
        holder_words(reading),
        ministry_late_words(reading),
        partial_words(reading),
    ]


def _harmless(cell: Any) -> Any:
    if isinstance(cell, str) and cell.startswith(_FORMULA_MARKS):
        return f"'{cell}"
    return cell


def _text_cell(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell
