"""From a sheet's data to PDF, the same bytes every time."""

import hashlib
import json
import logging
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final, Literal

import typst

from publication.site.extract.sheet import Sheet

logger = logging.getLogger(__name__)

_HERE = Path(__file__).parent
_TEMPLATE = _HERE / "sheet.typ"
_FONTS = _HERE / "fonts"
# Tagged for screen readers: ISO 14289-1.
_STANDARD: Final = "ua-1"


# Of the sheet's data: six times what the longest text of the national database makes, which takes
# a second of one core.
MOST_CHARS = 500_000


class TooLong(Exception):
    """The text is longer than one request may make a sheet of."""


def make_pdf(sheet: Sheet) -> bytes:
    """Set the sheet; raises TooLong.

    A text with a sign that no font has is set all the same, without the promise of the standard.
    """
    words = json.dumps(sheet, ensure_ascii=False)
    if len(words) > MOST_CHARS:
        raise TooLong(sheet["code"])
    try:
        return _set(words, sheet, standards=[_STANDARD])
    except typst.TypstError as error:
        logger.warning("the extract of %s keeps no standard: %s", sheet["code"], error)
        return _set(words, sheet, standards=[])


def _set(words: str, sheet: Sheet, *, standards: list[Literal["ua-1"]]) -> bytes:
    return typst.compile(
        str(_TEMPLATE),
        root=str(_HERE),
        font_paths=[str(_FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"sheet": words},
        pdf_standards=[*standards],
        timestamp=_moment(sheet),
    )


def sheet_digest(sheet: Sheet) -> str:
    """Two sheets of one digest are the same PDF: words, template, fonts and typesetter."""
    words = json.dumps([_maker(), sheet], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()


@cache
def _maker() -> list[str]:
    files = [_TEMPLATE, *sorted(_FONTS.glob("*.ttf"))]
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]
    return [version("typst"), _STANDARD, *digests]


def _moment(sheet: Sheet) -> int:
    """The date inside the file: the text's own first day, not the moment of asking."""
    day = date.fromisoformat(sheet["valid_from"])
    return int(datetime.combine(day, time(12), UTC).timestamp())
