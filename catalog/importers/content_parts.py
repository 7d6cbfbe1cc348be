"""The parts that several sources share: results, conditions, legal bases, recovery. Pure."""

import re
from collections.abc import Iterable
from typing import Final

from catalog.content import Conditions, LegalBasis, Presence, Result, Results
from catalog.importers.parsed import Recovery, Remark
from catalog.importers.wording import declares_none, iso_day, stated
from catalog.vietnamese import clean_line

# 131/2021/NĐ-CP, 66.7/2025/NQ-CP, 190/2025/NQ-QH15, 59/2020/QH14, 01/2008/TTLT-BCT-BNN&PTNT-BYT
_LEGAL_NUMBER: Final = re.compile(
    r"(?<![\d/])(?<!\d\.)\d{1,5}(?:\.\d{1,2})?/(?:\d{4}/)?"
    r"[A-ZĐƠƯ]{2,}\d{0,2}(?:-[A-ZĐƠƯ][A-Za-zĐƠƯ&]*\d{0,2})*(?![\w/&]|-\w)"
)


def results_of(names: Iterable[tuple[str, str]]) -> Results:
    """Results of (name, code) pairs; "Không" alone declares that there is none."""
    said = [(stated(name), clean_line(code)) for name, code in names]
    said = [(name, code) for name, code in said if name]
    if said and all(declares_none(name) for name, _ in said):
        return Results(presence=Presence.DECLARED_NONE)
    items = tuple(Result(name=name, code=code) for name, code in said)
    return Results(presence=Presence.HAS, items=items) if items else Results()


def conditions_of(text: str) -> Conditions:
    """Conditions as the source writes them; "Không" declares that there are none."""
    text = stated(text)
    if not text:
        return Conditions()
    if declares_none(text):
        return Conditions(presence=Presence.DECLARED_NONE)
    return Conditions(presence=Presence.HAS, text=text)


def legal_basis_of(
    *, number: str, title: str, issued_on: str = "", issuer: str = ""
) -> tuple[LegalBasis | None, tuple[Remark, ...]]:
    """One legal basis; None when the row is empty. A number is sought in both columns.

    Sources write "Nghị định số 101/2025/NĐ-CP", or "12" where the title says 12/2021/QĐ-TTg:
    the number is taken from there only when exactly one fits.
    """
    number, title = stated(number).replace("\n", " "), stated(title).replace("\n", " ")
    if not (number or title):
        return None, ()
    day = iso_day(issued_on)
    remarks = (
        ()
        if day is not None
        else (Remark("legal_bases", f"“{clean_line(issued_on)[:40]}” không phải ngày ban hành."),)
    )
    basis = LegalBasis(
        number=_number(number, title), title=title, issued_on=day or "", issuer=stated(issuer)
    )
    return basis, remarks


def _number(number: str, title: str) -> str:
    inside: set[str] = set(_LEGAL_NUMBER.findall(number))
    if len(inside) == 1:
        return inside.pop()
    if number.isdigit():
        fitting: set[str] = {n for n in _LEGAL_NUMBER.findall(title) if n.split("/")[0] == number}
        if len(fitting) == 1:
            return fitting.pop()
    return number


def recovery_of(*, rows: int, lost: int) -> Recovery:
    """How much of a part became rows, from the rows told for sure and those that were not."""
    if not rows and not lost:
        return Recovery.ABSENT
    if not lost:
        return Recovery.RECOVERED
    return Recovery.PARTLY if rows else Recovery.REFUSED
